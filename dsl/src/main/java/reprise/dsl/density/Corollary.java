package reprise.dsl.density;

/** What follows from a doubling time by arithmetic (arXiv 2412.04315, section 3.4). */
public final class Corollary {
  private Corollary() {}

  /**
   * The time in which a price halves that fell from one to another: {@code t / log2(from / to)}.
   *
   * @param time between the two prices, in any unit
   */
  public static double halving(double from, double to, double time) {
    if (!(from > to && to > 0 && time > 0)) {
      throw new IllegalArgumentException(
          "a halving time needs a price that fell over some time, got "
              + from
              + " to "
              + to
              + " in "
              + time);
    }
    return time * Math.log(2) / Math.log(from / to);
  }

  /** Doubling time of two growths together: {@code 1/T = 1/T_1 + 1/T_2}. */
  public static double together(double first, double second) {
    if (!(first > 0 && second > 0)) {
      throw new IllegalArgumentException(
          "doubling times must be positive, got " + first + " and " + second);
    }
    return 1 / (1 / first + 1 / second);
  }
}
