package reprise.dsl.translation;

import java.util.Arrays;
import java.util.List;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Width;

/**
 * An experiment on translation that still needs its models: continue with {@link #depths}.
 *
 * @param grammar what is translated
 * @param width of encoder and decoder
 */
public record NeedsDepths(Grammar grammar, Width width) {
  public NeedsDepths {
    Checks.present("grammar", grammar);
    Checks.present("width", width);
  }

  /** Encoders and decoders of these numbers of blocks, every pair of them. */
  public NeedsPairs depths(int... blocks) {
    List<Integer> all = Arrays.stream(blocks).boxed().sorted().distinct().toList();
    if (all.size() != blocks.length || all.isEmpty() || all.getFirst() < 1) {
      throw new IllegalArgumentException(
          "depths: give numbers of blocks once each, such as depths(1, 2, 3), got "
              + Arrays.toString(blocks));
    }
    return new NeedsPairs(grammar, width, all);
  }
}
