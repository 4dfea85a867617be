package reprise.dsl.zoo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import reprise.dsl.RunFailure;
import reprise.dsl.claim.Interval;
import reprise.dsl.claim.Measured;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Numbers;

/**
 * The cells of a zoo and the phase of each.
 *
 * @param loadName name of the load-like axis
 * @param temperatureName name of the temperature-like axis
 * @param rule decides the phases
 * @param cells all, classified or not
 * @param chance test accuracy in percent at or below which a cell has collapsed and has no phase
 */
public record PhaseMap(
    String loadName, String temperatureName, PhaseRule rule, List<ZooCell> cells, double chance) {
  /** Two normal deviations on each side hold 95 %. */
  private static final double NORMAL_95 = 1.959964;

  public PhaseMap {
    Checks.text("load", loadName);
    Checks.text("temperature", temperatureName);
    Checks.present("phase rule", rule);
    cells = List.copyOf(cells);
  }

  /** The same cells under another rule. */
  public PhaseMap rule(PhaseRule other) {
    return new PhaseMap(loadName, temperatureName, other, cells, chance);
  }

  /** The phase of a cell; empty where a measure is unknown or the cell has collapsed. */
  public Optional<Phase> phase(ZooCell cell) {
    double accuracy = cell.testAccuracy();
    return Double.isNaN(accuracy) || accuracy <= chance
        ? Optional.empty()
        : rule.phase(cell.landscape());
  }

  /** The cells of a phase. */
  public List<ZooCell> of(Phase phase) {
    return cells.stream().filter(c -> phase(c).filter(phase::equals).isPresent()).toList();
  }

  /** How many cells have a phase. */
  public int classified() {
    return (int) cells.stream().filter(c -> phase(c).isPresent()).count();
  }

  /** The phases that occur, in the order of the claim. */
  public List<PhaseRow> rows() {
    List<PhaseRow> rows = new ArrayList<>();
    for (Phase phase : Phase.ORDER) {
      List<ZooCell> of = of(phase);
      if (!of.isEmpty()) {
        rows.add(row(phase, of));
      }
    }
    return rows;
  }

  private static PhaseRow row(Phase phase, List<ZooCell> of) {
    double[] test = of.stream().mapToDouble(ZooCell::testAccuracy).toArray();
    double mean = mean(test);
    double logTrace =
        of.stream()
            .mapToDouble(c -> c.landscape().trace())
            .filter(t -> t > 0)
            .map(Math::log)
            .average()
            .orElse(Double.NaN);
    return new PhaseRow(
        phase,
        of.size(),
        mean,
        java.util.Arrays.stream(test).max().orElseThrow(),
        deviation(test, mean) / Math.sqrt(test.length),
        of.stream().mapToDouble(c -> c.landscape().trainLoss()).average().orElseThrow(),
        logTrace);
  }

  /** The cell of highest test accuracy, if any is known. */
  public Optional<ZooCell> best() {
    return cells.stream()
        .filter(c -> !Double.isNaN(c.testAccuracy()))
        .max(Comparator.comparingDouble(ZooCell::testAccuracy));
  }

  /**
   * Of the phases that occur, how many neighbours in the claimed order stand in that order by mean
   * test accuracy, with the condition that all five occur.
   */
  public Measured neighboursInOrder() {
    List<PhaseRow> rows = rows();
    int held = 0;
    for (int i = 1; i < rows.size(); i++) {
      held += rows.get(i - 1).meanTest() <= rows.get(i).meanTest() ? 1 : 0;
    }
    return Measured.exactly(held, "mean test accuracy " + means(rows) + "; " + rule)
        .check(
            ZooClaims.ALL_PHASES,
            rows.size() == Phase.ORDER.size(),
            rows.size() + " of " + Phase.ORDER.size() + " phases occur");
  }

  private static String means(List<PhaseRow> rows) {
    return String.join(
        ", ",
        rows.stream()
            .map(r -> r.phase().label() + " " + Numbers.significant(r.meanTest(), 4) + " %")
            .toList());
  }

  /**
   * Mean test accuracy of one phase minus that of another in percentage points, with Welch's
   * interval over cells.
   *
   * @throws RunFailure when either has fewer than two cells
   */
  public Measured difference(Phase of, Phase minus) {
    double[] a = accuracies(of);
    double[] b = accuracies(minus);
    double difference = mean(a) - mean(b);
    double error = Math.hypot(error(a), error(b));
    return Measured.of(
        difference,
        new Interval(
            difference - NORMAL_95 * error,
            difference + NORMAL_95 * error,
            0.95,
            "standard error over cells, normal"),
        a.length + " cells of " + of.label() + ", " + b.length + " of " + minus.label());
  }

  /** The same with the condition that both phases have nearly the same curvature. */
  public Measured differenceAtSameCurvature(Phase of, Phase minus) {
    Measured difference = difference(of, minus);
    double a = row(of, of(of)).meanLogTrace();
    double b = row(minus, of(minus)).meanLogTrace();
    return difference.check(
        ZooClaims.SAME_CURVATURE,
        Math.abs(a - b) < 0.5,
        Numbers.significant(a, 3)
            + " in "
            + of.label()
            + ", "
            + Numbers.significant(b, 3)
            + " in "
            + minus.label());
  }

  /**
   * The test accuracy of the best cell, with the condition that it lies in phase IV-B.
   *
   * @throws RunFailure when no cell has a test accuracy
   */
  public Measured bestCell() {
    ZooCell cell =
        best().orElseThrow(() -> new RunFailure("no cell of this map has a test accuracy"));
    String phase = phase(cell).map(Phase::label).orElse("none");
    return Measured.exactly(
            cell.testAccuracy(),
            loadName
                + " "
                + Numbers.plain(cell.load())
                + ", "
                + temperatureName
                + " "
                + Numbers.plain(cell.temperature()))
        .check(ZooClaims.IN_FOUR_B, phase.equals(Phase.IV_B.label()), "it lies in " + phase);
  }

  /** How many cells are in some phases. */
  public Measured cellsIn(List<Phase> phases) {
    int n = phases.stream().mapToInt(p -> of(p).size()).sum();
    return Measured.exactly(n, n + " of " + classified() + " cells that have a phase; " + rule);
  }

  private double[] accuracies(Phase phase) {
    double[] values = of(phase).stream().mapToDouble(ZooCell::testAccuracy).toArray();
    if (values.length < 2) {
      throw new RunFailure(
          "phase "
              + phase.label()
              + " has "
              + values.length
              + " cells on this map, a difference needs two; widen the grid or set another rule");
    }
    return values;
  }

  static double mean(double[] x) {
    return java.util.Arrays.stream(x).average().orElse(Double.NaN);
  }

  static double deviation(double[] x, double mean) {
    double square = 0;
    for (double v : x) {
      square += (v - mean) * (v - mean);
    }
    return Math.sqrt(square / (x.length - 1));
  }

  static double error(double[] x) {
    return deviation(x, mean(x)) / Math.sqrt(x.length);
  }
}
