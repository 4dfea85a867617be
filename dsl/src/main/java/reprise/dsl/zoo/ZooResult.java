package reprise.dsl.zoo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import reprise.dsl.RunFailure;
import reprise.dsl.chart.Figure;
import reprise.dsl.claim.Claim;
import reprise.dsl.claim.Interval;
import reprise.dsl.claim.Measured;
import reprise.dsl.claim.Seeds;
import reprise.dsl.claim.Verdict;
import reprise.dsl.result.Measure;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Result;
import reprise.dsl.result.RunOutcome.Finished;
import reprise.dsl.unit.Numbers;
import tech.tablesaw.api.Table;

/**
 * What a zoo answers.
 *
 * @param experiment what was asked
 * @param outcome all that came out
 */
public record ZooResult(ModelZoo experiment, Outcome outcome) implements Result {
  /** 97.5 % quantile of the normal distribution. */
  private static final double NORMAL = 1.96;

  /** The models that came to their last step. */
  public List<Finished<ZooTask>> models() {
    return outcome.finished(ZooTask.class);
  }

  /** One row a model with all its measures. */
  @Override
  public Table frame() {
    return ZooFrame.models(outcome.runs(), models());
  }

  /** One row a cell: what decides its phase, and the phase. */
  public Table cells() {
    List<PhaseMap> maps = maps();
    Table all = PhaseFrame.cells(maps.getFirst());
    maps.subList(1, maps.size()).forEach(m -> all.append(PhaseFrame.cells(m)));
    return all;
  }

  /** One row a phase, over all cells. */
  public Table phases() {
    return PhaseFrame.phases(map().rows());
  }

  /** A map for each data set; where there is one width, one map with the label noise as load. */
  public List<PhaseMap> maps() {
    ZooCells cells = new ZooCells(experiment, models());
    return cells.overNoise()
        ? List.of(map())
        : experiment.data().stream().map(d -> cells.map(List.of(d))).toList();
  }

  /** All cells; means over phases are over these. */
  public PhaseMap map() {
    return new ZooCells(experiment, models()).map(experiment.data());
  }

  /**
   * Test accuracy of one phase minus that of another, percentage points: the mean over seeds of the
   * difference of the means over cells, with Student's interval over seeds and the condition that
   * it exceeds three standard deviations over seeds.
   *
   * @throws RunFailure when one of the phases does not occur
   */
  public Measured gap(Phase of, Phase minus) {
    PhaseMap map = map();
    List<ZooCell> upper = required(map, of);
    List<ZooCell> lower = required(map, minus);
    double[] differences = new double[experiment.seeds()];
    for (int s = 0; s < differences.length; s++) {
      differences[s] = mean(upper, s) - mean(lower, s);
    }
    double mean = PhaseMap.mean(differences);
    double deviation = PhaseMap.deviation(differences, mean);
    return Seeds.mean(
            differences,
            "seeds",
            upper.size()
                + " cells of "
                + of.label()
                + ", "
                + lower.size()
                + " of "
                + minus.label()
                + ", "
                + differences.length
                + " seeds; "
                + map.rule())
        .check(
            ZooClaims.BEYOND_SEEDS,
            mean > 3 * deviation,
            "standard deviation " + Numbers.significant(deviation, 3) + " points");
  }

  private static List<ZooCell> required(PhaseMap map, Phase phase) {
    List<ZooCell> of = map.of(phase);
    if (of.isEmpty()) {
      throw new RunFailure(
          "no cell of this zoo is in phase "
              + phase.label()
              + " ("
              + map.rule()
              + "); widen the grid or set another rule");
    }
    return of;
  }

  // seeds that diverged are missing from a cell
  private static double mean(List<ZooCell> cells, int seed) {
    return cells.stream()
        .filter(c -> seed < c.testAccuracies().size())
        .mapToDouble(c -> c.testAccuracies().get(seed))
        .average()
        .orElse(Double.NaN);
  }

  /**
   * The mean of a measure over the cells of some phases, with the normal interval over cells.
   *
   * @throws RunFailure with fewer than two cells
   */
  public Measured meanOver(Measure measure, Phase... phases) {
    double[] values = over(measure, List.of(phases));
    return spread(
        PhaseMap.mean(values),
        PhaseMap.error(values),
        measure + " over " + values.length + " cells of " + labels(phases));
  }

  /**
   * The mean of a measure over the cells of some phases minus that over others.
   *
   * @throws RunFailure with fewer than two cells on either side
   */
  public Measured contrast(Measure measure, List<Phase> phases, List<Phase> minus) {
    double[] a = over(measure, phases);
    double[] b = over(measure, minus);
    return spread(
        PhaseMap.mean(a) - PhaseMap.mean(b),
        Math.hypot(PhaseMap.error(a), PhaseMap.error(b)),
        measure
            + ": "
            + Numbers.significant(PhaseMap.mean(a), 3)
            + " over "
            + a.length
            + " cells of "
            + labels(phases.toArray(Phase[]::new))
            + ", "
            + Numbers.significant(PhaseMap.mean(b), 3)
            + " over "
            + b.length
            + " of "
            + labels(minus.toArray(Phase[]::new)));
  }

