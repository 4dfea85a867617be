package reprise.dsl.lowrank;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.Experiment;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.Outcome;
import reprise.dsl.study.Trials;
import reprise.dsl.unit.Checks;

/**
 * Singular value decomposition of a trained matrix, with and without Fisher weights.
 *
 * @param whose matrices
 * @param ranks of the factors
 * @param iterations of training, 1500 unless set
 * @param seeds models, three unless set
 */
public record CompressionStudy(NeedsRanks whose, List<Integer> ranks, int iterations, int seeds)
    implements Experiment<CompressionResult> {
  public CompressionStudy {
    ranks = List.copyOf(ranks);
    Checks.positive("iterations", iterations, "steps");
    Checks.positive("seeds", seeds, "models");
  }

  /** Steps of training. */
  public CompressionStudy iterations(int steps) {
    return new CompressionStudy(whose, ranks, steps, seeds);
  }

  /** Models trained, seeds 1 to n. */
  public CompressionStudy seeds(int n) {
    return new CompressionStudy(whose, ranks, iterations, n);
  }

  @Override
  public Plan plan() {
    List<CompressionTrial> runs = new ArrayList<>();
    for (Subject subject : whose.subjects()) {
      for (int seed = 1; seed <= seeds; seed++) {
        runs.add(new CompressionTrial(subject, ranks, iterations, seed));
      }
    }
    return new Plan("compression by weighted factorisation", runs, List.of());
  }

  @Override
  public CompressionResult result(Outcome outcome) {
    return new CompressionResult(this, outcome, Trials.of(outcome, CompressionTrial.class));
  }
}
