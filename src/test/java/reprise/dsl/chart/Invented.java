package reprise.dsl.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import reprise.dsl.data.Corpus;
import reprise.dsl.law.Bootstrap;
import reprise.dsl.law.Column;
import reprise.dsl.law.Convergence;
import reprise.dsl.law.Estimate;
import reprise.dsl.law.Fit;
import reprise.dsl.law.FitPlan;
import reprise.dsl.law.FitWarning;
import reprise.dsl.law.Interval;
import reprise.dsl.law.IsoFlop;
import reprise.dsl.law.IsoFlopPlan;
import reprise.dsl.law.Laws;
import reprise.dsl.law.Points;
import reprise.dsl.law.PowerLine;
import reprise.dsl.law.Samples;
import reprise.dsl.law.Valley;
import reprise.dsl.model.Decoder;
import reprise.dsl.plan.Optimisation;
import reprise.dsl.plan.TrainTask;
import reprise.dsl.result.LossCurve;
import reprise.dsl.result.RunOutcome.Finished;
import reprise.dsl.unit.Order;
import reprise.dsl.unit.Symbols;
import reprise.dsl.unit.Tokens;

/** Invented measurements of realistic shape, the same at every call. */
public final class Invented {
  private static final double[] CHINCHILLA = {482.01, 2085.43, 1.8172, .3478, .3658};

  private Invented() {}

  /** L = E + A/N^alpha + B/D^beta at the constants of the replication. */
  public static double loss(double n, double d) {
    return 1.8172 + 482.01 / Math.pow(n, .3478) + 2085.43 / Math.pow(d, .3658);
  }

  /** Small models on a Markov source: 4 widths, 2 lengths, 3 seeds, curves of 400 points. */
  public static List<Finished<TrainTask>> runs() {
    var random = new Random(7);
    List<Finished<TrainTask>> runs = new ArrayList<>();
    Corpus corpus = new Corpus.Markov(new Symbols(64), new Order(1));
    for (int width : new int[] {16, 32, 64, 128}) {
      for (int steps : new int[] {400, 1600}) {
        for (int seed = 0; seed < 3; seed++) {
          var model = new Decoder(width, 2, 2, 4 * width, 64, 64);
          var task =
              new TrainTask(
                  "d" + width + "-t" + steps + "-s" + seed,
                  model,
                  corpus,
                  new Tokens(1024L * steps),
                  new Optimisation(1024, 3e-3),
                  seed,
                  Optional.empty());
          double n = task.params().count();
          int[] at = IntStream.rangeClosed(1, 400).map(i -> i * steps / 400).toArray();
          double[] losses =
              Arrays.stream(at)
                  .mapToDouble(s ->
                      small(n, 1024.0 * s) * (1 + .02 * random.nextGaussian() / Math.sqrt(s / 40.)))
                  .map(l -> Math.pow(Math.pow(l, -8) + Math.pow(4.16, -8), -1 / 8.))
                  .toArray();
          runs.add(
              new Finished<>(task, losses[399], new LossCurve(at, losses), 3.2, "ab12".repeat(16)));
        }
      }
    }
    return runs;
  }

  private static double small(double n, double d) {
    return 2.1 + 26 / Math.pow(n, .42) + 380 / Math.pow(d, .52);
  }

