package reprise.dsl.law;

/**
 * A bootstrap over cases: every replicate draws as many points as there are, with replacement, and
 * fits them again from the optimum.
 *
 * @param replicates number of refits; 0 for none
 * @param seed of the streams; replicate i draws the same points whatever the number of threads
 */
public record Bootstrap(int replicates, long seed) {

  /** 1000 replicates, seed 42: a few per cent on a standard error. */
  public static final Bootstrap DEFAULT = new Bootstrap(1000, 42);

  /** No bootstrap: no intervals. */
  public static final Bootstrap NONE = new Bootstrap(0, 0);

  public Bootstrap {
    if (replicates < 0 || replicates > 1_000_000) {
      throw new IllegalArgumentException(
          "bootstrap: " + replicates + " replicates; choose 0 to 1000000");
    }
  }
}
