package reprise.dsl.knowledge;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import reprise.dsl.chart.Figure;
import reprise.dsl.claim.Claim;
import reprise.dsl.claim.Measured;
import reprise.dsl.claim.Verdict;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Result;
import reprise.dsl.unit.Numbers;
import tech.tablesaw.api.Table;

/**
 * What an experiment on knowledge capacity answers.
 *
 * @param experiment what was asked
 * @param outcome all that came out
 */
public record CapacityResult(KnowledgeCapacity experiment, Outcome outcome) implements Result {

  /** One row a run and reading: N, P, exposures, losses, values right, R, R_max, R/R_max. */
  @Override
  public Table frame() {
    return CapacityFrame.of(outcome.runs());
  }

  /** What each finished run knows, at each precision. */
  public List<CapacityReading> readings() {
    return CapacityReading.of(outcome);
  }

  /** The same of some runs, as trained. */
  public List<CapacityReading> readings(Predicate<CapacityTask> which) {
    return readings().stream()
        .filter(r -> r.precision() == experiment.reads().getFirst() && which.test(r.task()))
        .toList();
  }

  /** R/R_max of some runs: mean, and the range of their seeds. */
  public Measured share(Predicate<CapacityTask> which, String what) {
    return SeedRange.of(
        "R/R_max of " + what,
        readings(which).stream().mapToDouble(CapacityReading::share).toArray());
  }

  /** R of some runs over R of others, seed by seed: mean, and the range of their seeds. */
  public Measured quotient(
      Predicate<CapacityTask> some, Predicate<CapacityTask> others, String what) {
    List<Double> quotients = new ArrayList<>();
    for (CapacityReading above : readings(some)) {
      readings(others).stream()
          .filter(below -> below.task().seed() == above.task().seed())
          .forEach(below -> quotients.add(above.ratio() / below.ratio()));
    }
    return SeedRange.of(what, quotients.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** R read at a precision over R as trained, run by run: mean and range. */
  public Measured kept(Precision precision, Predicate<CapacityTask> which) {
    List<Double> kept = new ArrayList<>();
    for (CapacityReading whole : readings(which)) {
      readings().stream()
          .filter(r -> r.precision() == precision && r.task().equals(whole.task()))
          .forEach(r -> kept.add(r.ratio() / whole.ratio()));
    }
    return SeedRange.of(
        "R at " + precision.word() + " over R as trained",
        kept.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /**
   * Share of the seeds, of every model and set of facts, in which R rises from each number of
   * exposures to the next.
   */
  public Measured rising(Predicate<CapacityTask> which) {
    List<CapacityReading> all = readings(which);
    int rising = 0;
    int series = 0;
    List<Integer> exposures = experiment.exposures().stream().sorted().toList();
    for (CapacityReading last : all) {
      if (last.task().exposures() != exposures.getLast()) {
        continue;
      }
      List<Double> ratios =
          exposures.stream()
              .flatMap(x ->
                  all.stream()
                      .filter(r -> r.task().exposures() == x && alike(r.task(), last.task()))
                      .map(CapacityReading::ratio))
              .toList();
      series++;
      boolean up = ratios.size() == exposures.size();
      for (int i = 1; i < ratios.size(); i++) {
        up &= ratios.get(i) > ratios.get(i - 1);
      }
      rising += up ? 1 : 0;
    }
    return Measured.exactly(
        SeedRange.some("series of exposures", series) == 0 ? 0 : (double) rising / series,
        "R rises over " + exposures + " exposures in " + rising + " of " + series + " series");
  }

  private static boolean alike(CapacityTask a, CapacityTask b) {
    return a.seed() == b.seed()
        && a.facts().equals(b.facts())
        && a.model().equals(b.model())
        && a.company().equals(b.company());
  }

  @Override
  public List<Figure> charts() {
    return CapacityCharts.of(this);
  }

  /** Verdicts on the claims of the family that this result can speak to. */
  @Override
  public List<Verdict> claims() {
    List<Verdict> verdicts = new ArrayList<>();
    if (!readings().isEmpty() && experiment.exposures().size() > 1) {
      Claim claim = CapacityClaims.MORE_EXPOSURES;
      verdicts.add(claim.rule().judge(claim, rising(task -> true)));
    }
    if (!readings().isEmpty()
        && experiment.reads().getFirst() == Precision.FLOAT32
        && experiment.reads().contains(Precision.INT8)) {
      Claim claim = CapacityClaims.INT8_KEEPS;
      verdicts.add(claim.rule().judge(claim, kept(Precision.INT8, task -> true)));
    }
    return verdicts;
  }

  /** One line: runs, and the most bits a parameter. */
  @Override
  public String toString() {
    String best =
        readings().stream()
            .max(java.util.Comparator.comparingDouble(CapacityReading::ratio))
            .map(r ->
                "at most "
                    + Numbers.significant(r.ratio(), 3)
                    + " bits a parameter ("
                    + r.task().id()
                    + ", R max "
                    + Numbers.significant(r.most(), 3)
                    + ")")
            .orElse("no run finished");
    return "knowledge of " + outcome.runs().size() + " runs: " + best;
  }
}
