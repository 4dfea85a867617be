package reprise.tensor.model;

/**
 * What products use in place of a matrix W: its multiple of a spectral norm of choice. sigma(W) is
 * the largest singular value, by power iteration of one step a training step from singular vectors
 * that are exact at the start.
 */
public enum Reparametrisation {
  /** W. */
  NONE,
  /** W/sigma(W) (Miyato et al. 2018, 1802.05957, equation 8). */
  SPECTRAL_NORM,
  /** (gamma/sigma(W)) W, gamma trained from 1 (Zhai et al. 2023, 2303.06296, section 3.2). */
  SIGMA,
  /** The same with gamma from sigma(W) of the start, so that the first products are those of W. */
  SIGMA_FROM_NORM;

  /** Whether the multiple is trained. */
  boolean scaled() {
    return this == SIGMA || this == SIGMA_FROM_NORM;
  }
}
