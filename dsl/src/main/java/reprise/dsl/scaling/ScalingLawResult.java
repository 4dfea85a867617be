package reprise.dsl.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.LawCharts;
import reprise.dsl.chart.Layer;
import reprise.dsl.chart.ValleyCharts;
import reprise.dsl.claim.Claim;
import reprise.dsl.claim.Measured;
import reprise.dsl.claim.Verdict;
import reprise.dsl.law.Estimate;
import reprise.dsl.law.Fit;
import reprise.dsl.law.FitWarning;
import reprise.dsl.law.Interval;
import reprise.dsl.law.IsoFlop;
import reprise.dsl.plan.TrainTask;
import reprise.dsl.result.Finding;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Result;
import reprise.dsl.result.RunCharts;
import reprise.dsl.result.RunOutcome;
import reprise.dsl.unit.Numbers;
import tech.tablesaw.api.Table;

/**
 * What a scaling-law experiment answers.
 *
 * @param experiment what was asked
 * @param outcome all that came out
 */
public record ScalingLawResult(ScalingLaw experiment, Outcome outcome) implements Result {

  /**
   * One row a run: size, tokens, compute, loss, seconds, digest, and the reason of an end before
   * the last step.
   */
  @Override
  public Table frame() {
    return RunFrame.of(experiment.law().name(), outcome.runs());
  }

  /** The fitted law, unless there were too few runs to fit one. */
  public Optional<Fit> fit() {
    return fitted().map(Finding.FittedLaw::fit);
  }

  /** The valleys, for an experiment with budgets. */
  public Optional<IsoFlop> valleys() {
    return outcome.findings().stream()
        .filter(Finding.Valleys.class::isInstance)
        .map(f -> ((Finding.Valleys) f).valleys())
        .findFirst();
  }

  /** The source's entropy rate in nats per token, where it is known. */
  public OptionalDouble entropy() {
    return outcome.entropy(experiment.corpus().label());
  }

  /** The least loss of all finished runs minus the entropy rate. */
  public OptionalDouble bestExcess() {
    OptionalDouble best = losses().min();
    return entropy().isPresent() && best.isPresent()
        ? OptionalDouble.of(best.getAsDouble() - entropy().getAsDouble())
        : OptionalDouble.empty();
  }

  /**
   * Fitted irreducible loss minus known entropy, {@code E - h} in nats, with the conditions of
   * {@link ScalingClaims#IRREDUCIBLE_IS_ENTROPY}.
   *
   * @throws IllegalStateException when the source's entropy is unknown or no law was fitted
   */
  public Measured irreducibleMinusEntropy() {
    double h =
        entropy()
            .orElseThrow(() ->
                new IllegalStateException(
                    "the entropy of " + experiment.corpus().label() + " is not known"));
    Estimate e = required().constant("E");
    Interval interval = e.interval();
    double excess = bestExcess().orElseThrow();
    double range = losses().max().orElseThrow() - losses().min().orElseThrow();
    double difference = e.value() - h;
    return Measured.of(
            difference,
            ScalingClaims.interval(interval, required(), h),
            "E fitted to "
                + required().n()
                + " cells of "
                + experiment.seeds()
                + " seeds, h computed from the source")
        .check(
            ScalingClaims.NOT_SATURATED,
            excess >= ScalingClaims.LEAST_EXCESS,
            "the best run is " + Numbers.significant(excess, 3) + " nats above the entropy")
        .check(
            ScalingClaims.NARROW,
            interval.width() <= range,
            "the interval is "
                + Numbers.significant(interval.width(), 3)
                + " nats wide, the losses span "
                + Numbers.significant(range, 3))
        .check(
            ScalingClaims.CLOSE,
            Math.abs(difference) < excess,
            "|E - h| is "
                + Numbers.significant(Math.abs(difference), 3)
                + ", the best run's excess "
                + Numbers.significant(excess, 3));
  }

  /** The number of budgets whose minimum lies inside the sizes tried. */
  public Measured interiorValleys() {
    IsoFlop found = requiredValleys();
    return Measured.exactly(
        found.interior(),
        found.interior()
            + " of "
            + found.valleys().size()
            + " budgets, "
            + experiment.family().widths().values().size()
            + " sizes, "
            + experiment.seeds()
            + " seeds");
  }

