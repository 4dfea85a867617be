package reprise.dsl.domain;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import reprise.dsl.chart.Figure;
import reprise.dsl.claim.Interval;
import reprise.dsl.claim.Measured;
import reprise.dsl.data.Corpus;
import reprise.dsl.law.Estimate;
import reprise.dsl.law.Fit;
import reprise.dsl.law.FormComparison;
import reprise.dsl.law.IsoFlop;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Result;
import reprise.dsl.unit.Numbers;
import tech.tablesaw.api.Table;

/**
 * What comes out of the same models on several domains.
 *
 * @param experiment what was asked
 * @param outcome all that came out
 */
public record DomainScalingResult(DomainScaling experiment, Outcome outcome) implements Result {
  /** Condition of a slope: its valleys. */
  public static final String THREE_VALLEYS = "at least three budgets have an interior minimum";

  /** Condition of a floor. */
  public static final String IDENTIFIED = "the cells determine the constants of the joint law";

  /** Condition of two floors. */
  public static final String BOTH_IDENTIFIED = "the cells determine the constants of both laws";

  /** One row a run, with its domain. */
  @Override
  public Table frame() {
    return DomainFrame.runs(outcome.runs());
  }

  /** One row a domain: slope, irreducible losses, powers, straightness, which form predicts. */
  public Table laws() {
    return DomainFrame.laws(this);
  }

  /** The valleys of a domain. */
  public IsoFlop valleys(Corpus domain) {
    return outcome.valleys(DomainScaling.valleys(domain)).valleys();
  }

  /** {@code L = E + A/C^alpha} through the best cell of every budget. */
  public Fit frontier(Corpus domain) {
    return outcome.fit(DomainScaling.frontier(domain)).fit();
  }

  /** {@code L = E + A/N^alpha + B/D^beta} through all cells. */
  public Fit joint(Corpus domain) {
    return outcome.fit(DomainScaling.joint(domain)).fit();
  }

  /** The form with a constant beside Kaplan's without, the largest budget held out. */
  public FormComparison forms(Corpus domain) {
    return outcome.forms(DomainScaling.forms(domain)).comparison();
  }

  /** The exponent beta of {@code N_opt ~ C^beta}, Henighan et al. 2020, eq. 1.2. */
  public Measured slope(Corpus domain) {
    IsoFlop found = valleys(domain);
    Estimate slope = found.exponent();
    String how =
        domain.domain() + ": power law through the minima of " + found.interior() + " budgets";
    // one minimum has no slope; the condition below then says so
    Measured measured =
        Double.isNaN(slope.interval().low())
            ? Measured.exactly(Double.isNaN(slope.value()) ? 0 : slope.value(), how)
            : Measured.of(
                slope.value(), interval(slope.interval(), found.plan().confidence()), how);
    return measured.check(
        THREE_VALLEYS,
        found.interior() >= 3,
        found.interior() + " of " + found.valleys().size() + " have one");
  }

  /** The largest slope less the smallest, over the domains. */
  public Measured spreadOfSlopes() {
    double[] slopes =
        experiment.domains().stream()
            .mapToDouble(d -> valleys(d).exponent().value())
            .filter(Double::isFinite)
            .toArray();
    var all = Arrays.stream(slopes).summaryStatistics();
    int fewest =
        experiment.domains().stream().mapToInt(d -> valleys(d).interior()).min().orElseThrow();
    return Measured.exactly(
            slopes.length == 0 ? 0 : all.getMax() - all.getMin(),
            experiment.domains().stream()
                .map(d -> d.domain() + " " + number(valleys(d).exponent().value()))
                .collect(Collectors.joining(", ")))
        .check(THREE_VALLEYS, fewest >= 3, fewest + " at the domain with the fewest");
  }

  /**
   * How straight the reducible loss is: r^2 of the line through {@code (ln C, ln(L - E))} at the
   * frontier, E that of the law fitted to it.
   */
  public Measured straightness(Corpus domain) {
    Fit fit = frontier(domain);
    return Measured.exactly(
        Straight.of(fit).r2(),
        domain.domain() + ": " + fit.n() + " budgets, E = " + number(fit.constant("E").value()));
  }

  /**
   * How much better the form with a constant predicts the held-out largest budget: mean error of
   * Kaplan's form over its own.
   */
  public Measured gainOfConstant(Corpus domain) {
    FormComparison forms = forms(domain);
    double with = forms.row("chinchilla").heldOut();
    double without = forms.row("kaplan").heldOut();
    return Measured.exactly(
        without / with,
        domain.domain()
            + ": mean error on the largest budget "
            + percent(with)
            + " with a constant, "
            + percent(without)
            + " without");
  }

