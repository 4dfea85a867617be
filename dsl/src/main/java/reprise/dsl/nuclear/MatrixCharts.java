package reprise.dsl.nuclear;

import static reprise.dsl.nuclear.NuclearMeasures.ENTROPY;
import static reprise.dsl.nuclear.NuclearMeasures.NUCLEAR;
import static reprise.dsl.nuclear.NuclearMeasures.SPEEDUP;
import static reprise.dsl.nuclear.NuclearMeasures.SURROGATE;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.Layer;
import reprise.dsl.chart.Plot;
import reprise.dsl.chart.PlotAxis;
import reprise.dsl.result.Measure;
import reprise.dsl.result.RunOutcome.Finished;

/** Figures of matrix norms. */
final class MatrixCharts {
  private MatrixCharts() {}

  static List<Figure> of(MatrixNormsResult result) {
    List<Figure> figures = new ArrayList<>();
    if (result.drawn().stream().anyMatch(one -> one.task().rank() > 0)) {
      figures.add(ranks(result));
    }
    if (!result.trained().isEmpty()) {
      figures.add(training(result));
    }
    if (result.drawn().stream().anyMatch(one -> one.task().rank() == 0)) {
      figures.add(speed(result));
    }
    return figures;
  }

  /** Each measure over its value at the least rank. */
  private static Figure ranks(MatrixNormsResult result) {
    List<Finished<MatrixTask>> products =
        result.drawn().stream().filter(one -> one.task().rank() > 0).toList();
    double[] rank = products.stream().mapToDouble(one -> one.task().rank()).toArray();
    List<Layer> layers = new ArrayList<>();
    for (Measure measure : List.of(NUCLEAR, ENTROPY, SURROGATE)) {
      double first = products.getFirst().readings().value(measure);
      layers.add(
          Layer.points(
              measure.name(),
              rank,
              products.stream().mapToDouble(o -> o.readings().value(measure) / first).toArray()));
    }
    return Plot.of(PlotAxis.log("rank", ""), PlotAxis.log("measure over that at least rank", ""))
        .add(layers)
        .figure(
            "rank",
            "Measures of products of rising rank, rows of length 1. The nuclear norm and matrix"
                + " entropy see the rank; the Matrix Nuclear-Norm hardly does.");
  }

  private static Figure training(MatrixNormsResult result) {
    List<Layer> layers = new ArrayList<>();
    for (Finished<HiddenStatesTask> one : result.trained()) {
      if (one.task().seed() == 1) {
        double[] exact = along(one, NUCLEAR);
        layers.add(
            Layer.points(
                "width " + one.task().training().model().width(), exact, along(one, SURROGATE)));
      }
    }
    return Plot.of(PlotAxis.linear("nuclear norm", ""), PlotAxis.linear("Matrix Nuclear-Norm", ""))
        .add(layers)
        .figure(
            "training",
            "Hidden states of decoders at checkpoints of training, seed 1: the stand-in against"
                + " what it stands in for.");
  }

  private static double[] along(Finished<HiddenStatesTask> one, Measure measure) {
    return MatrixNormsResult.stages(one.readings()).stream()
        .mapToDouble(at -> one.readings().value(measure, at))
        .toArray();
  }

  private static Figure speed(MatrixNormsResult result) {
    List<Finished<MatrixTask>> squares =
        result.drawn().stream().filter(one -> one.task().rank() == 0).toList();
    return Plot.of(PlotAxis.log("rows and columns", ""), PlotAxis.log("times as fast", ""))
        .add(
            List.of(
                Layer.points(
                    "",
                    squares.stream().mapToDouble(one -> one.task().rows()).toArray(),
                    squares.stream().mapToDouble(o -> o.readings().value(SPEEDUP)).toArray()),
                Layer.horizontal("8 times", 8)))
        .figure(
            "speed",
            "Time of the exact nuclear norm over that of the Matrix Nuclear-Norm, one thread, a"
                + " point a draw.");
  }
}
