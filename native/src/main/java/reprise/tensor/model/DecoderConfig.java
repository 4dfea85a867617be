package reprise.tensor.model;

/**
 * A pre-norm decoder-only transformer.
 *
 * @param vocab symbols
 * @param context positions T
 * @param layers blocks L
 * @param width residual stream d
 * @param heads attention heads; must divide d
 * @param mlp hidden width of the feed-forward part
 * @param position how positions enter
 * @param norm which normalisation
 * @param activation of the feed-forward part
 * @param biases whether linear maps and LayerNorm have biases
 * @param tied whether the head is the embedding transposed
 * @param init standard deviations at the start
 */
public record DecoderConfig(
    int vocab,
    int context,
    int layers,
    int width,
    int heads,
    int mlp,
    Position position,
    Norm norm,
    Activation activation,
    boolean biases,
    boolean tied,
    Init init) {
  /** How positions enter. */
  public enum Position {
    /** A trained vector for each position, added to the embedding. */
    LEARNED,
    /** Rotary, base 10000, on the whole head width. */
    ROTARY,
    /** Not at all: only the causal mask tells positions apart. */
    NONE
  }

  /** Which normalisation. */
  public enum Norm {
    LAYER,
    RMS
  }

  /** Nonlinearity of the feed-forward part. */
  public enum Activation {
    /** By tanh. */
    GELU,
    RELU,
    SILU,
    /** By the normal distribution function. */
    GELU_EXACT
  }

  /**
   * Standard deviations at the start; gains begin at 1, biases at 0.
   *
   * @param embedding of embedding and positions
   * @param matrix of matrices; 0 means 1/sqrt(fan-in)
   * @param shrinkBranches divides the last matrix of each branch by sqrt(2 L) (GPT-2, section 2.3)
   * @param headFactor further factor of an untied head
   */
  public record Init(double embedding, double matrix, boolean shrinkBranches, double headFactor) {}

  public DecoderConfig {
    if (vocab < 2 || context < 1 || layers < 1 || width < 1 || heads < 1 || mlp < 1) {
      throw new IllegalArgumentException(
          "a decoder needs vocab >= 2 and context, layers, width, heads, mlp >= 1; got vocab "
              + vocab
              + ", context "
              + context
              + ", layers "
              + layers
              + ", width "
              + width
              + ", heads "
              + heads
              + ", mlp "
              + mlp);
    }
    if (width % heads != 0) {
      throw new IllegalArgumentException(
          "heads must divide width: width " + width + ", heads " + heads);
    }
    if (position == Position.ROTARY && width / heads % 2 != 0) {
      throw new IllegalArgumentException(
          "rotary positions need an even head width, got " + width / heads);
    }
  }

  /**
   * The small decoder of our laptop-scale experiments: LayerNorm with gain, no biases, learned
   * positions, heads max(1, d/16), GELU of width 4d, untied head; N(0, .1) embeddings, N(0,
   * 1/fan-in) matrices, branch outputs over sqrt(2L), head half of that.
   */
  public static DecoderConfig small(int vocab, int context, int layers, int width) {
    int heads = Math.max(1, width / 16);
    while (width % heads != 0) {
      heads--;
    }
    return new DecoderConfig(
        vocab,
        context,
        layers,
        width,
        heads,
        4 * width,
        Position.LEARNED,
        Norm.LAYER,
        Activation.GELU,
        false,
        false,
        new Init(0.1, 0, true, 0.5));
  }

  /** GPT-2 (Radford et al. 2019): LayerNorm and biases, learned positions, tied head, N(0, .02). */
  public static DecoderConfig gpt2(int vocab, int context, int layers, int width, int heads) {
    return new DecoderConfig(
        vocab,
        context,
        layers,
        width,
        heads,
        4 * width,
        Position.LEARNED,
        Norm.LAYER,
        Activation.GELU,
        true,
        true,
        new Init(0.02, 0.02, true, 1));
  }

  /** The same with another number of heads. */
  public DecoderConfig heads(int number) {
    return new DecoderConfig(
        vocab, context, layers, width, number, mlp, position, norm, activation, biases, tied, init);
  }

  /** The same with another kind of positions. */
  public DecoderConfig position(Position kind) {
    return new DecoderConfig(
        vocab, context, layers, width, heads, mlp, kind, norm, activation, biases, tied, init);
  }

  /** The same with another activation. */
  public DecoderConfig activation(Activation kind) {
    return new DecoderConfig(
        vocab, context, layers, width, heads, mlp, position, norm, kind, biases, tied, init);
  }

  /** The same with another normalisation. */
  public DecoderConfig norm(Norm kind) {
    return new DecoderConfig(
        vocab, context, layers, width, heads, mlp, position, kind, activation, biases, tied, init);
  }

  /** Parameters that take part in matrix products: L (4 d^2 + 2 d mlp) + V d. */
  public long matrixParameters() {
    return layers * (4L * width * width + 2L * width * mlp) + (long) vocab * width;
  }

  /** All parameters. */
  public long parameters() {
    return Decoder.parameters(this).stream().mapToLong(Decoder.Parameter::size).sum();
  }

  /** All parameters but token and position embeddings and an untied head. */
  public long nonEmbeddingParameters() {
    return Decoder.parameters(this).stream()
        .filter(p -> p.role() != Decoder.Role.EMBEDDING && p.role() != Decoder.Role.HEAD)
        .mapToLong(Decoder.Parameter::size)
        .sum();
  }

  /** FLOPs of training on one token, by C = 6 N D with N = {@link #matrixParameters}. */
  public double flopsPerToken() {
    return 6.0 * matrixParameters();
  }

  /** The same plus causal attention scores and sums, 6 L d T: what the machine really computes. */
  public double flopsPerTokenWithAttention() {
    return flopsPerToken() + 6.0 * layers * width * context;
  }
}
