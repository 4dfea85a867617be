package reprise.kernel.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import reprise.dsl.law.Column;
import reprise.dsl.law.Estimate;
import reprise.dsl.law.Interval;
import reprise.dsl.law.IsoFlop;
import reprise.dsl.law.IsoFlopPlan;
import reprise.dsl.law.PowerLine;
import reprise.dsl.law.Samples;
import reprise.dsl.law.SeedNoise;
import reprise.dsl.law.Valley;

/**
 * The recipe of Porian et al. 2024 (arXiv 2406.19146, section 3.2): per budget the least loss of a
 * size, Akima's spline of log loss in log N with 25 points between neighbours, its lowest point; a
 * bootstrap that adds the noise of seeds to every loss; N_opt the median over its interior minima;
 * and a line through log N_opt against log C with weights 1/sd^2, sd at least .33 of the distance
 * between sizes.
 */
final class AkimaValleys {
  private static final int BETWEEN = 25;
  private static final double LEAST_SD = .33;
  private static final double INTERIOR = .5;

  private final IsoFlopPlan plan;
  private final SeedNoise noise;
  private final List<String> warnings = new ArrayList<>();

  AkimaValleys(IsoFlopPlan plan) {
    this.plan = plan;
    noise = plan.interpolated().orElseThrow();
  }

  /** One budget: its valley and, per replicate, log N of the minimum, NaN where it is at an end. */
  private record Dug(Valley valley, double[] minima, double weight, double[] tokenLine) {}

  IsoFlop fit(List<Budget> budgets) {
    List<Budget> usable = budgets.stream().filter(b -> b.sizes().length >= 5).toList();
    if (usable.size() < budgets.size()) {
      warnings.add(budgets.size() - usable.size() + " budgets with fewer than 5 sizes left out");
    }
    if (usable.isEmpty()) {
      throw new IllegalArgumentException(
          "no compute budget has five model sizes, which Akima's spline needs; use parabolas");
    }
    List<Dug> all = new ArrayList<>();
    for (int b = 0; b < usable.size(); b++) {
      all.add(dig(usable.get(b), b));
    }
    List<Dug> interior = all.stream().filter(d -> d.valley().interior()).toList();
    if (interior.size() < all.size()) {
      warnings.add(
          (all.size() - interior.size())
              + " of "
              + all.size()
              + " budgets have no interior minimum: extend the sizes there");
    }
    if (interior.size() < 3) {
      warnings.add(
          interior.size() + " interior minima: a power law needs 3 to show whether it is straight");
    }
    int replicates = plan.bootstrap().replicates();
    double[][] lines = new double[replicates][];
    double[][] tokens = new double[replicates][];
    for (int r = 0; r < replicates; r++) {
      lines[r] = line(interior, r, false);
      tokens[r] = line(interior, r, true);
    }
    return new IsoFlop(
        plan,
        all.stream().map(Dug::valley).toList(),
        power(line(interior, -1, false), lines, "a", "parameters"),
        power(line(interior, -1, true), tokens, "b", "tokens"),
        warnings,
        new Samples(
            IntStream.range(0, replicates)
                .filter(r -> Double.isFinite(lines[r][1]) && Double.isFinite(tokens[r][1]))
                .mapToObj(r ->
                    new double[] {
                      Math.exp(lines[r][0]), lines[r][1], Math.exp(tokens[r][0]), tokens[r][1]
                    })
                .toArray(double[][]::new)));
  }

