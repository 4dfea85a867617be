package reprise.dsl.zoo;

import reprise.dsl.result.Measure;

/**
 * What is measured on the models of a zoo besides the test loss. Measures of a pair of models stand
 * with the lower seed, at {@code seed k}, k being the other one.
 */
public final class ZooMeasures {
  /** Mean cross-entropy over the training set, its labels as trained. */
  public static final Measure TRAIN_LOSS = new Measure("train loss", "nats");

  /** Share of the training set that is right. */
  public static final Measure TRAIN_ACCURACY = new Measure("train accuracy", "%");

  /** Share of the test set that is right. */
  public static final Measure TEST_ACCURACY = new Measure("test accuracy", "%");

  /** Eigenvalue of largest magnitude of the Hessian of the training loss, by power iteration. */
  public static final Measure TOP_EIGENVALUE = new Measure("top Hessian eigenvalue", "");

  /** |Hv - lambda v| at the end of the power iteration. */
  public static final Measure EIGENVALUE_RESIDUAL = new Measure("eigenvalue residual", "");

  /** Trace of the same Hessian, by Hutchinson's estimate. */
  public static final Measure TRACE = new Measure("Hessian trace", "");

  /** Standard error of the trace over random vectors. */
  public static final Measure TRACE_ERROR = new Measure("trace standard error", "");

  /** Eigenvalue of a node of the spectral density, at {@code node k}; of the first seed. */
  public static final Measure SPECTRUM_NODE = new Measure("spectral node", "");

  /** Weight of that node. */
  public static final Measure SPECTRUM_WEIGHT = new Measure("spectral weight", "");

  /** Root of the sum of squares of all weights. */
  public static final Measure NORM = new Measure("weight norm", "");

  /** Mode connectivity along a curve whose middle began halfway. */
  public static final Measure CURVE = new Measure("mode connectivity", "points");

  /** The same with a middle that began at a fresh initialisation. */
  public static final Measure RANDOM_CURVE =
      new Measure("mode connectivity, random start", "points");

  /** The same formula along the straight line. */
  public static final Measure LINE = new Measure("linear connectivity", "points");

  /** The same after the units of one model were permuted to fit the other (2209.04836). */
  public static final Measure ALIGNED_LINE = new Measure("linear connectivity, aligned", "points");

  /** Test accuracy of the mean of two aligned models minus the mean of theirs. */
  public static final Measure SEED_GAIN = new Measure("gain of averaging aligned seeds", "points");

  /** Test accuracy of the mean weights over the second half of the epochs minus that at the end. */
  public static final Measure EPOCH_GAIN = new Measure("gain of averaging epochs", "points");

  /** Weights that are pruned for {@link #PRUNING_LOSS}. */
  public static final double PRUNED_SHARE = 0.8;

  /** Test accuracy lost when the smallest 80 % of the weights are set to zero. */
  public static final Measure PRUNING_LOSS = new Measure("loss of pruning 80 %", "points");

  /** Linear CKA of logits on test examples. */
  public static final Measure LOGIT_CKA = new Measure("CKA of logits", "");

  /** Linear CKA of probabilities on mixed training examples. */
  public static final Measure MIXUP_CKA = new Measure("CKA of softmax on mixup", "");

  private ZooMeasures() {}

  /** Stage of a measure of a pair. */
  public static String pair(int otherSeed) {
    return "seed " + otherSeed;
  }

  /** Stage of a node of the spectral density. */
  public static String node(int k) {
    return "node " + k;
  }
}
