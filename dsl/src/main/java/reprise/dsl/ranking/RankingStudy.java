package reprise.dsl.ranking;

import java.util.List;
import java.util.stream.IntStream;
import reprise.dsl.Experiment;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.Outcome;
import reprise.dsl.unit.Checks;

/**
 * What two metrics of a ranking reward, ready to run. Options are set again by naming them again.
 *
 * @param prevalence share of positives
 * @param subgroups whose mistakes are mended
 * @param examples N, 2000 unless set
 * @param separation of the classes, 1.2 standard deviations unless set
 * @param fixes mistakes mended, 6000 unless set
 * @param seeds draws, ten unless set
 */
public record RankingStudy(
    double prevalence, Subgroups subgroups, int examples, double separation, int fixes, int seeds)
    implements Experiment<RankingResult> {
  public RankingStudy {
    Checks.present("subgroups", subgroups);
    Checks.positive("seeds", seeds, "draws");
  }

  static RankingStudy of(double prevalence, Subgroups subgroups) {
    return new RankingStudy(prevalence, subgroups, 2000, 1.2, 6000, 10);
  }

  /** The number of examples. */
  public RankingStudy examples(int n) {
    return new RankingStudy(prevalence, subgroups, n, separation, fixes, seeds);
  }

  /** How far the classes lie apart, in standard deviations. */
  public RankingStudy separation(double deviations) {
    return new RankingStudy(prevalence, subgroups, examples, deviations, fixes, seeds);
  }

  /** How many mistakes are mended. */
  public RankingStudy fixes(int n) {
    return new RankingStudy(prevalence, subgroups, examples, separation, n, seeds);
  }

  /** Independent draws, seeds 1 to n. */
  public RankingStudy seeds(int n) {
    return new RankingStudy(prevalence, subgroups, examples, separation, fixes, n);
  }

  @Override
  public Plan plan() {
    List<RankingTask> runs =
        IntStream.rangeClosed(1, seeds)
            .mapToObj(seed ->
                new RankingTask(
                    "s" + seed, examples, prevalence, separation, subgroups, fixes, seed))
            .toList();
    return new Plan("what AUROC and average precision reward", runs, List.of());
  }

  @Override
  public RankingResult result(Outcome outcome) {
    return new RankingResult(this, outcome);
  }
}
