package reprise.tensor.model;

import java.util.function.BiFunction;
import reprise.tensor.ir.FunctionBuilder;
import reprise.tensor.ir.Pointwises;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.ProgramBuilder;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.Value;
import reprise.tensor.model.Decoder.Parameter;
import reprise.tensor.model.TransformerConfig.FeedForward;

/**
 * Looks at the neurons of a decoder's feed-forward blocks, plain or gated, on given windows. The
 * caller writes parameters, {@code windows} and {@code targets} i32 [B, T]. Functions:
 *
 * <ul>
 *   <li>{@code neurons}: outputs {@code layer0}, {@code layer1}, ... [B, T, m], the hidden layer of
 *       each block: neuron i adds its value times row i of {@code mlp_out} to the block's output.
 *   <li>{@code truncated}: output {@code loss}, nats a token, where neuron i of block l counts only
 *       if its magnitude is at least state {@code least<l>} [m] at i; with zeros it is the model's.
 * </ul>
 */
public final class NeuronProbe {
  private NeuronProbe() {}

  /** Neurons m of one block. */
  public static int width(TransformerConfig config) {
    return switch (config.feedForward()) {
      case FeedForward.Plain p -> p.width();
      case FeedForward.Gated g -> g.width();
      case FeedForward.None _, FeedForward.Experts _ ->
          throw new IllegalArgumentException(
              "neurons are read of plain and gated feed-forward blocks, got "
                  + config.feedForward());
    };
  }

  /** The state that holds the smallest magnitudes of a block. */
  public static String least(int layer) {
    return "least" + layer;
  }

  /** The output that holds the neurons of a block. */
  public static String neurons(int layer) {
    return "layer" + layer;
  }

  /**
   * The program.
   *
   * @param windows B, how many are looked at together
   */
  public static Program program(TransformerConfig config, int windows) {
    int width = width(config);
    ProgramBuilder b = Program.builder("neurons");
    for (Parameter p : Transformer.parameters(config)) {
      b.state(p.name(), Transformer.type(p), State.Kind.PARAMETER);
    }
    b.state("windows", TensorType.i32(windows, config.context()), State.Kind.DATA);
    b.state("targets", TensorType.i32(windows, config.context()), State.Kind.DATA);
    for (int l = 0; l < config.layers(); l++) {
      b.state(least(l), TensorType.f32(width), State.Kind.DATA);
    }
    b.function(
        "neurons",
        f -> {
          Value loss =
              loss(
                  config,
                  f,
                  (hidden, layer) -> {
                    f.output(neurons(layer), hidden);
                    return hidden;
                  });
          f.output("loss", loss);
        });
    b.function(
        "truncated",
        f ->
            f.output(
                "loss",
                loss(
                    config,
                    f,
                    (hidden, layer) -> {
                      Value dropped = Pointwises.less(Pointwises.abs(hidden), f.read(least(layer)));
                      return hidden.mul(dropped.affine(-1, 1));
                    })));
    return b.build();
  }

  private static Value loss(
      TransformerConfig config, FunctionBuilder f, BiFunction<Value, Integer, Value> at) {
    WholeNetwork network =
        new WholeNetwork(config, f) {
          private int layer;

          @Override
          Value neurons(Value hidden, String name) {
            return at.apply(hidden, layer++);
          }
        };
    return network.logits(f.read("windows")).crossEntropy(f.read("targets")).mean();
  }
}
