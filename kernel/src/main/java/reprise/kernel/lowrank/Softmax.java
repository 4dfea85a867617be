package reprise.kernel.lowrank;

import java.util.Arrays;

/** Softmax of logits. */
final class Softmax {
  private Softmax() {}

  /** Probabilities. */
  static double[] of(double[] logits) {
    double max = Arrays.stream(logits).max().orElseThrow();
    double[] p = Arrays.stream(logits).map(z -> Math.exp(z - max)).toArray();
    double total = Arrays.stream(p).sum();
    return Arrays.stream(p).map(v -> v / total).toArray();
  }
}
