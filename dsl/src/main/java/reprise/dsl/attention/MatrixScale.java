package reprise.dsl.attention;

/** What linear maps use in place of their matrix W; sigma(W) is its largest singular value. */
public enum MatrixScale {
  /** W. */
  PLAIN("plain"),
  /** W/sigma(W): spectral normalisation (Miyato et al. 2018). */
  SPECTRAL_NORM("spectral-norm"),
  /** (gamma/sigma(W)) W with gamma trained from 1: sigmaReparam. */
  SIGMA_REPARAM("sigma-reparam"),
  /** The same with gamma from sigma(W) of the start, as the published program has it. */
  SIGMA_REPARAM_KEPT("sigma-reparam-kept");

  private final String word;

  MatrixScale(String word) {
    this.word = word;
  }

  /** In labels and names of runs. */
  public String word() {
    return word;
  }
}
