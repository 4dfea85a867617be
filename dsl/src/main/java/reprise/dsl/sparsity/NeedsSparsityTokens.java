package reprise.dsl.sparsity;

import java.util.List;
import reprise.dsl.data.Corpus;
import reprise.dsl.model.TransformerModel;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Tokens;

/**
 * An experiment on activation sparsity that still needs to know how long: continue with {@link
 * #tokens}.
 *
 * @param metric how neurons are counted
 * @param models what is trained
 * @param corpus what is read
 */
public record NeedsSparsityTokens(CettPpl metric, List<TransformerModel> models, Corpus corpus) {
  public NeedsSparsityTokens {
    Checks.present("corpus", corpus);
    models = List.copyOf(models);
  }

  /** What every model reads, D. */
  public SparsingLaw tokens(Tokens tokens) {
    return new SparsingLaw(
        metric,
        models,
        corpus,
        tokens,
        List.of(Activation.RELU, Activation.SILU),
        SparsingLaw.CHECKPOINTS,
        1,
        SparsingLaw.RATE);
  }
}