  /** 240 points at the constants of the replication with 0.7 % noise, and 1000 replicates. */
  public static Fit fit() {
    var random = new Random(11);
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < 240; i++) {
      double n = 5e7 * Math.pow(300, (i % 40) / 39.);
      int budget = i / 40;
      double c = 6e18 * Math.pow(500, budget / 5.);
      double d = c / (6 * n);
      rows.add(new double[] {n, d, loss(n, d) * (1 + .007 * random.nextGaussian())});
    }
    var points =
        Points.of(
            rows.stream().mapToDouble(r -> r[0]).toArray(),
            rows.stream().mapToDouble(r -> r[1]).toArray(),
            rows.stream().mapToDouble(r -> r[2]).toArray());
    return fit(FitPlan.of(Laws.CHINCHILLA, points), CHINCHILLA, List.of());
  }

  /** The fit of the small runs above. */
  public static Fit smallFit() {
    var runs = runs();
    var points =
        Points.of(
            runs.stream().mapToDouble(r -> r.task().params().count()).toArray(),
            runs.stream().mapToDouble(r -> r.task().tokens().count()).toArray(),
            runs.stream().mapToDouble(Finished::loss).toArray());
    return fit(
        FitPlan.of(Laws.CHINCHILLA, points),
        new double[] {26, 380, 2.1, .42, .52},
        List.of(new FitWarning.FlatValley(List.of("E", "alpha"), 1e-5)));
  }

  private static Fit fit(FitPlan plan, double[] constants, List<FitWarning> warnings) {
    var random = new Random(3);
    double[][] replicates = new double[1000][];
    for (int i = 0; i < replicates.length; i++) {
      double shared = random.nextGaussian();
      double other = random.nextGaussian();
      replicates[i] =
          new double[] {
            constants[0] * Math.exp(.25 * shared + .02 * random.nextGaussian()),
            constants[1] * Math.exp(.45 * other + .05 * random.nextGaussian()),
            constants[2] + .02 * (shared + other) / 2 + .006 * random.nextGaussian(),
            constants[3] + .0145 * shared + .001 * random.nextGaussian(),
            constants[4] + .0206 * other + .002 * random.nextGaussian()
          };
    }
    var samples = new Samples(replicates);
    List<Estimate> estimates = new ArrayList<>();
    for (int i = 0; i < constants.length; i++) {
      int at = i;
      double[] values = samples.of(c -> c[at]);
      double mean = Arrays.stream(values).average().orElseThrow();
      double variance = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / 999;
      var constant = plan.law().constants().get(i);
      estimates.add(
          new Estimate(
              constant.name(),
              constant.unit(),
              constants[i],
              Math.sqrt(variance),
              Interval.percentile(values, .95)));
    }
    var convergence = new Convergence(true, "relative gradient below 1e-8", 3e-10, 4500, 812);
    return new Fit(plan, estimates, .00123456, convergence, warnings, samples);
  }

  /** Five budgets of seven sizes and two seeds; the largest budget has no minimum inside. */
  public static IsoFlop isoFlop() {
    var random = new Random(5);
    List<double[]> rows = new ArrayList<>();
    List<Valley> valleys = new ArrayList<>();
    double[] budgets = {1e10, 3e10, 1e11, 3e11, 1e12};
    for (double c : budgets) {
      boolean open = c == 1e12;
      double best = 2.1e4 * Math.pow(c / 1e10, .49) * (1 + .05 * random.nextGaussian());
      double floor = 2.2 + 1.2 * Math.pow(c / 1e10, -.16);
      for (int k = -3; k <= 3; k++) {
        double n = best * Math.pow(1.6, open ? k - 3 : k);
        double x = Math.log(n / best);
        for (int seed = 0; seed < 2; seed++) {
          rows.add(
              new double[] {c, n, c / 6 / n, floor + .03 * x * x + .005 * random.nextGaussian()});
        }
      }
      valleys.add(
          new Valley(
              c, 7, best, floor, 0, .03, open ? Double.NaN : best, c / 6 / best, floor, !open));
    }
    String[] names = {"C", "N", "D", "loss"};
    List<Column> columns = new ArrayList<>();
    for (int j = 0; j < names.length; j++) {
      int at = j;
      columns.add(new Column(names[j], rows.stream().mapToDouble(r -> r[at]).toArray()));
    }
    var plan =
        new IsoFlopPlan(Points.of(columns.toArray(Column[]::new)), 7, new Bootstrap(1000, 42), .95);
    var none = Interval.NONE;
    return new IsoFlop(
        plan,
        valleys,
        new PowerLine(
            new Estimate("k", "parameters", 2.1e4 / Math.pow(1e10, .49), .1, none),
            new Estimate("a", "1", .49, .03, new Interval(.43, .55))),
        new PowerLine(
            new Estimate("k", "tokens", 1, .1, none),
            new Estimate("b", "1", .51, .03, new Interval(.45, .57))),
        List.of("1 of 5 minima is not inside the measured sizes"),
        Samples.none());
  }
}
