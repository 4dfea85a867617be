package reprise.dsl.head;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.Experiment;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.Outcome;
import reprise.dsl.study.Trials;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Symbols;

/**
 * Memory and exactness of a head's loss, ready to run.
 *
 * @param head tokens and width
 * @param sizes of the vocabulary
 * @param seeds draws of x and w, one unless set
 */
public record LossStudy(NeedsVocabularies head, List<Symbols> sizes, int seeds)
    implements Experiment<LossResult> {
  public LossStudy {
    Checks.present("head", head);
    sizes = List.copyOf(sizes);
    Checks.positive("seeds", seeds, "draws");
  }

  /** Independent draws, seeds 1 to n. */
  public LossStudy seeds(int n) {
    return new LossStudy(head, sizes, n);
  }

  @Override
  public Plan plan() {
    List<LossTrial> runs = new ArrayList<>();
    for (Symbols size : sizes) {
      for (int seed = 1; seed <= seeds; seed++) {
        runs.add(new LossTrial(head, size, seed));
      }
    }
    return new Plan("memory of a head's loss", runs, List.of());
  }

  @Override
  public LossResult result(Outcome outcome) {
    return new LossResult(this, outcome, Trials.of(outcome, LossTrial.class));
  }
}