  /** The exponent a of {@code N_opt ~ C^a} from the valleys. */
  public Measured valleyExponent() {
    Estimate a = requiredValleys().exponent();
    return threeValleys(
        Measured.of(
            a.value(),
            ScalingClaims.interval(a.interval(), requiredValleys().plan().confidence()),
            "power law through the minima of " + requiredValleys().interior() + " budgets"));
  }

  private Measured threeValleys(Measured measured) {
    IsoFlop found = requiredValleys();
    return measured.check(
        ScalingClaims.THREE_VALLEYS,
        found.interior() >= 3,
        found.interior() + " of " + found.valleys().size() + " have one");
  }

  /** Exponent from the valleys minus exponent {@code beta / (alpha + beta)} of the fitted law. */
  public Measured exponentDifference() {
    Estimate valley = requiredValleys().exponent();
    Estimate law = required().derived("a");
    double difference = valley.value() - law.value();
    // intervals of two estimates from the same runs, ends taken apart: conservative
    Interval widest =
        new Interval(
            valley.interval().low() - law.interval().high(),
            valley.interval().high() - law.interval().low());
    Measured measured =
        Measured.of(
            difference,
            ScalingClaims.interval(widest, requiredValleys().plan().confidence()),
            "valleys "
                + Numbers.significant(valley.value(), 3)
                + ", fitted law "
                + Numbers.significant(law.value(), 3));
    String warnings =
        required().warnings().stream().map(FitWarning::message).collect(Collectors.joining("; "));
    return threeValleys(measured)
        .check(
            ScalingClaims.IDENTIFIED,
            required().converged() && required().identified(),
            warnings.isEmpty() ? "no warning" : warnings);
  }

  @Override
  public List<Figure> charts() {
    List<Figure> charts = new ArrayList<>();
    List<RunOutcome.Finished<TrainTask>> runs = trained();
    // rows recorded without their curves have none to draw
    if (runs.stream().anyMatch(run -> run.curve().size() >= 2)) {
      charts.add(
          fit()
              .map(fit -> RunCharts.lossAgainstCompute(runs, fit, known()))
              .orElseGet(() -> RunCharts.lossAgainstCompute(runs, known())));
    }
    valleys()
        .ifPresent(found -> {
          charts.add(ValleyCharts.valleys(found));
          charts.add(ValleyCharts.optimalSize(found));
        });
    fit()
        .ifPresent(fit -> {
          charts.add(LawCharts.lossAgainstTokens(fit, known()));
          charts.add(LawCharts.residuals(fit));
        });
    return charts;
  }

  /** Verdicts on the claims of the family that this result can speak to. */
  @Override
  public List<Verdict> claims() {
    List<Verdict> verdicts = new ArrayList<>();
    if (entropy().isPresent() && fit().isPresent()) {
      Claim claim = ScalingClaims.IRREDUCIBLE_IS_ENTROPY;
      verdicts.add(claim.rule().judge(claim, irreducibleMinusEntropy()));
    }
    valleys()
        .ifPresent(found -> {
          Claim claim = ScalingClaims.interiorMinimum(found.valleys().size());
          verdicts.add(claim.rule().judge(claim, interiorValleys()));
        });
    return verdicts;
  }

  /** One line: runs, law, exponent. */
  @Override
  public String toString() {
    int failed = outcome.failed().size();
    int stopped = outcome.stopped().size();
    return trained().size()
        + " runs"
        + (stopped == 0 ? "" : " (" + stopped + " stopped early)")
        + (failed == 0 ? "" : " (" + failed + " failed)")
        + fit().map(f -> "; " + f).orElse("")
        + valleys().map(v -> "; " + v).orElse("");
  }

  // the entropy as a line, where it is known
  private Layer[] known() {
    return entropy().isPresent()
        ? new Layer[] {Layer.horizontal("entropy of the source", entropy().getAsDouble())}
        : new Layer[0];
  }

  private List<RunOutcome.Finished<TrainTask>> trained() {
    return outcome.finished(TrainTask.class);
  }

  private java.util.stream.DoubleStream losses() {
    return trained().stream().mapToDouble(RunOutcome.Finished::loss);
  }

  private Optional<Finding.FittedLaw> fitted() {
    return outcome.findings().stream()
        .filter(Finding.FittedLaw.class::isInstance)
        .map(Finding.FittedLaw.class::cast)
        .findFirst();
  }

  private Fit required() {
    return outcome.fit(ScalingLaw.FIT).fit();
  }

  private IsoFlop requiredValleys() {
    return outcome.valleys(ScalingLaw.VALLEYS).valleys();
  }
}
