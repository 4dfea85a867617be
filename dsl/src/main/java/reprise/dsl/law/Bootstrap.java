package reprise.dsl.law;

import java.util.Objects;

/**
 * A bootstrap: every replicate redraws what the points owe to chance and fits again from the
 * optimum.
 *
 * @param replicates number of refits; 0 for none
 * @param seed of the streams; replicate i draws the same whatever the number of threads
 * @param of what is redrawn
 */
public record Bootstrap(int replicates, long seed, Resampling of) {
  /** What a replicate redraws (Davison and Hinkley 1997, sections 2.3, 3.8 and 6.2). */
  public enum Resampling {
    /** As many points as there are, with replacement: points are independent draws. */
    CASES("cases"),
    /** As many cells as there are; a cell is all points with the same inputs. */
    CELLS("cells"),
    /** Within every cell its points, which are seeds of one design; inputs stay as they are. */
    SEEDS("seeds within cells"),
    /** Predictions plus residuals drawn from all, widened by sqrt(n/(n-p)). */
    RESIDUALS("residuals");

    private final String text;

    Resampling(String text) {
      this.text = text;
    }

    /** For tables: {@code seeds within cells}. */
    public String text() {
      return text;
    }
  }

  /** 1000 replicates, seed 42: a few per cent on a standard error. */
  public static final Bootstrap DEFAULT = new Bootstrap(1000, 42);

  /** No bootstrap: no intervals. */
  public static final Bootstrap NONE = new Bootstrap(0, 0);

  public Bootstrap {
    Objects.requireNonNull(of, "of");
    if (replicates < 0 || replicates > 1_000_000) {
      throw new IllegalArgumentException(
          "bootstrap: " + replicates + " replicates; choose 0 to 1000000");
    }
  }

  /** Over cases. */
  public Bootstrap(int replicates, long seed) {
    this(replicates, seed, Resampling.CASES);
  }

  /** The same number and seed, redrawing something else. */
  public Bootstrap of(Resampling redrawn) {
    return new Bootstrap(replicates, seed, redrawn);
  }
}
