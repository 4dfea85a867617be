package reprise.dsl.law;

/** The compute-optimal model of a law of N and D that has no closed form. */
final class Allocations {
  /** Tokens per parameter. */
  private static final double LEAST = .01;

  private static final double MOST = 1e5;

  private static final int GRID = 200;
  private static final int STEPS = 80;
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  private Allocations() {}

  /**
   * The N of least L(N, C/(6 N)): the best of a grid over all N with .01 to 100000 tokens a
   * parameter, then golden sections between its neighbours. Beyond, no law of the family was
   * fitted, and Farseer's falls again towards models that see no data.
   */
  static Allocation search(Law law, double[] constants, double flops) {
    double low = .5 * Math.log(flops / 6 / MOST);
    double high = .5 * Math.log(flops / 6 / LEAST);
    double best = low;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i <= GRID; i++) {
      double at = low + (high - low) * i / GRID;
      double loss = loss(law, constants, flops, at);
      if (loss < least) {
        least = loss;
        best = at;
      }
    }
    double from = Math.max(low, best - (high - low) / GRID);
    double to = Math.min(high, best + (high - low) / GRID);
    for (int i = 0; i < STEPS; i++) {
      double left = to - GOLDEN * (to - from);
      double right = from + GOLDEN * (to - from);
      if (loss(law, constants, flops, left) < loss(law, constants, flops, right)) {
        to = right;
      } else {
        from = left;
      }
    }
    double params = Math.exp((from + to) / 2);
    double tokens = flops / (6 * params);
    return new Allocation(flops, params, tokens, law.predict(constants, params, tokens));
  }

  private static double loss(Law law, double[] constants, double flops, double logParams) {
    double params = Math.exp(logParams);
    return law.predict(constants, params, flops / (6 * params));
  }
}
