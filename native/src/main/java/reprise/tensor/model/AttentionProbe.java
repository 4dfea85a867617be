package reprise.tensor.model;

import reprise.tensor.ir.FunctionBuilder;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.ProgramBuilder;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.Value;

/**
 * Looks at the attention of a decoder while it is trained. Adds to its program state {@code probed}
 * i32 [B, T], written by the caller, and the function {@code attention}: outputs {@code scores0},
 * {@code scores1}, ... [B, H, T, T], q k' / sqrt(w) of each block before the causal mask; row i is
 * what position i asks of all, of which it may see the first i + 1.
 */
public final class AttentionProbe {
  private AttentionProbe() {}

  /** The output that holds the scores of a block. */
  public static String scores(int layer) {
    return "scores" + layer;
  }

  /**
   * The program with the function.
   *
   * @param program of {@link Transformer} with that configuration
   * @param kind as the program's
   * @param windows B, how many are looked at together
   */
  public static Program with(
      Program program, TransformerConfig config, Reparametrisation kind, int windows) {
    if (config.prefix() > 0) {
      throw new IllegalArgumentException(
          "scores are read of attention over the text alone, got "
              + config.prefix()
              + " trained entries before it");
    }
    return ProgramBuilder.from(program)
        .state("probed", TensorType.i32(windows, config.context()), State.Kind.DATA)
        .function("attention", f -> attention(config, new SpectralWeights(kind), f))
        .build();
  }

  private static void attention(
      TransformerConfig config, SpectralWeights weights, FunctionBuilder f) {
    new ReparametrisedNetwork(config, f, weights, false) {
      private int layer;

      @Override
      void attending(Value q, Value k) {
        f.output(scores(layer++), product(config, q, k));
      }
    }.hidden(f.read("probed"));
  }

  /** [B, T, H w] and [B, T, G w] to [B, H, T, T]. */
  private static Value product(TransformerConfig config, Value q, Value k) {
    int batch = q.shape().dim(0);
    int time = q.shape().dim(1);
    TransformerConfig.Heads h = config.heads();
    Value queries = q.reshape(batch, time, h.count(), h.width()).permute(0, 2, 1, 3);
    Value keys =
        k.reshape(batch, time, h.groups(), h.width())
            .permute(0, 2, 1, 3)
            .expand(2, h.count() / h.groups())
            .reshape(batch, h.count(), time, h.width());
    return queries.matmulTransposed(keys).scale(1 / Math.sqrt(h.width()));
  }
}
