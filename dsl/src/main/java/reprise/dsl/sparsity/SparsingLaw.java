package reprise.dsl.sparsity;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import reprise.dsl.Experiment;
import reprise.dsl.data.Corpus;
import reprise.dsl.model.TransformerModel;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.Outcome;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Tokens;

/**
 * An experiment on activation sparsity along training, ready to run. Options are set again by
 * naming them again.
 *
 * @param metric how neurons are counted
 * @param models what is trained
 * @param corpus what is read
 * @param tokens D of every run
 * @param activations ReLU and SiLU unless set
 * @param checkpoints equal distances at which a run is looked at; 16 unless set
 * @param seeds runs of every model and activation, with seeds 1 to n; 1 unless set
 * @param learningRate lr0 of a model of width 32, others use {@code lr0 sqrt(32/d)}; .006 unless
 *     set
 */
public record SparsingLaw(
    CettPpl metric,
    List<TransformerModel> models,
    Corpus corpus,
    Tokens tokens,
    List<Activation> activations,
    int checkpoints,
    int seeds,
    double learningRate)
    implements Experiment<SparsingResult> {
  static final int CHECKPOINTS = 16;
  static final double RATE = 0.006;

  public SparsingLaw {
    Checks.present("metric", metric);
    Checks.present("corpus", corpus);
    Checks.present("tokens", tokens);
    Checks.positive("checkpoints", checkpoints, "checkpoints");
    Checks.positive("seeds", seeds, "runs");
    Checks.positive("learning rate", learningRate, "step size");
    models = List.copyOf(models);
    activations = activations.stream().distinct().toList();
  }

  /** The activations to compare. */
  public SparsingLaw activations(Activation... kinds) {
    return new SparsingLaw(
        metric, models, corpus, tokens, List.of(kinds), checkpoints, seeds, learningRate);
  }

  /** At how many equal distances of its tokens a run is looked at. */
  public SparsingLaw checkpoints(int count) {
    return new SparsingLaw(metric, models, corpus, tokens, activations, count, seeds, learningRate);
  }

  /** The number of runs of every model and activation. */
  public SparsingLaw seeds(int count) {
    return new SparsingLaw(
        metric, models, corpus, tokens, activations, checkpoints, count, learningRate);
  }

  /** Learning rate of a model of width 32. */
  public SparsingLaw learningRate(double lr0) {
    return new SparsingLaw(metric, models, corpus, tokens, activations, checkpoints, seeds, lr0);
  }

  @Override
  public Plan plan() {
    List<SparsingTask> runs = new ArrayList<>();
    for (TransformerModel model : models) {
      for (Activation activation : activations) {
        for (int seed = 1; seed <= seeds; seed++) {
          double rate = learningRate * Math.sqrt(32.0 / model.width());
          String id = model.label() + "-" + activation.id() + "-s" + seed;
          runs.add(
              new SparsingTask(
                  id, metric, model, activation, corpus, tokens, checkpoints, rate, seed));
        }
      }
    }
    String title =
        "activation ratio under "
            + metric
            + ": "
            + models.stream().map(TransformerModel::label).collect(Collectors.joining(", "))
            + " with "
            + activations.stream().map(Activation::word).collect(Collectors.joining(", "))
            + ", on "
            + corpus.label();
    return new Plan(title, runs, List.of());
  }

  @Override
  public SparsingResult result(Outcome outcome) {
    return new SparsingResult(this, outcome);
  }
}
