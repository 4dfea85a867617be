package reprise.dsl.knowledge;

import java.util.List;
import reprise.dsl.model.TransformerModel;
import reprise.dsl.unit.Checks;

/**
 * An experiment on knowledge capacity that still needs the models that learn: continue with {@link
 * #models}.
 *
 * @param protocol how models are trained
 * @param facts what is to be known
 */
public record NeedsKnowers(CapacityProtocol protocol, List<Facts> facts) {
  public NeedsKnowers {
    Checks.present("protocol", protocol);
    facts = List.copyOf(facts);
  }

  /** The models, each trained on every set of facts. */
  public NeedsExposures models(TransformerModel... models) {
    return new NeedsExposures(protocol, facts, List.of(models));
  }
}
