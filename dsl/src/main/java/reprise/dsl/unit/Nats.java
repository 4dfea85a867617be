package reprise.dsl.unit;

/**
 * A loss or an entropy in nats per token.
 *
 * @param value nats, finite
 */
public record Nats(double value) {
  public Nats {
    Checks.finite("nats", value);
  }

  /** The same quantity in bits per token. */
  public double bits() {
    return value / Math.log(2);
  }

  @Override
  public String toString() {
    return Numbers.significant(value, 5) + " nats";
  }
}
