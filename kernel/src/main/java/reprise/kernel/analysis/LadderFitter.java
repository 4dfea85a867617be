package reprise.kernel.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import reprise.dsl.density.LadderChoices;
import reprise.dsl.density.LadderScale;
import reprise.dsl.density.Metric;
import reprise.dsl.density.TwoStepLaw;
import reprise.dsl.ladder.LadderMeasures;
import reprise.dsl.ladder.LadderTask;
import reprise.dsl.law.Axis;
import reprise.dsl.law.Constant;
import reprise.dsl.law.Estimate;
import reprise.dsl.law.FitPlan;
import reprise.dsl.law.FormulaLaw;
import reprise.dsl.law.Input;
import reprise.dsl.law.Law;
import reprise.dsl.law.Points;
import reprise.dsl.law.StartGrid;
import reprise.dsl.result.Measure;
import reprise.dsl.result.RunOutcome.Finished;
import reprise.dsl.unit.Counting;

/** Makes a ruler of reference models in two steps (arXiv 2412.04315, equations 2 and 3). */
public final class LadderFitter {
  /** {@code L = a N^-alpha + b D^-beta}: no irreducible loss, as in the paper. */
  private static final Law LOSS =
      new FormulaLaw(
          "densing-loss",
          "L = a/N^alpha + b/D^beta",
          List.of(
              Constant.coefficient("a", "nats", "size of the model term at N = 1"),
              Constant.coefficient("b", "nats", "size of the data term at D = 1"),
              Constant.exponent("alpha", "power of N"),
              Constant.exponent("beta", "power of D")),
          List.of(Input.params(Counting.MATRIX), Input.tokens()),
          StartGrid.of(
              Axis.of("a", 1, 2, 4),
              Axis.of("b", 1, 4, 8),
              Axis.of("alpha", 0.05, 0.15, 0.5),
              Axis.of("beta", 0.05, 0.2, 0.6)),
          (c, x) -> c[0] * Math.pow(x[0], -c[2]) + c[1] * Math.pow(x[1], -c[3]));

  private static final int CONSTANTS = 4;

  private LadderFitter() {}

  /**
   * One ruler a seed. The first step is fitted to loss on the true words by Huber's cost of log L,
   * the second by least squares of {@code logit S = gamma (L - l)} over models whose score says
   * something.
   *
   * @throws IllegalArgumentException when a seed has too few models, or its score does not rise as
   *     the loss falls
   */
  public static List<LadderScale> fit(LadderChoices choices, List<Finished<LadderTask>> runs) {
    Map<Integer, List<Finished<LadderTask>>> seeds =
        runs.stream()
            .filter(r -> r.task().reference())
            .collect(
                Collectors.groupingBy(r -> r.task().seed(), TreeMap::new, Collectors.toList()));
    if (seeds.isEmpty()) {
      throw new IllegalArgumentException("a ladder needs finished reference models, got none");
    }
    return seeds.entrySet().stream().map(s -> fit(choices, s.getKey(), s.getValue())).toList();
  }

  private static LadderScale fit(
      LadderChoices choices, int seed, List<Finished<LadderTask>> models) {
    if (models.size() <= CONSTANTS) {
      throw new IllegalArgumentException(
          "the ladder of seed "
              + seed
              + " needs more models than the "
              + CONSTANTS
              + " constants of its law, "
              + models.size()
              + " finished; name more widths or token counts");
    }
    double[] params = models.stream().mapToDouble(r -> r.task().model().params().count()).toArray();
    double[] tokens = models.stream().mapToDouble(r -> r.task().model().tokensRead()).toArray();
    double[] loss = read(models, LadderMeasures.LOSS);
    double[] c =
        Fitter.fit(FitPlan.of(LOSS, Points.of(params, tokens, loss)).bootstrap(0, 0))
            .constants()
            .stream()
            .mapToDouble(Estimate::value)
            .toArray();
    StraightLine logit = logit(choices.metric(), seed, loss, read(models, LadderMeasures.SCORE));
    double chance = choices.metric().chance();
    TwoStepLaw law =
        new TwoStepLaw(
            c[0],
            c[2],
            c[1],
            c[3],
            1 - chance,
            logit.slope(),
            -logit.intercept() / logit.slope(),
            chance);
    double[] predicted = new double[loss.length];
    for (int i = 0; i < loss.length; i++) {
      predicted[i] = law.loss(params[i], tokens[i]);
    }
    double smallest = Arrays.stream(params).min().orElseThrow();
    double largest = Arrays.stream(params).max().orElseThrow();
    return new LadderScale(
        seed, law, r2(loss, predicted), logit.r2(), choices.tokens(), smallest, largest);
  }

  private static double[] read(List<Finished<LadderTask>> models, Measure measure) {
    return models.stream().mapToDouble(r -> r.readings().value(measure)).toArray();
  }

  private static StraightLine logit(Metric metric, int seed, double[] loss, double[] score) {
    double[] x = new double[loss.length];
    double[] y = new double[loss.length];
    int n = 0;
    for (int i = 0; i < loss.length; i++) {
      if (metric.informative(score[i])) {
        x[n] = loss[i];
        y[n++] = metric.logit(score[i]);
      }
    }
    StraightLine line = StraightLine.through(x, y, n);
    if (n < 3 || !(line.slope() < 0)) {
      throw new IllegalArgumentException(
          "the ladder of seed "
              + seed
              + ": its "
              + metric
              + " score must rise as the loss falls in at least three models above chance; "
              + n
              + " are, the slope is "
              + line.slope()
              + "; train longer or ask more items");
    }
    return line;
  }

  private static double r2(double[] observed, double[] predicted) {
    double mean = Arrays.stream(observed).average().orElseThrow();
    double rest = 0;
    double all = 0;
    for (int i = 0; i < observed.length; i++) {
      rest += (observed[i] - predicted[i]) * (observed[i] - predicted[i]);
      all += (observed[i] - mean) * (observed[i] - mean);
    }
    return 1 - rest / all;
  }
}
