package reprise.tensor.model;

import java.util.ArrayList;
import java.util.List;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.Shape;
import reprise.tensor.model.Decoder.Parameter;
import reprise.tensor.model.Decoder.Role;

/**
 * Parallel streams through one transformer, as one program with the functions of {@link
 * Transformer}. The prefixes are [P, entries, keys]; {@code aggregate_in} [P d, d] and {@code
 * aggregate_out} [d, P] with biases weigh the streams.
 */
public final class ParallelStreams {
  private ParallelStreams() {}

  /** The trained tensors, in order. Matrices are stored [in, out]. */
  public static List<Parameter> parameters(StreamsConfig config) {
    TransformerConfig model = config.model();
    List<Parameter> list = new ArrayList<>();
    for (Parameter p : Network.parameters(model)) {
      boolean prefix = p.name().endsWith("prefix_key") || p.name().endsWith("prefix_value");
      Shape shape =
          prefix ? Shape.of(config.streams(), p.shape().dim(0), p.shape().dim(1)) : p.shape();
      list.add(new Parameter(p.name(), p.role(), shape, p.deviation()));
    }
    matrix(list, "aggregate_in", config.streams() * model.width(), model.width());
    matrix(list, "aggregate_out", model.width(), config.streams());
    return list;
  }

  private static void matrix(List<Parameter> list, String name, int in, int out) {
    list.add(new Parameter(name, Role.MATRIX, Shape.of(in, out), 1 / Math.sqrt(in)));
    list.add(new Parameter(name + ".bias", Role.BIAS, Shape.of(out), 0));
  }

  /** The whole program. */
  public static Program program(StreamsConfig config, Training training, Corpus corpus) {
    return Transformer.program(
        "parallel_streams",
        config.model(),
        training,
        corpus,
        parameters(config),
        f -> new ParallelNetwork(config, f));
  }
}
