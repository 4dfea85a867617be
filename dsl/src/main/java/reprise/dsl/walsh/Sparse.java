package reprise.dsl.walsh;

import reprise.dsl.unit.Checks;

/**
 * The size of a sparse transform.
 *
 * @param bits n; the transform has N = 2^n coefficients
 * @param coefficients K of them are not 0
 */
public record Sparse(int bits, int coefficients) {
  private static final int LEAST = 6;

  // noise of all samples fits into memory with ease
  private static final int MOST = 20;

  public Sparse {
    if (bits < LEAST || bits > MOST) {
      throw new IllegalArgumentException("a transform of 2^6 to 2^20 coefficients, got 2^" + bits);
    }
    Checks.positive("coefficients", coefficients, "ones");
  }

  @Override
  public String toString() {
    return "n = " + bits + ", K = " + coefficients;
  }
}