  /** In how many domains the form with a constant predicts the largest budget better. */
  public Measured domainsWithConstant() {
    List<Corpus> won =
        experiment.domains().stream().filter(d -> gainOfConstant(d).value() > 1).toList();
    return Measured.exactly(
        won.size(),
        "of "
            + experiment.domains().size()
            + ": "
            + won.stream().map(Corpus::domain).collect(Collectors.joining(", ")));
  }

  /** The irreducible loss of the joint law, in nats a scored token. */
  public Measured floor(Corpus domain) {
    Fit fit = joint(domain);
    Estimate e = fit.constant("E");
    return identified(
        fit,
        Measured.of(
            e.value(),
            interval(e.interval(), fit.plan().confidence()),
            domain.domain() + ": E of the joint law, " + fit.n() + " cells"));
  }

  /** Irreducible loss of the joint law in N and D less that of the frontier in C, in nats. */
  public Measured floorsApart(Corpus domain) {
    Fit joint = joint(domain);
    Estimate e = joint.constant("E");
    Fit frontier = frontier(domain);
    Estimate c = frontier.constant("E");
    // intervals of two estimates from the same runs, ends taken apart: conservative
    Interval apart =
        new Interval(
            e.interval().low() - c.interval().high(),
            e.interval().high() - c.interval().low(),
            joint.plan().confidence(),
            "percentile bootstrap of each");
    Measured measured =
        Measured.of(
            e.value() - c.value(),
            apart,
            domain.domain()
                + ": E "
                + number(e.value())
                + " from N and D, "
                + number(c.value())
                + " from C");
    return measured.check(
        BOTH_IDENTIFIED,
        determined(joint) && determined(frontier),
        "N and D: " + warnings(joint) + "; C: " + warnings(frontier));
  }

  private static Measured identified(Fit fit, Measured measured) {
    return measured.check(IDENTIFIED, determined(fit), warnings(fit));
  }

  private static boolean determined(Fit fit) {
    return fit.converged() && fit.identified();
  }

  private static String warnings(Fit fit) {
    String all = fit.warnings().stream().map(w -> w.message()).collect(Collectors.joining("; "));
    return all.isEmpty() ? "no warning" : all;
  }

  @Override
  public List<Figure> charts() {
    return DomainCharts.of(this);
  }

  /** One line: the slope of every domain. */
  @Override
  public String toString() {
    int failed = outcome.failed().size();
    return outcome.runs().size()
        - failed
        + " runs"
        + (failed == 0 ? "" : " (" + failed + " failed)")
        + "; N_opt ~ C^beta: "
        + spreadOfSlopes().how();
  }

  private static Interval interval(reprise.dsl.law.Interval interval, double confidence) {
    return new Interval(interval.low(), interval.high(), confidence, "percentile bootstrap");
  }

  private static String number(double value) {
    return Numbers.significant(value, 3);
  }

  private static String percent(double share) {
    return number(100 * share) + " %";
  }

  /**
   * The line through the logarithms of a frontier's reducible loss.
   *
   * @param logC ln C of the budgets whose loss lies above E
   * @param logExcess ln(L - E)
   * @param r2 squared correlation
   */
  record Straight(double[] logC, double[] logExcess, double r2) {
    static Straight of(Fit fit) {
      double floor = fit.constant("E").value();
      double[] c = fit.plan().points().column("C").values();
      double[] loss = fit.plan().points().column("loss").values();
      int[] above = IntStream.range(0, c.length).filter(i -> loss[i] > floor).toArray();
      double[] x = Arrays.stream(above).mapToDouble(i -> Math.log(c[i])).toArray();
      double[] y = Arrays.stream(above).mapToDouble(i -> Math.log(loss[i] - floor)).toArray();
      double mx = Arrays.stream(x).average().orElse(0);
      double my = Arrays.stream(y).average().orElse(0);
      double sxx = 0;
      double syy = 0;
      double sxy = 0;
      for (int i = 0; i < x.length; i++) {
        sxx += (x[i] - mx) * (x[i] - mx);
        syy += (y[i] - my) * (y[i] - my);
        sxy += (x[i] - mx) * (y[i] - my);
      }
      double r2 = x.length < 3 ? 0 : sxy * sxy / (sxx * syy);
      return new Straight(x, y, r2);
    }
  }
}
