package reprise.dsl.scaling;

import reprise.dsl.law.Law;
import reprise.dsl.model.DecoderFamily;
import reprise.dsl.unit.Checks;

/**
 * A scaling-law experiment that still needs its models: continue with {@link #models}.
 *
 * @param law the form to be fitted
 */
public record NeedsModels(Law law) {
  public NeedsModels {
    Checks.present("law", law);
  }

  /** The models to train, one a width. */
  public NeedsCorpus models(DecoderFamily family) {
    return new NeedsCorpus(law, family);
  }
}