  private Dug dig(Budget budget, int stream) {
    double[] x = Arrays.stream(budget.sizes()).map(Math::log).toArray();
    double[] loss = Arrays.stream(budget.losses()).mapToDouble(AkimaValleys::least).toArray();
    double[] grid = grid(x);
    double[] curve = curve(x, loss, grid);
    int lowest = lowest(curve);
    double[] minima = new double[plan.bootstrap().replicates()];
    double[] noisy = new double[loss.length];
    for (int r = 0; r < minima.length; r++) {
      var draw = new Resample(plan.bootstrap().seed() + stream, r);
      for (int i = 0; i < loss.length; i++) {
        noisy[i] = loss[i] + noise.at(loss[i]) * draw.gaussian();
      }
      int at = lowest(curve(x, noisy, grid));
      minima[r] = at > 0 && at < grid.length - 1 ? grid[at] : Double.NaN;
    }
    double[] inside = Arrays.stream(minima).filter(m -> !Double.isNaN(m)).sorted().toArray();
    boolean bootstrapped = minima.length > 0;
    boolean interior =
        bootstrapped
            ? inside.length > INTERIOR * minima.length
            : lowest > 0 && lowest < grid.length - 1;
    double best = bootstrapped && interior ? median(inside) : grid[lowest];
    double gap = (x[x.length - 1] - x[0]) / (x.length - 1);
    double sd = Math.max(bootstrapped ? deviation(inside) : 0, LEAST_SD * gap);
    double[] logTokens = Arrays.stream(budget.tokens()).map(Math::log).toArray();
    double[] tokenLine = Parabola.line(x, logTokens);
    int from = Math.clamp(lowest - 1L, 0, grid.length - 3);
    Parabola bottom =
        Parabola.through(
            Arrays.copyOfRange(grid, from, from + 3),
            Arrays.copyOfRange(curve, from, from + 3),
            grid[lowest],
            0);
    Valley valley =
        new Valley(
            budget.flops(),
            x.length,
            Math.exp(grid[lowest]),
            bottom.level(),
            bottom.slope(),
            bottom.curvature(),
            Math.exp(best),
            Math.exp(tokenLine[0] + tokenLine[1] * best),
            Math.exp(new Akima(x, logs(loss)).at(best)),
            interior,
            Optional.of(
                new Valley.Curve(
                    new Column("N", Arrays.stream(grid).map(Math::exp).toArray()),
                    new Column("loss", curve))));
    return new Dug(valley, minima, 1 / (sd * sd), tokenLine);
  }

  private static double[] grid(double[] x) {
    double[] grid = new double[(x.length - 1) * BETWEEN + 1];
    for (int i = 0; i < x.length - 1; i++) {
      for (int j = 0; j < BETWEEN; j++) {
        grid[i * BETWEEN + j] = x[i] + (x[i + 1] - x[i]) * j / BETWEEN;
      }
    }
    grid[grid.length - 1] = x[x.length - 1];
    return grid;
  }

  private static double[] curve(double[] x, double[] loss, double[] grid) {
    Akima spline = new Akima(x, logs(loss));
    return Arrays.stream(grid).map(g -> Math.exp(spline.at(g))).toArray();
  }

  private static double[] logs(double[] loss) {
    return Arrays.stream(loss).map(l -> Math.log(Math.max(l, 1e-300))).toArray();
  }

  /** {log k, exponent} of the weighted line; of a replicate, or of the medians for -1. */
  private static double[] line(List<Dug> dug, int replicate, boolean ofTokens) {
    double w = 0;
    double mx = 0;
    double my = 0;
    for (Dug d : dug) {
      double y = outcome(d, replicate, ofTokens);
      if (!Double.isNaN(y)) {
        w += d.weight();
        mx += d.weight() * Math.log(d.valley().flops());
        my += d.weight() * y;
      }
    }
    mx /= w;
    my /= w;
    double xx = 0;
    double xy = 0;
    for (Dug d : dug) {
      double y = outcome(d, replicate, ofTokens);
      if (!Double.isNaN(y)) {
        double x = Math.log(d.valley().flops()) - mx;
        xx += d.weight() * x * x;
        xy += d.weight() * x * (y - my);
      }
    }
    double slope = xx > 0 ? xy / xx : Double.NaN;
    return new double[] {my - slope * mx, slope};
  }

  private static double outcome(Dug d, int replicate, boolean ofTokens) {
    double n = replicate < 0 ? Math.log(d.valley().params()) : d.minima()[replicate];
    return ofTokens ? d.tokenLine()[0] + d.tokenLine()[1] * n : n;
  }

  private PowerLine power(double[] line, double[][] replicates, String name, String unit) {
    double[] k =
        Arrays.stream(replicates)
            .mapToDouble(r -> Math.exp(r[0]))
            .filter(Double::isFinite)
            .toArray();
    double[] a =
        Arrays.stream(replicates).mapToDouble(r -> r[1]).filter(Double::isFinite).toArray();
    return new PowerLine(
        new Estimate(
            "k", unit, Math.exp(line[0]), deviation(k), Interval.percentile(k, plan.confidence())),
        new Estimate(name, "1", line[1], deviation(a), Interval.percentile(a, plan.confidence())));
  }

  private static int lowest(double[] values) {
    int lowest = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] < values[lowest]) {
        lowest = i;
      }
    }
    return lowest;
  }

  private static double least(double[] values) {
    return Arrays.stream(values).min().orElseThrow();
  }

  private static double median(double[] sorted) {
    int n = sorted.length;
    return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  }

  private static double deviation(double[] v) {
    double mean = Arrays.stream(v).average().orElse(Double.NaN);
    double sum = Arrays.stream(v).map(x -> (x - mean) * (x - mean)).sum();
    return v.length < 2 ? Double.NaN : Math.sqrt(sum / (v.length - 1));
  }
}
