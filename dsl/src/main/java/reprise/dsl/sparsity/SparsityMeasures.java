package reprise.dsl.sparsity;

import reprise.dsl.result.Measure;
import reprise.dsl.unit.Numbers;

/** What is measured on a run beside its loss, and the names of its stages. */
public final class SparsityMeasures {
  /** Neurons that are not dropped, mean over blocks and tokens. */
  public static final Measure ACTIVATION = new Measure("activation ratio", "share");

  /** Neurons whose value is not exactly zero. */
  public static final Measure NON_ZERO = new Measure("non-zero neurons", "share");

  /** Held-out loss with all neurons. */
  public static final Measure LOSS = new Measure("dense loss", "nats/token");

  /** The CETT that the bisection found. */
  public static final Measure CETT = new Measure("CETT", "share of the output");

  /** Perplexity with dropped neurons over that with all, mean over the last checkpoints. */
  public static final Measure PERPLEXITY = new Measure("perplexity, sparse over dense", "");

  /** Condition: an interval of fewer runs says little. */
  public static final String THREE_SEEDS = "at least three seeds finished";

  /** Condition: otherwise ratios of different models cannot be compared. */
  public static final String AS_SPARSE = "perplexity grows by what the metric allows, to 0.1 %";

  private SparsityMeasures() {}

  /** At a checkpoint. */
  public static String after(long tokens) {
    return Numbers.grouped(tokens) + " tokens";
  }

  /** One block at the end, counted from 1. */
  public static String block(int number) {
    return "block " + number;
  }
}
