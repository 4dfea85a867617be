package reprise.tensor.model;

import reprise.tensor.model.DecoderConfig.Activation;
import reprise.tensor.model.DecoderConfig.Init;

/**
 * A pre-norm decoder-only transformer of the GPT-2, GPT-NeoX or LLaMA kind.
 *
 * @param vocab symbols
 * @param context positions T
 * @param layers blocks L
 * @param width residual stream d
 * @param heads of attention
 * @param position how positions enter
 * @param norm which normalisation
 * @param feedForward the second half of a block
 * @param residual how the halves of a block are joined
 * @param biases which linear maps have one
 * @param tied whether the head is the embedding transposed
 * @param prefix trained key-value entries that every query of a layer sees; 0 for none
 * @param init standard deviations at the start
 */
public record TransformerConfig(
    int vocab,
    int context,
    int layers,
    int width,
    Heads heads,
    Position position,
    Norm norm,
    FeedForward feedForward,
    Residual residual,
    Biases biases,
    boolean tied,
    int prefix,
    Init init) {
  /**
   * Heads of attention.
   *
   * @param count query heads
   * @param groups key-value heads; divides count
   * @param width of a head
   */
  public record Heads(int count, int groups, int width) {
    public Heads {
      if (count < 1 || groups < 1 || width < 1 || count % groups != 0) {
        throw new IllegalArgumentException(
            "key-value heads must divide query heads: "
                + count
                + " heads, "
                + groups
                + " groups, width "
                + width);
      }
    }

    /** Multi-head attention whose heads share a width. */
    public static Heads of(int width, int count) {
      if (count < 1 || width % count != 0) {
        throw new IllegalArgumentException(
            "heads must divide width: width " + width + ", heads " + count);
      }
      return new Heads(count, count, width / count);
    }

    /** The same with fewer key-value heads: grouped-query attention. */
    public Heads groups(int number) {
      return new Heads(count, number, width);
    }
  }

  /** How positions enter. */
  public sealed interface Position {
    /** A trained vector for each position, added to the embedding. */
    record Learned() implements Position {}

    /**
     * Rotation of the first components of every head of queries and keys.
     *
     * @param base of the angles
     * @param rotated components, even
     * @param interleaved whether pairs are neighbours (GPT-J) or halves (GPT-NeoX, LLaMA)
     */
    record Rotary(double base, int rotated, boolean interleaved) implements Position {}

    /** Not at all: only the causal mask tells positions apart. */
    record None() implements Position {}
  }

  /**
   * Which normalisation.
   *
   * @param kind by mean and deviation, or by root mean square
   * @param eps added to the variance
   * @param bias whether LayerNorm has one
   */
  public record Norm(DecoderConfig.Norm kind, double eps, boolean bias) {}

  /** The second half of a block. */
  public sealed interface FeedForward {
    /** Attention only. */
    record None() implements FeedForward {}

    /** act(x W1) W2, of any hidden width. */
    record Plain(int width, Activation activation) implements FeedForward {}

    /** (act(x Wg) * (x W1)) W2: SwiGLU, GeGLU, ReGLU (Shazeer 2020, 2002.05202). */
    record Gated(int width, Activation activation) implements FeedForward {}

    /**
     * A mixture of experts, gated or plain: a router's softmax, the most probable experts, their
     * gates renormalised where there are several. An expert takes ceil(capacity N active / count)
     * of the N tokens of a training step; further ones pass by. Decoding drops none.
     *
     * @param count experts E
     * @param active experts of a token
     * @param capacity factor of an expert's room over an even share
     * @param balance weight of the auxiliary loss E sum_e f_e P_e, f_e the share of choices and P_e
     *     the mean probability of expert e (Fedus et al. 2022, 2101.03961, eq. 4)
     * @param width hidden width of an expert
     * @param activation of its gate, or of its hidden layer
     * @param gated whether an expert is a {@link Gated} or a {@link Plain} one
     */
    record Experts(
        int count,
        int active,
        double capacity,
        double balance,
        int width,
        Activation activation,
        boolean gated)
        implements FeedForward {
      /** Gated experts. */
      public Experts(
          int count,
          int active,
          double capacity,
          double balance,
          int width,
          Activation activation) {
        this(count, active, capacity, balance, width, activation, true);
      }

      public Experts {
        if (count < 1 || active < 1 || active > count || !(capacity > 0) || width < 1) {
          throw new IllegalArgumentException(
              "experts need 1 <= active <= count, capacity > 0, width >= 1; got "
                  + active
                  + " of "
                  + count
                  + ", "
                  + capacity
                  + ", "
                  + width);
        }
      }
    }
  }

  /** How attention and feed-forward are joined. */
  public enum Residual {
    /** x += attention(norm1 x); x += mlp(norm2 x). */
    SEQUENTIAL,
    /** x += attention(norm1 x) + mlp(norm2 x): GPT-NeoX. */
    PARALLEL,
    /** x += attention(norm1 x) + mlp(norm1 x): GPT-J. */
    PARALLEL_ONE_NORM,
    /** x += attention(x); x += mlp(x): only the last hidden state is normalised. */
    UNNORMALISED
  }

  /**
   * Which linear maps have a bias.
   *
   * @param attention queries, keys and values
   * @param output of attention
   * @param feedForward both maps
   */
  public record Biases(boolean attention, boolean output, boolean feedForward) {
    /** All of them. */
    public static final Biases ALL = new Biases(true, true, true);

    /** None. */
    public static final Biases NONE = new Biases(false, false, false);
  }

  public TransformerConfig {
    if (vocab < 2 || context < 1 || layers < 1 || width < 1 || prefix < 0) {
      throw new IllegalArgumentException(
          "a transformer needs vocab >= 2 and context, layers, width >= 1, prefix >= 0; got vocab "
              + vocab
              + ", context "
              + context
              + ", layers "
              + layers
              + ", width "
              + width
              + ", prefix "
              + prefix);
    }
    if (position instanceof Position.Rotary r
        && (r.rotated() < 2 || r.rotated() % 2 != 0 || r.rotated() > heads.width())) {
      throw new IllegalArgumentException(
          "rotary positions turn an even number of components, 2 to the head width "
              + heads.width()
              + "; got "
              + r.rotated());
    }
  }

  /** Whether queries, keys and values come from one matrix and go into one fused attention. */
  boolean packed() {
    boolean plain =
        !(position instanceof Position.Rotary r)
            || r.rotated() == heads.width() && !r.interleaved();
    return heads.groups() == heads.count() && prefix == 0 && plain;
  }

  /** GPT-2 (Radford et al. 2019), as {@link DecoderConfig#gpt2}. */
  public static TransformerConfig gpt2(int vocab, int context, int layers, int width, int heads) {
    return of(DecoderConfig.gpt2(vocab, context, layers, width, heads));
  }

  /**
   * GPT-NeoX and Pythia (Black et al. 2022; Biderman et al. 2023): LayerNorm and biases, parallel
   * residual, rotary positions on a quarter of each head, untied head.
   */
  public static TransformerConfig neox(int vocab, int context, int layers, int width, int heads) {
    Heads h = Heads.of(width, heads);
    return new TransformerConfig(
        vocab,
        context,
        layers,
        width,
        h,
        new Position.Rotary(10_000, Math.max(2, h.width() / 4 / 2 * 2), false),
        new Norm(DecoderConfig.Norm.LAYER, 1e-5, true),
        new FeedForward.Plain(4 * width, Activation.GELU_EXACT),
        Residual.PARALLEL,
        Biases.ALL,
        false,
        0,
        new Init(0.02, 0.02, true, 1));
  }

  /**
   * LLaMA and Mistral (Touvron et al. 2023; Jiang et al. 2023): RMSNorm, rotary positions, SwiGLU,
   * grouped key-value heads, no biases, untied head.
   */
  public static TransformerConfig llama(
      int vocab, int context, int layers, int width, int heads, int groups, int mlp) {
    Heads h = Heads.of(width, heads).groups(groups);
    return new TransformerConfig(
        vocab,
        context,
        layers,
        width,
        h,
        new Position.Rotary(10_000, h.width(), false),
        new Norm(DecoderConfig.Norm.RMS, 1e-5, false),
        new FeedForward.Gated(mlp, Activation.SILU),
        Residual.SEQUENTIAL,
        Biases.NONE,
        false,
        0,
        new Init(0.02, 0.02, true, 1));
  }

  /** The same model as a {@link Decoder} of this configuration, parameter by parameter. */
  public static TransformerConfig of(DecoderConfig c) {
    Heads h = Heads.of(c.width(), c.heads());
    return new TransformerConfig(
        c.vocab(),
        c.context(),
        c.layers(),
        c.width(),
        h,
        switch (c.position()) {
          case LEARNED -> new Position.Learned();
          case ROTARY -> new Position.Rotary(10_000, h.width(), false);
          case NONE -> new Position.None();
        },
        new Norm(c.norm(), 1e-5, c.biases()),
        new FeedForward.Plain(c.mlp(), c.activation()),
        Residual.SEQUENTIAL,
        c.biases() ? Biases.ALL : Biases.NONE,
        c.tied(),
        0,
        c.init());
  }

  /** The same with another second half of the blocks. */
  public TransformerConfig feedForward(FeedForward kind) {
    return new TransformerConfig(
        vocab, context, layers, width, heads, position, norm, kind, residual, biases, tied, prefix,
        init);
  }

  /** The same with other heads. */
  public TransformerConfig heads(Heads kind) {
    return new TransformerConfig(
        vocab,
        context,
        layers,
        width,
        kind,
        position,
        norm,
        feedForward,
        residual,
        biases,
        tied,
        prefix,
        init);
  }

  /** The same with other positions. */
  public TransformerConfig position(Position kind) {
    return new TransformerConfig(
        vocab,
        context,
        layers,
        width,
        heads,
        kind,
        norm,
        feedForward,
        residual,
        biases,
        tied,
        prefix,
        init);
  }

  /** The same with its halves joined otherwise. */
  public TransformerConfig residual(Residual kind) {
    return new TransformerConfig(
        vocab,
        context,
        layers,
        width,
        heads,
        position,
        norm,
        feedForward,
        kind,
        biases,
        tied,
        prefix,
        init);
  }

  /** The same with trained key-value entries before the text (Li and Liang 2021, 2101.00190). */
  public TransformerConfig prefix(int entries) {
    return new TransformerConfig(
        vocab,
        context,
        layers,
        width,
        heads,
        position,
        norm,
        feedForward,
        residual,
        biases,
        tied,
        entries,
        init);
  }

  /** All parameters. */
  public long parameters() {
    return Transformer.parameters(this).stream().mapToLong(Decoder.Parameter::size).sum();
  }
}
