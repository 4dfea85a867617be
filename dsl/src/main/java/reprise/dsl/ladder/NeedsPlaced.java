package reprise.dsl.ladder;

import java.nio.file.Path;
import java.util.List;
import reprise.dsl.model.DecoderFamily;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Params;

/**
 * A measurement of density that still needs a model: continue with {@link #model} or {@link
 * #checkpoint}.
 *
 * @param ladder whose rulers measure it
 */
public record NeedsPlaced(LadderResult ladder) {
  public NeedsPlaced {
    Checks.present("ladder", ladder);
  }

  /** A model by its size, weights of matrix products, and its score in the ladder's benchmark. */
  public PlacedModels model(String name, Params params, double score) {
    return new PlacedModels(ladder, List.of()).model(name, params, score);
  }

  /**
   * A model by its weights, which are asked the ladder's benchmark: a safetensors file with the
   * names and shapes of a decoder here, such as {@value LadderTask#WEIGHTS} in the folder of a run.
   *
   * @param shape a decoder of one width with the ladder's context
   */
  public PlacedModels checkpoint(String name, DecoderFamily shape, Path file) {
    return new PlacedModels(ladder, List.of()).checkpoint(name, shape, file);
  }
}
