package reprise.dsl.model;

import java.util.List;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Context;
import reprise.dsl.unit.Layers;
import reprise.dsl.unit.Widths;

/**
 * Decoders that differ in width. Heads are {@code max(1, d / 16)}, the feed-forward block is {@code
 * 4 d} wide.
 *
 * @param widths residual dimensions
 * @param layers blocks; 2 unless set
 * @param context window; 64 tokens unless set
 */
public record DecoderFamily(Widths widths, Layers layers, Context context) {
  public DecoderFamily {
    Checks.present("widths", widths);
    Checks.present("layers", layers);
    Checks.present("context", context);
  }

  /** The family with the default depth and window. */
  public DecoderFamily(Widths widths) {
    this(widths, new Layers(2), new Context(64));
  }

  /** The same family with another number of blocks. */
  public DecoderFamily layers(int blocks) {
    return new DecoderFamily(widths, new Layers(blocks), context);
  }

  /** The same family with another window. */
  public DecoderFamily context(int tokens) {
    return new DecoderFamily(widths, layers, new Context(tokens));
  }

  /** The members over a vocabulary, narrowest first as given. */
  public List<Decoder> members(int vocabulary) {
    return widths.values().stream()
        .map(d -> {
          int heads = Math.max(1, d / 16);
          return new Decoder(d, layers.count(), heads, 4 * d, context.count(), vocabulary);
        })
        .toList();
  }

  @Override
  public String toString() {
    return "decoder("
        + widths
        + ").layers("
        + layers.count()
        + ").context("
        + context.count()
        + ")";
  }
}
