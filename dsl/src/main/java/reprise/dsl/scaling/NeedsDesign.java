package reprise.dsl.scaling;

import java.util.List;
import reprise.dsl.data.Corpus;
import reprise.dsl.law.Law;
import reprise.dsl.model.DecoderFamily;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Flops;
import reprise.dsl.unit.Tokens;

/**
 * A scaling-law experiment that still needs to know how long to train: continue with {@link
 * #budgets} for IsoFLOP valleys or with {@link #tokens} for a grid.
 *
 * @param law the form to be fitted
 * @param family the models
 * @param corpus what they are trained on
 */
public record NeedsDesign(Law law, DecoderFamily family, Corpus corpus) {
  public NeedsDesign {
    Checks.present("law", law);
    Checks.present("models", family);
    Checks.present("corpus", corpus);
  }

  /** Every model at every compute budget: {@code D = C / (6 N)}. */
  public ScalingLaw budgets(Flops... budgets) {
    return ScalingLaw.of(law, family, corpus, new Design.IsoFlop(List.of(budgets)));
  }

  /** Every model at every number of tokens. */
  public ScalingLaw tokens(Tokens... tokens) {
    return ScalingLaw.of(law, family, corpus, new Design.Grid(List.of(tokens)));
  }
}
