package reprise.dsl.law;

/**
 * y = k C^p, fitted as a line in log-log.
 *
 * @param coefficient k
 * @param exponent p
 */
public record PowerLine(Estimate coefficient, Estimate exponent) {
  /** y at C. */
  public double at(double flops) {
    return coefficient.value() * Math.pow(flops, exponent.value());
  }
}
