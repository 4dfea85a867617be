package reprise.dsl.scaling;

import reprise.dsl.data.Corpus;
import reprise.dsl.law.Law;
import reprise.dsl.model.DecoderFamily;
import reprise.dsl.unit.Checks;

/**
 * A scaling-law experiment that still needs its corpus: continue with {@link #corpus}.
 *
 * @param law the form to be fitted
 * @param family the models
 */
public record NeedsCorpus(Law law, DecoderFamily family) {
  public NeedsCorpus {
    Checks.present("law", law);
    Checks.present("models", family);
  }

  /** What the models are trained on. */
  public NeedsDesign corpus(Corpus corpus) {
    return new NeedsDesign(law, family, corpus);
  }
}
