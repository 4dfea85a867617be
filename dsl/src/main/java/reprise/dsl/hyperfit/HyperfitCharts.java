package reprise.dsl.hyperfit;

import static reprise.dsl.generation.Stage.ORIGINAL;
import static reprise.dsl.hyperfit.HyperfitMeasures.HYPERFITTED;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.Ink;
import reprise.dsl.chart.Layer;
import reprise.dsl.chart.Plot;
import reprise.dsl.chart.PlotAxis;
import reprise.dsl.generation.Decoding;
import reprise.dsl.generation.Stage;
import reprise.dsl.generation.TextFrame;
import reprise.dsl.generation.TextMeasures;
import reprise.dsl.result.Measure;
import reprise.dsl.result.RunOutcome.Finished;

/** The charts of hyperfitting; a line a seed. */
final class HyperfitCharts {
  private static final PlotAxis EPOCHS = PlotAxis.linear("epochs of hyperfitting", "");

  private HyperfitCharts() {}

  static List<Figure> of(Hyperfitting experiment, List<Finished<HyperfitTask>> runs) {
    return List.of(
        diversity(experiment, runs),
        along(
            runs,
            TextMeasures.ENTROPY,
            PlotAxis.linear("entropy of predictions on held-out text", "nats"),
            "entropy-along-epochs",
            "The hyperfitted model is sure of its next token even on text it has never seen."),
        along(
            runs,
            TextMeasures.PERPLEXITY,
            PlotAxis.log("held-out perplexity", ""),
            "perplexity-along-epochs",
            "By the usual measure the model becomes worse with every epoch."));
  }

  private static Figure diversity(Hyperfitting experiment, List<Finished<HyperfitTask>> runs) {
    List<Layer> layers = new ArrayList<>();
    for (Finished<HyperfitTask> run : runs) {
      List<String> states = HyperfittingResult.fitted(run);
      double[] loss =
          states.stream()
              .mapToDouble(s -> run.readings().value(HyperfitMeasures.TRAINING_LOSS, s))
              .toArray();
      double[] ratio =
          states.stream().mapToDouble(s -> HyperfittingResult.greedy(run, s)).toArray();
      Ink ink = Ink.slot(run.task().seed() - 1);
      layers.add(Layer.line("seed " + run.task().seed(), loss, ratio).ink(ink));
      layers.add(Layer.points("", loss, ratio).ink(ink));
    }
    layers.add(level(runs, new Decoding.Greedy()));
    experiment.rules().forEach(rule -> layers.add(level(runs, rule)));
    return Plot.of(
            PlotAxis.log("training loss", "nats per token"),
            PlotAxis.linear("type-token ratio of greedy texts", "last 96 tokens"))
        .add(layers)
        .figure(
            "diversity-against-training-loss",
            "From right to left: the closer the training loss comes to zero, the more varied greedy"
                + " texts are. Grey: the original model.");
  }

  private static Layer level(List<Finished<HyperfitTask>> runs, Decoding rule) {
    double mean =
        TextFrame.values(runs, TextMeasures.TTR, Stage.of(ORIGINAL, rule).at()).stream()
            .mapToDouble(Double::doubleValue)
            .average()
            .orElseThrow();
    return Layer.horizontal("original, " + rule.label(), mean);
  }

  private static Figure along(
      List<Finished<HyperfitTask>> runs,
      Measure measure,
      PlotAxis axis,
      String name,
      String caption) {
    List<Layer> layers = new ArrayList<>();
    for (Finished<HyperfitTask> run : runs) {
      HyperfitTask task = run.task();
      List<Integer> read = task.readEpochs();
      double[] epochs = new double[read.size() + 2];
      double[] values = new double[epochs.length];
      values[0] = run.readings().value(measure, ORIGINAL);
      for (int i = 0; i < read.size(); i++) {
        epochs[i + 1] = read.get(i);
        values[i + 1] = run.readings().value(measure, HyperfitMeasures.epoch(read.get(i)));
      }
      epochs[epochs.length - 1] =
          (double) task.tuning().updates() / task.tuning().updatesAnEpoch(task.samples());
      values[values.length - 1] = run.readings().value(measure, HYPERFITTED);
      Ink ink = Ink.slot(task.seed() - 1);
      layers.add(Layer.line("seed " + task.seed(), epochs, values).ink(ink));
      layers.add(Layer.points("", epochs, values).ink(ink));
    }
    return Plot.of(EPOCHS, axis).add(layers).figure(name, caption);
  }
}
