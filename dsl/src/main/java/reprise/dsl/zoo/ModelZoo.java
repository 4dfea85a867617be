package reprise.dsl.zoo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import reprise.dsl.Experiment;
import reprise.dsl.plan.Plan;
import reprise.dsl.plan.Task;
import reprise.dsl.result.Outcome;
import reprise.dsl.unit.Checks;

/**
 * A zoo of small nets over load and temperature, ready to run. Options are set again by naming them
 * again.
 *
 * @param rule decides the phases
 * @param family models, one a width
 * @param data what they are trained on
 * @param temperature what is varied of the noise of training
 * @param descent the rest of training: batch 64, rate .02, momentum .9, no decay, 60 epochs unless
 *     set
 * @param probing how landscapes are measured; {@link Probing#STANDARD} unless set
 * @param start which curve decides about barriers; the one that began halfway unless set
 * @param similarity which similarity decides about likeness; that of logits unless set
 * @param seeds models of a cell; 3 unless set
 */
public record ModelZoo(
    PhaseRule rule,
    PerceptronFamily family,
    List<ZooData> data,
    Temperature temperature,
    Descent descent,
    Probing probing,
    CurveStart start,
    Similarity similarity,
    int seeds)
    implements Experiment<ZooResult> {
  public ModelZoo {
    Checks.present("phase rule", rule);
    Checks.present("models", family);
    Checks.present("temperature", temperature);
    Checks.present("descent", descent);
    Checks.present("probing", probing);
    Checks.present("start of curves", start);
    Checks.present("similarity", similarity);
    data = List.copyOf(data);
    if (seeds < 2) {
      throw new IllegalArgumentException(
          "seeds: connectivity and similarity are between the seeds of a cell, give at least 2, got "
              + seeds);
    }
  }

  static ModelZoo of(
      PhaseRule rule, PerceptronFamily family, List<ZooData> data, Temperature temperature) {
    return new ModelZoo(
        rule,
        family,
        data,
        temperature,
        new Descent(64, 0.02, 0.9, 0, 60),
        Probing.STANDARD,
        CurveStart.HALFWAY,
        Similarity.LOGITS,
        3);
  }

  private ModelZoo with(Descent d, Probing p, CurveStart c, Similarity s, int n) {
    return new ModelZoo(rule, family, data, temperature, d, p, c, s, n);
  }

  /** Models of every cell, with seeds 1 to n. */
  public ModelZoo seeds(int n) {
    return with(descent, probing, start, similarity, n);
  }

  /** Passes over the training set. */
  public ModelZoo epochs(int n) {
    return with(descent.epochs(n), probing, start, similarity, seeds);
  }

  /** Learning rate, unless it is the temperature. */
  public ModelZoo learningRate(double rate) {
    return with(descent.rate(rate), probing, start, similarity, seeds);
  }

  /** Weight decay, unless it is the temperature. */
  public ModelZoo weightDecay(double decay) {
    return with(descent.weightDecay(decay), probing, start, similarity, seeds);
  }

  /** Examples in a step, unless they are the temperature. */
  public ModelZoo batch(int examples) {
    return with(descent.batch(examples), probing, start, similarity, seeds);
  }

  /** How landscapes are measured. */
  public ModelZoo probing(Probing other) {
    return with(descent, other, start, similarity, seeds);
  }

  /** Which curve decides about barriers; both are measured. */
  public ModelZoo curves(CurveStart other) {
    return with(descent, probing, other, similarity, seeds);
  }

  /** Which similarity decides about likeness; both are measured. */
  public ModelZoo similarity(Similarity other) {
    return with(descent, probing, start, other, seeds);
  }

  @Override
  public Plan plan() {
    List<Task> runs = new ArrayList<>();
    for (int d = 0; d < data.size(); d++) {
      for (Perceptron model : family.members()) {
        for (double value : temperature.values()) {
          for (int seed = 1; seed <= seeds; seed++) {
            runs.add(task(d, model, value, seed));
          }
        }
      }
    }
    return new Plan(
        "zoo of " + family + " on " + dataLabel() + ", " + temperature, runs, List.of());
  }

  private ZooTask task(int set, Perceptron model, double value, int seed) {
    String id =
        (data.size() == 1 ? "" : "x" + (set + 1) + "-")
            + "w"
            + model.width()
            + "-"
            + temperature.name().charAt(0)
            + temperature.text(value).toLowerCase(Locale.ROOT)
            + "-s"
            + seed;
    return new ZooTask(
        id, model, data.get(set), temperature.at(descent, value), probing, seed, seeds);
  }

  String dataLabel() {
    return String.join(", ", data.stream().map(ZooData::label).toList());
  }

  @Override
  public ZooResult result(Outcome outcome) {
    return new ZooResult(this, outcome);
  }
}
