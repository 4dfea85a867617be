package reprise.dsl.lowprecision;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.Ink;
import reprise.dsl.chart.Layer;
import reprise.dsl.chart.Plot;
import reprise.dsl.chart.PlotAxis;
import reprise.dsl.result.RunOutcome.Finished;

/** Charts of training in low precision. */
final class LowPrecisionCharts {
  private LowPrecisionCharts() {}

  private interface Cell {
    List<Finished<LowPrecisionTask>> runs(FloatFormat format, double x);
  }

  static List<Figure> of(LowPrecisionResult result) {
    LowPrecision experiment = result.experiment();
    List<Figure> charts = new ArrayList<>();
    double[] tokens = experiment.tokens().stream().mapToDouble(t -> t.count()).sorted().toArray();
    double[] blocks = experiment.blocks().stream().mapToDouble(b -> b).toArray();
    if (tokens.length > 1) {
      charts.add(
          lines(
              experiment,
              tokens,
              (format, d) -> result.cell(format, result.smallest(), Math.round(d)),
              PlotAxis.log("tokens D", ""),
              "loss-against-tokens",
              "Held-out loss in each format against training tokens; lines are means of the seeds,"
                  + " points the seeds."));
    }
    if (blocks.length > 1) {
      charts.add(
          lines(
              experiment,
              blocks,
              (format, b) -> result.cell(format, (int) Math.round(b), result.most()),
              PlotAxis.log("elements that share a scale B", ""),
              "loss-against-block",
              "Held-out loss in each format against the block; a format without scale is level."));
    }
    if (charts.isEmpty()) {
      charts.add(formats(result));
    }
    return charts;
  }

  private static Figure lines(
      LowPrecision experiment, double[] at, Cell cell, PlotAxis axis, String name, String caption) {
    List<Layer> layers = new ArrayList<>();
    int slot = 0;
    for (FloatFormat format : experiment.formats()) {
      Ink ink = Ink.slot(slot++);
      double[] means = new double[at.length];
      List<Double> xs = new ArrayList<>();
      List<Double> ys = new ArrayList<>();
      for (int i = 0; i < at.length; i++) {
        double x = at[i];
        List<Finished<LowPrecisionTask>> runs = cell.runs(format, x);
        means[i] = runs.stream().mapToDouble(Finished::loss).average().orElse(Double.NaN);
        runs.forEach(r -> {
          xs.add(x);
          ys.add(r.loss());
        });
      }
      layers.add(Layer.line(format.toString(), at, means).ink(ink));
      layers.add(Layer.points("", array(xs), array(ys)).ink(ink));
    }
    return Plot.of(axis, PlotAxis.linear("held-out loss", "nats/token"))
        .add(layers)
        .figure(name, caption);
  }

  /** Loss against the number of bits. */
  private static Figure formats(LowPrecisionResult result) {
    List<Layer> layers = new ArrayList<>();
    for (FloatFormat format : result.experiment().formats()) {
      List<Finished<LowPrecisionTask>> runs = result.cell(format, result.smallest(), result.most());
      if (!runs.isEmpty()) {
        layers.add(
            Layer.points(
                format.toString(),
                runs.stream().mapToDouble(r -> format.bits()).toArray(),
                runs.stream().mapToDouble(Finished::loss).toArray()));
      }
    }
    return Plot.of(
            PlotAxis.log("bits P = 1 + E + M", ""), PlotAxis.linear("held-out loss", "nats/token"))
        .add(layers)
        .figure("loss-against-bits", "Held-out loss against the bits of a number, a point a seed.");
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
