package reprise.dsl.hyperfit;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import reprise.dsl.RunFailure;
import reprise.dsl.claim.Measured;
import reprise.dsl.claim.Seeds;
import reprise.dsl.result.RunOutcome.Finished;
import reprise.dsl.unit.Numbers;

/**
 * A number measured in each seed, with the range of the seeds as its interval and the conditions
 * that every claim about hyperfitting names.
 */
final class SeedRange {
  /** Above this the set is not learned by heart. */
  private static final double FITTED = 0.1;

  private static final int ENOUGH = 3;

  private SeedRange() {}

  static Measured ratio(
      String how,
      List<Finished<HyperfitTask>> runs,
      ToDoubleFunction<Finished<HyperfitTask>> value) {
    double[] all = values(runs, value);
    return measured(
        how, runs, all, Math.exp(Arrays.stream(all).map(Math::log).average().orElse(0)));
  }

  static Measured mean(
      String how,
      List<Finished<HyperfitTask>> runs,
      ToDoubleFunction<Finished<HyperfitTask>> value) {
    double[] all = values(runs, value);
    return measured(how, runs, all, Arrays.stream(all).average().orElse(Double.NaN));
  }

  private static double[] values(
      List<Finished<HyperfitTask>> runs, ToDoubleFunction<Finished<HyperfitTask>> value) {
    if (runs.isEmpty()) {
      throw new RunFailure("hyperfitting: no run finished, so nothing can be measured");
    }
    return runs.stream().mapToDouble(value).toArray();
  }

  private static Measured measured(
      String how, List<Finished<HyperfitTask>> runs, double[] all, double centre) {
    int n = all.length;
    String words =
        how
            + "; seeds: "
            + String.join(
                ", ", Arrays.stream(all).mapToObj(x -> Numbers.significant(x, 3)).toList());
    Measured measured = Seeds.range(centre, all, "seeds", words);
    double worst =
        runs.stream()
            .mapToDouble(run ->
                run.readings().value(HyperfitMeasures.TRAINING_LOSS, HyperfitMeasures.HYPERFITTED))
            .max()
            .orElseThrow();
    return measured
        .check(
            HyperfitMeasures.THREE_SEEDS,
            n >= ENOUGH,
            n + (n == 1 ? " seed finished" : " seeds finished"))
        .check(
            HyperfitMeasures.NEAR_ZERO,
            worst < FITTED,
            "the largest is " + Numbers.significant(worst, 3));
  }
}
