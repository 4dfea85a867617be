package reprise.dsl.translation;

import java.util.List;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Width;

/**
 * An experiment on translation that still needs to know how long to train: continue with {@link
 * #pairs}.
 *
 * @param grammar what is translated
 * @param width of encoder and decoder
 * @param depths blocks of encoders and of decoders
 */
public record NeedsPairs(Grammar grammar, Width width, List<Integer> depths) {
  public NeedsPairs {
    Checks.present("grammar", grammar);
    Checks.present("width", width);
    depths = List.copyOf(depths);
  }

  /** Sentence pairs that each model sees, each pair once. */
  public TranslationScaling pairs(int number) {
    return TranslationScaling.of(grammar, width, depths, number);
  }
}
