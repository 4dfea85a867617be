package reprise.dsl.model;

import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Counting;
import reprise.dsl.unit.Params;

/**
 * A pre-norm GPT-style decoder: LayerNorm with gain and no biases, learned positions, GELU, an
 * untied head.
 *
 * @param width residual dimension d, divisible by {@code heads}
 * @param layers transformer blocks L
 * @param heads attention heads
 * @param mlp hidden width of the feed-forward block
 * @param context window in tokens
 * @param vocabulary distinct tokens V
 */
public record Decoder(int width, int layers, int heads, int mlp, int context, int vocabulary) {
  public Decoder {
    Checks.positive("width", width, "residual dimension");
    Checks.positive("layers", layers, "blocks");
    Checks.positive("heads", heads, "attention heads");
    Checks.positive("mlp", mlp, "hidden width");
    Checks.positive("context", context, "tokens");
    Checks.positive("vocabulary", vocabulary, "tokens");
    if (width % heads != 0) {
      throw new IllegalArgumentException(
          "width must be divisible by heads, got width " + width + " and " + heads + " heads");
    }
  }

  /** The number of parameters under a counting rule. */
  public Params params(Counting counting) {
    double d = width;
    // per block: Q, K, V, O: 4 d^2; feed-forward: 2 d m
    double blocks = layers * (4 * d * d + 2 * d * mlp);
    double head = (double) vocabulary * d;
    // two gains a block and the last one
    double gains = (2.0 * layers + 1) * d;
    double embeddings = (double) vocabulary * d + (double) context * d;
    return switch (counting) {
      case MATRIX -> new Params(blocks + head, counting);
      case NON_EMBEDDING -> new Params(blocks + head + gains, counting);
      case ALL -> new Params(blocks + head + gains + embeddings, counting);
    };
  }

  /** Short name, such as {@code d32-L2-h2-c64}. */
  public String label() {
    return "d" + width + "-L" + layers + "-h" + heads + "-c" + context;
  }
}
