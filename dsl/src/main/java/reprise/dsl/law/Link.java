package reprise.dsl.law;

/**
 * How a constant of a law follows from the unconstrained parameter theta that the optimiser moves.
 *
 * <p>Hoffmann et al. 2022 (arXiv 2203.15556, eq. 10) search over a = log A, b = log B, e = log E
 * and over alpha, beta themselves: {@link #LOG} for the first three, {@link #IDENTITY} for the
 * others.
 */
public enum Link {
  /** constant = theta. */
  IDENTITY {
    @Override
    public double constant(double theta) {
      return theta;
    }

    @Override
    public double theta(double constant) {
      return constant;
    }
  },
  /** constant = exp(theta), so it is positive; its bound 0 lies at theta = -infinity. */
  LOG {
    @Override
    public double constant(double theta) {
      return Math.exp(theta);
    }

    @Override
    public double theta(double constant) {
      return Math.log(constant);
    }
  };

  /** The constant that belongs to {@code theta}. */
  public abstract double constant(double theta);

  /** The inverse of {@link #constant}. */
  public abstract double theta(double constant);
}
