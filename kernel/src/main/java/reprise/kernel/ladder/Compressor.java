package reprise.kernel.ladder;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import reprise.dsl.knowledge.Precision;
import reprise.dsl.ladder.Compression;
import reprise.tensor.Backend;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.ir.Grid;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.ProgramBuilder;
import reprise.tensor.ir.Quantise;
import reprise.tensor.model.Decoder.Parameter;
import reprise.tensor.model.Decoder.Role;

/** Makes weights smaller: matrices [in, out] and the head; the rest stays as trained. */
final class Compressor {
  private final Backend backend;
  private final List<Parameter> matrices;

  Compressor(Backend backend, List<Parameter> parameters) {
    this.backend = backend;
    this.matrices =
        parameters.stream().filter(p -> p.role() == Role.MATRIX || p.role() == Role.HEAD).toList();
  }

  /** A copy of the weights, compressed. */
  Map<String, float[]> compress(Map<String, float[]> weights, Compression how) {
    Map<String, float[]> out = new LinkedHashMap<>(weights);
    switch (how) {
      case Compression.Pruned pruned ->
          matrices.forEach(p -> out.put(p.name(), pruned(weights.get(p.name()), pruned.share())));
      case Compression.Rounded rounded -> out.putAll(rounded(weights, grid(rounded.precision())));
    }
    return out;
  }

  /** Exactly that share becomes zero, the smallest magnitudes; of equal ones the first. */
  static float[] pruned(float[] weights, double share) {
    float[] kept = weights.clone();
    int cut = (int) Math.round(share * kept.length);
    IntStream.range(0, kept.length)
        .boxed()
        .sorted((i, j) -> Float.compare(Math.abs(weights[i]), Math.abs(weights[j])))
        .limit(cut)
        .forEach(i -> kept[i] = 0);
    return kept;
  }

  // others are refused by Compression.Rounded
  private static Grid grid(Precision precision) {
    return precision == Precision.INT8 ? Grid.INT8 : Grid.INT4;
  }

  private Map<String, float[]> rounded(Map<String, float[]> weights, Grid grid) {
    ProgramBuilder b = Program.builder("rounding");
    for (Parameter p : matrices) {
      b.parameter(p.name(), p.shape().dims().stream().mapToInt(Integer::intValue).toArray());
    }
    b.function(
        "round",
        f -> {
          for (Parameter p : matrices) {
            // the last axis but one is that of the inputs: one scale for each output
            Grid.Blocks channels = Grid.Blocks.along(p.shape().rank() - 2);
            f.update(p.name(), Quantise.round(f.read(p.name()), grid, channels));
          }
        });
    Map<String, float[]> out = new LinkedHashMap<>();
    try (Session session = backend.open(b.build(), SessionOptions.seed(0))) {
      matrices.forEach(p -> session.write(p.name(), weights.get(p.name())));
      session.run("round", 1).orThrow();
      matrices.forEach(p -> out.put(p.name(), session.read(p.name())));
    }
    return out;
  }
}
