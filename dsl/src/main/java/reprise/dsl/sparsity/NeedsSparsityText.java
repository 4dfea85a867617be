package reprise.dsl.sparsity;

import java.util.List;
import reprise.dsl.data.Corpus;
import reprise.dsl.model.TransformerModel;

/**
 * An experiment on activation sparsity that still needs what is read: continue with {@link
 * #corpus}.
 *
 * @param metric how neurons are counted
 * @param models what is trained
 */
public record NeedsSparsityText(CettPpl metric, List<TransformerModel> models) {
  public NeedsSparsityText {
    models = List.copyOf(models);
  }

  /** What every model reads; a tenth is held out. */
  public NeedsSparsityTokens corpus(Corpus corpus) {
    return new NeedsSparsityTokens(metric, models, corpus);
  }
}
