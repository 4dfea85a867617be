package reprise.dsl.knowledge;

import java.util.Arrays;
import java.util.List;
import reprise.dsl.model.TransformerModel;
import reprise.dsl.unit.Checks;

/**
 * An experiment on knowledge capacity that still needs to say how often each person is met:
 * continue with {@link #exposures}.
 *
 * @param protocol how models are trained
 * @param facts what is to be known
 * @param models what learns
 */
public record NeedsExposures(
    CapacityProtocol protocol, List<Facts> facts, List<TransformerModel> models) {
  public NeedsExposures {
    Checks.present("protocol", protocol);
    facts = List.copyOf(facts);
    models = List.copyOf(models);
  }

  /** How often each person is met in training; each number is a run of its own. */
  public KnowledgeCapacity exposures(int... numbers) {
    return KnowledgeCapacity.of(protocol, facts, models, Arrays.stream(numbers).boxed().toList());
  }
}
