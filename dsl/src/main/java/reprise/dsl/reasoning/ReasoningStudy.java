package reprise.dsl.reasoning;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.Experiment;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.Outcome;
import reprise.dsl.study.Trials;
import reprise.dsl.unit.Checks;

/**
 * Facts about all subjects, implications about some: are those about the others answered?
 *
 * @param world subjects and classes
 * @param heads to compare
 * @param shown subjects of each class whose implication is trained, one unless set
 * @param spurious whether facts imply something drawn at random, no unless set
 * @param steps of full-batch gradient descent, 4000 unless set
 * @param seeds draws, ten unless set
 */
public record ReasoningStudy(
    NeedsHeads world, List<Head> heads, int shown, boolean spurious, int steps, int seeds)
    implements Experiment<ReasoningResult> {
  public ReasoningStudy {
    heads = List.copyOf(heads);
    Checks.positive("seeds", seeds, "draws");
  }

  /** Subjects of each class whose implication is trained. */
  public ReasoningStudy shown(int perClass) {
    return new ReasoningStudy(world, heads, perClass, spurious, steps, seeds);
  }

  /** Facts imply something drawn at random: nothing causal is left. */
  public ReasoningStudy spuriously() {
    return new ReasoningStudy(world, heads, shown, true, steps, seeds);
  }

  /** Steps of gradient descent. */
  public ReasoningStudy iterations(int n) {
    return new ReasoningStudy(world, heads, shown, spurious, n, seeds);
  }

  /** Independent draws, seeds 1 to n. */
  public ReasoningStudy seeds(int n) {
    return new ReasoningStudy(world, heads, shown, spurious, steps, n);
  }

  @Override
  public Plan plan() {
    List<ReasoningTrial> runs = new ArrayList<>();
    for (Head head : heads) {
      for (int seed = 1; seed <= seeds; seed++) {
        runs.add(new ReasoningTrial(world, head, shown, spurious, steps, seed));
      }
    }
    return new Plan("implications out of context", runs, List.of());
  }

  @Override
  public ReasoningResult result(Outcome outcome) {
    return new ReasoningResult(this, outcome, Trials.of(outcome, ReasoningTrial.class));
  }
}
