package reprise.dsl.spectral;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.Experiment;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.Outcome;
import reprise.dsl.study.Trials;
import reprise.dsl.unit.Checks;

/**
 * Entropies of the last hidden layer of a small classifier, before and after training on true and
 * on shuffled labels.
 *
 * @param examples of five classes in 20 dimensions, 500 unless set
 * @param iterations of Adam, 1500 unless set
 * @param seeds draws, three unless set
 */
public record TrainingStudy(int examples, int iterations, int seeds)
    implements Experiment<TrainingResult> {
  public TrainingStudy {
    Checks.positive("iterations", iterations, "steps");
    Checks.positive("seeds", seeds, "draws");
  }

  /** The study of the card. */
  public static TrainingStudy of() {
    return new TrainingStudy(500, 1500, 3);
  }

  /** Examples. */
  public TrainingStudy examples(int n) {
    return new TrainingStudy(n, iterations, seeds);
  }

  /** Steps of Adam. */
  public TrainingStudy iterations(int n) {
    return new TrainingStudy(examples, n, seeds);
  }

  /** Independent draws, seeds 1 to n. */
  public TrainingStudy seeds(int n) {
    return new TrainingStudy(examples, iterations, n);
  }

  @Override
  public Plan plan() {
    List<TrainingTrial> runs = new ArrayList<>();
    for (boolean shuffled : new boolean[] {false, true}) {
      for (int seed = 1; seed <= seeds; seed++) {
        runs.add(new TrainingTrial(examples, iterations, shuffled, seed));
      }
    }
    return new Plan("entropy of a layer in training", runs, List.of());
  }

  @Override
  public TrainingResult result(Outcome outcome) {
    return new TrainingResult(this, outcome, Trials.of(outcome, TrainingTrial.class));
  }
}
