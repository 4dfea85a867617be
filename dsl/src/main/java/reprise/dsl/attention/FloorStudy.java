package reprise.dsl.attention;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.Experiment;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.Outcome;
import reprise.dsl.study.Trials;
import reprise.dsl.unit.Checks;

/**
 * The bound of {@link EntropyFloor} against logits that attain it and logits that try to break it.
 *
 * @param positions T of attention, a trial each
 * @param norms of logits, a trial each; 1, 4, 8 and 16 unless set
 * @param draws logits of a trial, 2000 unless set
 * @param seed of the draws, one unless set
 */
public record FloorStudy(List<Integer> positions, List<Double> norms, int draws, int seed)
    implements Experiment<FloorResult> {
  public FloorStudy {
    positions = positions.stream().distinct().toList();
    norms = norms.stream().distinct().toList();
    Checks.positive("draws", draws, "logits");
    norms.forEach(norm -> Checks.positive("norm", norm, "of logits"));
  }

  /** The study of the card. */
  public static FloorStudy of(List<Integer> positions) {
    return new FloorStudy(positions, List.of(1.0, 4.0, 8.0, 16.0), 2000, 1);
  }

  /** Norms of logits. */
  public FloorStudy norms(Double... values) {
    return new FloorStudy(positions, List.of(values), draws, seed);
  }

  /** Logits of each trial. */
  public FloorStudy draws(int n) {
    return new FloorStudy(positions, norms, n, seed);
  }

  /** Other draws. */
  public FloorStudy seed(int n) {
    return new FloorStudy(positions, norms, draws, n);
  }

  @Override
  public Plan plan() {
    List<FloorTrial> runs = new ArrayList<>();
    for (int t : positions) {
      for (double norm : norms) {
        runs.add(new FloorTrial(t, norm, draws, seed));
      }
    }
    return new Plan("least entropy of attention by the norm of its logits", runs, List.of());
  }

  @Override
  public FloorResult result(Outcome outcome) {
    return new FloorResult(this, outcome, Trials.of(outcome, FloorTrial.class));
  }
}
