package reprise.tensor.model;

import java.util.List;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.Shape;

/**
 * The decoders of {@link DecoderConfig}: a {@link Transformer} with that configuration, so that
 * functions and names are those described there.
 */
public final class Decoder {
  /** What a parameter is for. */
  public enum Role {
    EMBEDDING,
    HEAD,
    MATRIX,
    GAIN,
    BIAS
  }

  /** One trained tensor: extents and standard deviation at the start. */
  public record Parameter(String name, Role role, Shape shape, double deviation) {
    /** Number of elements. */
    public long size() {
      return shape.size();
    }
  }

  private Decoder() {}

  /** The trained tensors of a decoder, in order. Matrices are stored [in, out]. */
  public static List<Parameter> parameters(DecoderConfig c) {
    return Transformer.parameters(TransformerConfig.of(c));
  }

  /** The whole program. */
  public static Program program(DecoderConfig config, Training training, Corpus corpus) {
    return Transformer.program(TransformerConfig.of(config), training, corpus);
  }
}
