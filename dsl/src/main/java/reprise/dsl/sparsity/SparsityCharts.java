package reprise.dsl.sparsity;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.Ink;
import reprise.dsl.chart.Layer;
import reprise.dsl.chart.Plot;
import reprise.dsl.chart.PlotAxis;
import reprise.dsl.model.TransformerModel;
import reprise.dsl.result.RunOutcome.Finished;
import reprise.dsl.unit.Numbers;

/** Charts of activation sparsity. */
final class SparsityCharts {
  private SparsityCharts() {}

  static List<Figure> of(SparsingResult result) {
    return List.of(
        along(
            result,
            false,
            "activation-ratio",
            "Share of neurons needed if perplexity may grow by "
                + Numbers.significant(100 * result.experiment().metric().growth(), 3)
                + " %, along training; lines are means of the seeds, points the seeds."),
        along(
            result, true, "non-zero-neurons", "Share of neurons whose value is not exactly zero."));
  }

  private static Figure along(SparsingResult result, boolean exact, String name, String caption) {
    List<Layer> layers = new ArrayList<>();
    int slot = 0;
    for (TransformerModel model : result.experiment().models()) {
      for (Activation activation : result.experiment().activations()) {
        List<Finished<SparsingTask>> runs =
            result.finished().stream()
                .filter(r -> r.task().model().equals(model) && r.task().activation() == activation)
                .toList();
        if (runs.isEmpty()) {
          continue;
        }
        Ink ink = Ink.slot(slot++);
        SparsingTask task = runs.getFirst().task();
        double[] tokens =
            IntStream.rangeClosed(1, task.checkpoints()).mapToDouble(task::tokensAt).toArray();
        double[] mean = new double[tokens.length];
        for (Finished<SparsingTask> run : runs) {
          double[] values = values(run, exact);
          for (int c = 0; c < mean.length; c++) {
            mean[c] += values[c] / runs.size();
          }
          layers.add(Layer.points("", tokens, values).ink(ink));
        }
        layers.add(Layer.line(activation.word() + ", " + model.label(), tokens, mean).ink(ink));
      }
    }
    String title = exact ? "non-zero neurons" : "activation ratio";
    return Plot.of(PlotAxis.linear("tokens read", ""), PlotAxis.linear(title, "share").from(0))
        .add(layers)
        .figure(name, caption);
  }

  private static double[] values(Finished<SparsingTask> run, boolean exact) {
    return exact
        ? IntStream.rangeClosed(1, run.task().checkpoints())
            .mapToDouble(c ->
                run.readings()
                    .value(
                        SparsityMeasures.NON_ZERO, SparsityMeasures.after(run.task().tokensAt(c))))
            .toArray()
        : SparsingResult.ratios(run);
  }
}
