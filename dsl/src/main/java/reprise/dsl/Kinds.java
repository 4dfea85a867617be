package reprise.dsl;

import reprise.dsl.attention.MatrixScale;

/** The words for kinds that an experiment compares; inherited as those of {@link Quantities}. */
public abstract class Kinds extends Quantities {
  /** Linear maps with their matrices as they are. */
  public static final MatrixScale PLAIN = MatrixScale.PLAIN;

  /** Matrices over their spectral norms. */
  public static final MatrixScale SPECTRAL_NORM = MatrixScale.SPECTRAL_NORM;

  /** The same times a trained number that begins at one. */
  public static final MatrixScale SIGMA_REPARAM = MatrixScale.SIGMA_REPARAM;

  /** The same with the number beginning at the spectral norm. */
  public static final MatrixScale SIGMA_REPARAM_KEPT = MatrixScale.SIGMA_REPARAM_KEPT;

  Kinds() {}
}
