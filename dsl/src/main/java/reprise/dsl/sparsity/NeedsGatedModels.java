package reprise.dsl.sparsity;

import java.util.List;
import reprise.dsl.model.TransformerModel;
import reprise.dsl.unit.Checks;

/**
 * An experiment on activation sparsity that still needs its models: continue with {@link #models}.
 *
 * @param metric how neurons are counted
 */
public record NeedsGatedModels(CettPpl metric) {
  public NeedsGatedModels {
    Checks.present("metric", metric);
  }

  /** Models with gated feed-forward blocks, each trained with every activation. */
  public NeedsSparsityText models(TransformerModel... models) {
    return new NeedsSparsityText(metric, List.of(models));
  }
}