  private static Measured spread(double mean, double error, String how) {
    Interval interval =
        new Interval(
            mean - NORMAL * error,
            mean + NORMAL * error,
            0.95,
            "standard error over cells, normal");
    return Measured.of(mean, interval, how);
  }

  private static String labels(Phase... phases) {
    return String.join(", ", List.of(phases).stream().map(Phase::label).toList());
  }

  // means over the models of a cell, for pairs over its pairs
  private double[] over(Measure measure, List<Phase> phases) {
    PhaseMap map = map();
    List<Double> values = new ArrayList<>();
    var groups = List.copyOf(new ZooCells(experiment, models()).grouped().values());
    for (int i = 0; i < groups.size(); i++) {
      Optional<Phase> phase = map.phase(map.cells().get(i));
      if (phase.filter(phases::contains).isPresent()) {
        values.add(ZooCells.anywhere(groups.get(i), measure));
      }
    }
    if (values.size() < 2) {
      throw new RunFailure(
          "a mean of "
              + measure
              + " needs two cells in "
              + labels(phases.toArray(Phase[]::new))
              + ", got "
              + values.size()
              + "; widen the grid or set another rule");
    }
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * Mean connectivity over cells along trained curves minus that along straight lines, points, with
   * the normal interval over cells.
   */
  public Measured curveAboveLine() {
    return difference(
        "connectivity, curve minus line", experiment.start().measure(), ZooMeasures.LINE);
  }

  /**
   * Mean connectivity over cells along curves that began halfway minus that along curves that began
   * at a fresh initialisation, points, with the normal interval over cells.
   */
  public Measured startMatters() {
    return difference(
        "connectivity, halfway minus fresh", ZooMeasures.CURVE, ZooMeasures.RANDOM_CURVE);
  }

  // cells of which fewer than two seeds are left have no pairs
  private Measured difference(String what, Measure of, Measure minus) {
    double[] differences =
        new ZooCells(experiment, models())
            .grouped().values().stream()
                .mapToDouble(s -> ZooCells.pairs(s, of) - ZooCells.pairs(s, minus))
                .filter(d -> !Double.isNaN(d))
                .toArray();
    if (differences.length < 2) {
      throw new RunFailure(
          what + " needs two cells with two models each, got " + differences.length);
    }
    return spread(
        PhaseMap.mean(differences),
        PhaseMap.error(differences),
        what + ", " + differences.length + " cells");
  }

  /** Spectral density of the first seed of a cell, where it was measured. */
  public Optional<Figure> spectrum(int width, double temperature) {
    return models().stream()
        .filter(m -> m.task().model().width() == width)
        .filter(m ->
            experiment.temperature().at(m.task().descent(), temperature).equals(m.task().descent()))
        .flatMap(m -> SpectrumChart.of(m).stream())
        .findFirst();
  }

  @Override
  public List<Figure> charts() {
    List<Figure> charts = new ArrayList<>();
    List<PhaseMap> maps = maps();
    for (int i = 0; i < maps.size(); i++) {
      if (!maps.get(i).cells().isEmpty()) {
        charts.addAll(
            PhaseCharts.of(maps.get(i), maps.size() == 1 ? "phases" : "phases-" + (i + 1)));
      }
    }
    models().stream()
        .flatMap(m -> SpectrumChart.of(m).stream())
        .reduce((_, last) -> last)
        .ifPresent(charts::add);
    return charts;
  }

  /** The verdict on the gap between the best and the worst phase, where both occur. */
  @Override
  public List<Verdict> claims() {
    PhaseMap map = map();
    if (map.of(Phase.IV_B).isEmpty() || map.of(Phase.I).isEmpty()) {
      return List.of();
    }
    Claim claim = ZooClaims.BEST_ABOVE_WORST;
    return List.of(claim.rule().judge(claim, gap(Phase.IV_B, Phase.I)));
  }

  /** One line: models, cells, phases. */
  @Override
  public String toString() {
    PhaseMap map = map();
    int failed = outcome.failed().size();
    return models().size()
        + " models"
        + (failed == 0 ? "" : " (" + failed + " failed)")
        + ", "
        + map.classified()
        + " of "
        + map.cells().size()
        + " cells have a phase: "
        + String.join(
            ", ", map.rows().stream().map(r -> r.phase().label() + " " + r.cells()).toList());
  }
}
