package reprise.dsl.nuclear;

import reprise.dsl.result.Measure;

/** What is measured on a matrix X [n, d]. */
public final class NuclearMeasures {
  /** {@code |X|_* }, the sum of singular values. */
  public static final Measure NUCLEAR = new Measure("nuclear norm", "");

  /** The sum of the min(n, d) largest lengths of columns. */
  public static final Measure LARGEST_COLUMNS = new Measure("largest column lengths", "");

  /** The sum of the lengths of all columns: an upper bound of the nuclear norm. */
  public static final Measure ALL_COLUMNS = new Measure("all column lengths", "");

  /** {@code |X|_F}. */
  public static final Measure FROBENIUS = new Measure("Frobenius norm", "");

  /** The paper's Matrix Nuclear-Norm: {@link #LARGEST_COLUMNS} over the number of rows. */
  public static final Measure SURROGATE = new Measure("Matrix Nuclear-Norm", "");

  /** {@code -sum l ln l / ln d} over the eigenvalues l of X'X that sum to 1. */
  public static final Measure ENTROPY = new Measure("matrix entropy", "");

  /** Processor time of the exact nuclear norm over that of the surrogate. */
  public static final Measure SPEEDUP = new Measure("time of exact over surrogate", "times");

  private NuclearMeasures() {}
}
