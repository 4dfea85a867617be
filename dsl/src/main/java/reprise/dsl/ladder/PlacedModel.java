package reprise.dsl.ladder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import reprise.dsl.model.Decoder;
import reprise.dsl.unit.Bytes;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Counting;
import reprise.dsl.unit.Params;

/** A model of one's own that is put on a ladder. */
public sealed interface PlacedModel {
  /** In frame and chart. */
  String name();

  /**
   * By its score.
   *
   * @param name of the model
   * @param params weights of matrix products, as the ladder counts
   * @param score share of right answers in the ladder's benchmark
   */
  record ByScore(String name, Params params, double score) implements PlacedModel {
    public ByScore {
      Checks.text("model", name);
      Checks.present("parameters of " + name, params);
      if (params.counting() != Counting.MATRIX) {
        throw new IllegalArgumentException(
            name
                + ": a ladder counts weights of matrix products, got "
                + params
                + "; say params(..).matrix()");
      }
      if (!(score >= 0 && score <= 1)) {
        throw new IllegalArgumentException(
            name + ": a score is a share in [0, 1], got " + score + "; divide percent by 100");
      }
    }
  }

  /**
   * By its weights.
   *
   * @param name of the model
   * @param shape of the decoder over the ladder's vocabulary
   * @param file safetensors with the decoder's names and shapes
   * @param size of the file
   * @param changed when it last was; with path and size it identifies the weights
   */
  record ByWeights(String name, Decoder shape, Path file, Bytes size, Instant changed)
      implements PlacedModel {
    public ByWeights {
      Checks.text("model", name);
      Checks.present("shape of " + name, shape);
      Checks.present("file of " + name, file);
    }

    /**
     * Looks at the file once; reads no weights.
     *
     * @throws IllegalArgumentException when there is none
     */
    static ByWeights of(String name, Decoder shape, Path file) {
      try {
        return new ByWeights(
            name,
            shape,
            file,
            new Bytes(Files.size(file)),
            Files.getLastModifiedTime(file).toInstant());
      } catch (IOException missing) {
        throw new IllegalArgumentException(
            name
                + ": no checkpoint "
                + file.toAbsolutePath()
                + "; give a safetensors file, such as "
                + LadderTask.WEIGHTS
                + " in the folder of a run",
            missing);
      }
    }
  }
}
