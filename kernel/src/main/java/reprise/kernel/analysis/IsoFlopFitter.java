package reprise.kernel.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import reprise.dsl.law.Estimate;
import reprise.dsl.law.Interval;
import reprise.dsl.law.IsoFlop;
import reprise.dsl.law.IsoFlopPlan;
import reprise.dsl.law.Points;
import reprise.dsl.law.PowerLine;
import reprise.dsl.law.Samples;
import reprise.dsl.law.Valley;

/**
 * IsoFLOP analysis: Hoffmann et al. 2022 (arXiv 2203.15556, section 3.2). A parabola of the loss in
 * log N per budget, and lines through log N_opt and log D_opt against log C over the budgets whose
 * minimum is interior.
 *
 * <p>The bootstrap redraws seeds within each (C, N) cell where every cell has two or more;
 * otherwise it redraws the parabolas' residuals, pooled over budgets and widened by sqrt(n/(n-3)),
 * since dropping one of five sizes would often move the minimum to the edge.
 */
public final class IsoFlopFitter {
  /** Budgets within this relative distance are one budget. */
  static final double SAME_BUDGET = .02;

  private final IsoFlopPlan plan;
  private final List<Budget> budgets;
  private final boolean seeds;
  private final List<String> warnings = new ArrayList<>();

  private IsoFlopFitter(IsoFlopPlan plan) {
    this.plan = plan;
    budgets = budgets(plan.points());
    seeds = budgets.stream().allMatch(Budget::hasSeeds);
  }

  /**
   * The analysis of a plan.
   *
   * @throws IllegalArgumentException when no budget has three sizes, or for a value not positive
   */
  public static IsoFlop fit(IsoFlopPlan plan) {
    return plan.interpolated().isPresent()
        ? new AkimaValleys(plan).fit(budgets(plan.points()))
        : new IsoFlopFitter(plan).run();
  }

  private IsoFlop run() {
    List<Budget> usable = budgets.stream().filter(b -> b.sizes().length >= 3).toList();
    if (usable.isEmpty()) {
      throw new IllegalArgumentException(
          "no compute budget has three model sizes, which a parabola needs; "
              + budgets.size()
              + " budgets, "
              + plan.points().size()
              + " points");
    }
    if (usable.size() < budgets.size()) {
      warnings.add(budgets.size() - usable.size() + " budgets with fewer than 3 sizes left out");
    }
    List<Parabola> parabolas = usable.stream().map(b -> b.fit(b.means(), plan.window())).toList();
    List<Valley> valleys =
        IntStream.range(0, usable.size())
            .mapToObj(i -> usable.get(i).valley(parabolas.get(i)))
            .toList();
    int[] interior =
        IntStream.range(0, valleys.size()).filter(i -> valleys.get(i).interior()).toArray();
    if (interior.length < valleys.size()) {
      warnings.add(
          (valleys.size() - interior.length)
              + " of "
              + valleys.size()
              + " budgets have no interior minimum: extend the sizes there");
    }
    if (interior.length < 3) {
      warnings.add(
          interior.length + " interior minima: a power law needs 3 to show whether it is straight");
    }
    double[][] lines = lines(Arrays.stream(interior).mapToObj(valleys::get).toList());
    double[][][] replicates = replicates(usable, parabolas, interior);
    return new IsoFlop(
        plan,
        valleys,
        power(lines[0], replicates, 0, "parameters"),
        power(lines[1], replicates, 1, "tokens"),
        warnings,
        new Samples(
            Arrays.stream(replicates)
                .map(r -> new double[] {Math.exp(r[0][0]), r[0][1], Math.exp(r[1][0]), r[1][1]})
                .toArray(double[][]::new)));
  }

