package reprise.dsl.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import reprise.dsl.law.ComputeOptimal;
import reprise.dsl.law.Fit;
import reprise.dsl.law.Law;
import reprise.dsl.law.Profile;
import reprise.dsl.unit.Numbers;

/** Charts that diagnose a fit: contours of L(N, D) and profiles of constants. */
public final class FitCharts {
  private static final int LEVELS = 7;
  private static final int ACROSS = 60;

  private FitCharts() {}

  /**
   * Loss against parameters, a colour a number of parallel streams, with the curves of the fitted
   * law: the picture of Chen et al. 2025, figure 3.
   *
   * @throws IllegalArgumentException for a law that is not one of N and P
   */
  public static Figure lossAgainstParameters(Fit fit) {
    Law law = fit.plan().law();
    if (!law.inputs().stream().map(i -> i.name()).toList().equals(List.of("N", "P"))) {
      throw new IllegalArgumentException(
          "loss against parameters needs a law of N and P; "
              + law.name()
              + " takes "
              + law.inputs().stream().map(i -> i.name()).toList());
    }
    double[] n = fit.plan().points().column("N").values();
    double[] streams = fit.plan().points().column("P").values();
    double[] loss = fit.plan().points().column(law.output()).values();
    double[] sizes = Grid.log(least(n) / 1.1, most(n) * 1.1, ACROSS);
    List<Layer> layers = new ArrayList<>();
    for (double p : Arrays.stream(streams).sorted().distinct().toArray()) {
      double[] curve =
          Arrays.stream(sizes).map(size -> law.predict(fit.values(), size, p)).toArray();
      layers.add(
          Layer.line("P = " + Numbers.significant(p, 3), sizes, curve).ink(Ink.at(p)).labelled());
    }
    layers.add(Layer.shaded("", n, loss, streams));
    return Plot.of(
            PlotAxis.log("parameters N without embeddings", ""),
            PlotAxis.log("loss", "nats per token"))
        .ramp(PlotAxis.log("streams P", ""))
        .add(layers)
        .figure(
            "loss-against-parameters",
            "Loss against parameters, a colour a number of parallel streams: "
                + fit.n()
                + " points and "
                + law.formula()
                + " as fitted.");
  }

  /**
   * Contours of the fitted L(N, D) over the measured points, with the compute-optimal frontier
   * where the law has one: the picture of Hoffmann et al. 2022, figure 4.
   *
   * @throws IllegalArgumentException for a law that is not one of N and D
   */
  public static Figure contours(Fit fit) {
    Law law = fit.plan().law();
    if (!law.inputs().stream().map(i -> i.name()).toList().equals(List.of("N", "D"))) {
      throw new IllegalArgumentException(
          "contours need a law of N and D; "
              + law.name()
              + " takes "
              + law.inputs().stream().map(i -> i.name()).toList());
    }
    double[] n = fit.plan().points().column("N").values();
    double[] d = fit.plan().points().column("D").values();
    double[] loss = fit.plan().points().column(law.output()).values();
    double[] sizes = Grid.log(least(n) / 1.5, most(n) * 1.5, ACROSS);
    double low = least(d) / 1.5;
    double high = most(d) * 1.5;
    List<Layer> layers = new ArrayList<>();
    double[] sorted = Arrays.stream(loss).sorted().toArray();
    for (int k = 0; k < LEVELS; k++) {
      double level = sorted[(int) ((k + .5) / LEVELS * sorted.length)];
      double[] tokens =
          Arrays.stream(sizes).map(size -> tokensAt(fit, size, level, low, high)).toArray();
      if (Arrays.stream(tokens).filter(Double::isFinite).count() > 1) {
        layers.add(
            Layer.line(Numbers.significant(level, 3), sizes, tokens).ink(Ink.at(level)).labelled());
      }
    }
    layers.add(Layer.shaded("", n, d, loss));
    if (law instanceof ComputeOptimal) {
      double[] budgets = Grid.log(6 * least(n) * low, 6 * most(n) * high, ACROSS);
      double[] bestN = new double[ACROSS];
      double[] bestD = new double[ACROSS];
      for (int i = 0; i < ACROSS; i++) {
        var best = ((ComputeOptimal) law).allocate(fit.values(), budgets[i]);
        boolean inside =
            best.params() >= sizes[0]
                && best.params() <= sizes[ACROSS - 1]
                && best.tokens() >= low
                && best.tokens() <= high;
        bestN[i] = inside ? best.params() : Double.NaN;
        bestD[i] = inside ? best.tokens() : Double.NaN;
      }
      if (Arrays.stream(bestN).filter(Double::isFinite).count() > 1) {
        layers.add(Layer.line("compute-optimal", bestN, bestD).ink(Ink.STRONG).dashed());
      }
    }
    return Plot.of(
            PlotAxis.log("model size N", "parameters"), PlotAxis.log("training tokens D", ""))
        .ramp(PlotAxis.log("loss", "nats per token"))
        .add(layers)
        .figure(
            "contours",
            "Lines of equal loss of "
                + law.formula()
                + " as fitted, and the "
                + fit.n()
                + " measured points in the colour of their loss.");
  }

  /** The profile of a constant: how the least objective rises as the constant is held elsewhere. */
  public static Figure profile(Fit fit, Profile profile) {
    double least = profile.least();
    double[] rise =
        Arrays.stream(profile.objective().values())
            .map(v -> fit.n() * Math.log(v / least)) // n ln(objective/least)
            .toArray();
    double[] x = profile.values().values();
    boolean wide = x[0] > 0 && x[x.length - 1] / x[0] > 20;
    var unit = fit.constant(profile.constant()).unit();
    String label = unit.equals("1") ? "" : unit;
    var interval = profile.interval(fit.n(), .95);
    return Plot.of(
            wide
                ? PlotAxis.log(profile.constant(), label)
                : PlotAxis.linear(profile.constant(), label),
            PlotAxis.linear("n ln(objective / least)", "").range(0, 8))
        .add(
            Layer.line("profile", x, rise).ink(Ink.slot(0)),
            Layer.horizontal("95 %", 3.841458820694124),
            Layer.vertical("estimate", fit.constant(profile.constant()).value()).ink(Ink.STRONG))
        .figure(
            "profile-"
                + profile.constant().toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]", ""),
            "Profile of "
                + profile.constant()
                + ", the other constants fitted anew at every value; 95 % interval "
                + end(interval.low())
                + " to "
                + end(interval.high())
                + ".");
  }

  private static String end(double value) {
    return Double.isInfinite(value) ? "open" : Numbers.significant(value, 4);
  }

  // D where L(N, D) = level, by bisection in log D; NaN where the level is not met
  private static double tokensAt(Fit fit, double n, double level, double low, double high) {
    double a = Math.log(low);
    double b = Math.log(high);
    Law law = fit.plan().law();
    double[] values = fit.values();
    double atLow = law.predict(values, n, low) - level;
    double atHigh = law.predict(values, n, high) - level;
    if (!(atLow * atHigh <= 0)) {
      return Double.NaN;
    }
    for (int i = 0; i < 60; i++) {
      double middle = (a + b) / 2;
      boolean same = (law.predict(values, n, Math.exp(middle)) - level) * atLow > 0;
      a = same ? middle : a;
      b = same ? b : middle;
    }
    return Math.exp((a + b) / 2);
  }

  private static double least(double[] values) {
    return Arrays.stream(values).min().orElseThrow();
  }

  private static double most(double[] values) {
    return Arrays.stream(values).max().orElseThrow();
  }
}
