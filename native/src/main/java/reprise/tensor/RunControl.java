package reprise.tensor;

/**
 * What may end a run early besides {@link Session#cancel}.
 *
 * @param stopAtNonFinite stop after the first step in which a scalar output is NaN or infinite
 */
public record RunControl(boolean stopAtNonFinite) {
  /** Stops at NaN and infinity. */
  public static final RunControl DEFAULT = new RunControl(true);
}