  /** Per replicate {N line, D line}, each {log k, exponent}. */
  private double[][][] replicates(List<Budget> usable, List<Parabola> parabolas, int[] interior) {
    boolean exact =
        parabolas.stream()
            .flatMapToDouble(f -> Arrays.stream(f.widenedResiduals()))
            .allMatch(r -> r == 0);
    if (!seeds && exact) {
      warnings.add("no seeds and no residuals (3 sizes per budget): intervals cannot be given");
      return new double[0][][];
    }
    List<double[][]> all = new ArrayList<>();
    for (int replicate = 0; replicate < plan.bootstrap().replicates(); replicate++) {
      var draw = new Resample(plan.bootstrap().seed(), replicate);
      List<Valley> valleys = new ArrayList<>();
      for (int i : interior) {
        Budget budget = usable.get(i);
        double[] losses = seeds ? budget.redrawSeeds(draw) : budget.redraw(parabolas.get(i), draw);
        Parabola again = budget.fit(losses, plan.window());
        Valley valley = budget.valley(again);
        if (budget.spans(valley)) {
          valleys.add(valley);
        }
      }
      double[][] lines = lines(valleys);
      if (Double.isFinite(lines[0][1]) && Double.isFinite(lines[1][1])) {
        all.add(lines);
      }
    }
    int failed = plan.bootstrap().replicates() - all.size();
    if (failed > 0) {
      warnings.add(failed + " of " + plan.bootstrap().replicates() + " replicates have no valley");
    }
    return all.toArray(double[][][]::new);
  }

  private PowerLine power(double[] line, double[][][] replicates, int which, String unit) {
    double[] k = Arrays.stream(replicates).mapToDouble(r -> Math.exp(r[which][0])).toArray();
    double[] a = Arrays.stream(replicates).mapToDouble(r -> r[which][1]).toArray();
    return new PowerLine(
        new Estimate(
            "k", unit, Math.exp(line[0]), sd(k), Interval.percentile(k, plan.confidence())),
        new Estimate(
            which == 0 ? "a" : "b",
            "1",
            line[1],
            sd(a),
            Interval.percentile(a, plan.confidence())));
  }

  // Least-squares lines log N_opt = log k + a log C, and the same for D_opt.
  private static double[][] lines(List<Valley> valleys) {
    double[] c = valleys.stream().mapToDouble(v -> Math.log(v.flops())).toArray();
    double[] n = valleys.stream().mapToDouble(v -> Math.log(v.params())).toArray();
    double[] d = valleys.stream().mapToDouble(v -> Math.log(v.tokens())).toArray();
    return new double[][] {Parabola.line(c, n), Parabola.line(c, d)};
  }

  private static List<Budget> budgets(Points points) {
    double[] c = positive(points, "C");
    double[] n = positive(points, "N");
    double[] d = positive(points, "D");
    double[] loss = positive(points, "loss");
    Integer[] order =
        IntStream.range(0, c.length)
            .boxed()
            .sorted(Comparator.<Integer>comparingDouble(i -> c[i]).thenComparingDouble(i -> n[i]))
            .toArray(Integer[]::new);
    List<Budget> budgets = new ArrayList<>();
    for (int from = 0; from < order.length; ) {
      int to = from;
      while (to < order.length && c[order[to]] <= c[order[from]] * (1 + SAME_BUDGET)) {
        to++;
      }
      int[] rows = Arrays.stream(order, from, to).mapToInt(Integer::intValue).toArray();
      budgets.add(Budget.of(rows, c, n, d, loss));
      from = to;
    }
    return budgets;
  }

  private static double[] positive(Points points, String column) {
    double[] values = points.column(column).values();
    for (int i = 0; i < values.length; i++) {
      if (!(values[i] > 0) || Double.isInfinite(values[i])) {
        throw new IllegalArgumentException(
            points.labels().get(i)
                + ", column "
                + column
                + ": "
                + values[i]
                + " is not a positive number");
      }
    }
    return values;
  }

  private static double sd(double[] v) {
    double mean = Arrays.stream(v).average().orElse(Double.NaN);
    double sum = Arrays.stream(v).map(x -> (x - mean) * (x - mean)).sum();
    return v.length < 2 ? Double.NaN : Math.sqrt(sum / (v.length - 1));
  }
}
