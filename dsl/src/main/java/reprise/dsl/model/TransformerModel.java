package reprise.dsl.model;

import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Counting;
import reprise.dsl.unit.Heads;
import reprise.dsl.unit.Layers;
import reprise.dsl.unit.Params;
import reprise.dsl.unit.Width;

/**
 * A decoder-only transformer with rotary positions, no biases in its matrices, and the embedding
 * transposed as its head.
 *
 * @param kind which normalisation and activation
 * @param layers blocks L
 * @param width residual dimension d
 * @param heads of queries
 * @param groups heads of keys and values; divides heads
 * @param feedForward the second half of a block
 */
public record TransformerModel(
    Kind kind, int layers, int width, int heads, int groups, FeedForward feedForward) {

  /** What the halves of a block are made of. */
  public enum Kind {
    /** LayerNorm with gain and bias, GELU. */
    GPT2("gpt2"),
    /** RMSNorm, SiLU. */
    LLAMA("llama");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** In labels. */
    public String word() {
      return word;
    }
  }

  public TransformerModel {
    Checks.present("kind", kind);
    Checks.positive("layers", layers, "blocks");
    Checks.positive("width", width, "residual dimension");
    Checks.positive("heads", heads, "attention heads");
    Checks.positive("key-value heads", groups, "heads");
    Checks.present("feed-forward", feedForward);
    if (width % heads != 0 || width / heads % 2 != 0) {
      throw new IllegalArgumentException(
          "heads must divide the width into an even head width, got width "
              + width
              + " and "
              + heads
              + " heads");
    }
    if (heads % groups != 0) {
      throw new IllegalArgumentException(
          "key-value heads must divide heads, got " + groups + " and " + heads);
    }
  }

  /** GPT-2 with rotary positions (arXiv 2404.05405, section 2.3): an MLP of 4 d. */
  public static TransformerModel gpt2(Layers layers, Width width, Heads heads) {
    return new TransformerModel(
        Kind.GPT2,
        layers.count(),
        width.count(),
        heads.count(),
        heads.count(),
        new FeedForward.Plain(4 * width.count()));
  }

  /** LLaMA and Mistral: RMSNorm and a gated MLP of 8 d/3, to the next multiple of 4 below. */
  public static TransformerModel llama(Layers layers, Width width, Heads heads) {
    int hidden = Math.max(4, 8 * width.count() / 3 / 4 * 4);
    return new TransformerModel(
        Kind.LLAMA,
        layers.count(),
        width.count(),
        heads.count(),
        heads.count(),
        new FeedForward.Gated(hidden));
  }

  /** The same with fewer heads of keys and values: grouped-query attention. */
  public TransformerModel keyValueHeads(Heads number) {
    return new TransformerModel(kind, layers, width, heads, number.count(), feedForward);
  }

  /** The same with an MLP of that hidden width, gated as before. */
  public TransformerModel mlp(Width hidden) {
    return feedForward(
        feedForward instanceof FeedForward.Gated
            ? new FeedForward.Gated(hidden.count())
            : new FeedForward.Plain(hidden.count()));
  }

  /** The same without the gate, and as many weights: hidden width times 3/2. */
  public TransformerModel withoutGate() {
    return feedForward instanceof FeedForward.Gated g
        ? feedForward(new FeedForward.Plain(g.hidden() * 3 / 2))
        : this;
  }

  /** The same without MLP. */
  public TransformerModel withoutMlp() {
    return feedForward(new FeedForward.None());
  }

  /**
   * The same with experts d-d-d in place of the MLP, one a token, each with room for twice its even
   * share (arXiv 2404.05405, section 8).
   */
  public TransformerModel experts(int count) {
    return feedForward(new FeedForward.Experts(count, width, 2));
  }

  /** The same with another second half of its blocks. */
  public TransformerModel feedForward(FeedForward kindOf) {
    return new TransformerModel(kind, layers, width, heads, groups, kindOf);
  }

  /** All parameters with a vocabulary of that many tokens; {@link Counting#MATRIX}: of products. */
  public Params params(Counting counting, int vocabulary) {
    double d = width;
    double keys = d / heads * groups;
    // a block: Q and O d^2 each, K and V d keys each, and the second half
    double block = 2 * d * d + 2 * d * keys + feedForward.weights(width);
    int norms = feedForward instanceof FeedForward.None ? 1 : 2;
    double vectors = (norms * layers + 1) * d * (kind == Kind.GPT2 ? 2 : 1);
    double table = vocabulary * d;
    return switch (counting) {
      case MATRIX -> new Params(layers * block + table, counting);
      case NON_EMBEDDING -> new Params(layers * block + vectors, counting);
      case ALL -> new Params(layers * block + vectors + table, counting);
    };
  }

  /** Weights of products that one token meets: of experts the one it uses. */
  public double used(int vocabulary) {
    double all = params(Counting.MATRIX, vocabulary).count();
    return feedForward instanceof FeedForward.Experts e
        ? all - layers * (e.count() - 1) * 2.0 * width * e.hidden()
        : all;
  }

  /** Short name, such as {@code gpt2-2-32-2}: layers, width, heads, and what is unusual. */
  public String label() {
    String name = kind.word() + "-" + layers + "-" + width + "-" + heads;
    TransformerModel usual =
        kind == Kind.GPT2
            ? gpt2(new Layers(layers), new Width(width), new Heads(heads))
            : llama(new Layers(layers), new Width(width), new Heads(heads));
    return name
        + (groups == heads ? "" : "-kv" + groups)
        + (feedForward.equals(usual.feedForward()) ? "" : "-" + feedForward.label());
  }
}
