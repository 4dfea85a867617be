package reprise.dsl.attention;

import java.util.List;
import reprise.dsl.data.Corpus;
import reprise.dsl.model.DecoderFamily;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Tokens;

/**
 * An experiment on the entropy of attention that still needs its learning rates: continue with
 * {@link #learningRates}.
 *
 * @param models what is trained
 * @param corpus what is read
 * @param tokens D of every run
 */
public record NeedsRates(DecoderFamily models, Corpus corpus, Tokens tokens) {
  public NeedsRates {
    Checks.present("tokens", tokens);
  }

  /** Peak learning rates, ascending; every model is trained at each. */
  public EntropyCollapse learningRates(Double... rates) {
    return new EntropyCollapse(
        models,
        corpus,
        tokens,
        List.of(rates),
        List.of(MatrixScale.PLAIN, MatrixScale.SPECTRAL_NORM, MatrixScale.SIGMA_REPARAM),
        TrainingRecipe.BARE,
        EntropyCollapse.LOOKS,
        1);
  }
}
