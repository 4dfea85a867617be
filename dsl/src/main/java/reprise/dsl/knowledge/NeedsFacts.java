package reprise.dsl.knowledge;

import java.util.Arrays;
import java.util.List;
import reprise.dsl.unit.Checks;

/**
 * An experiment on knowledge capacity that still needs its facts: continue with {@link #people} or
 * {@link #facts}.
 *
 * @param protocol how models are trained
 */
public record NeedsFacts(CapacityProtocol protocol) {
  public NeedsFacts {
    Checks.present("protocol", protocol);
  }

  /** Numbers of people, each with the facts of {@link BioD#mini}. */
  public NeedsKnowers people(int... numbers) {
    return new NeedsKnowers(protocol, Arrays.stream(numbers).<Facts>mapToObj(BioD::mini).toList());
  }

  /** Other facts. */
  public NeedsKnowers facts(Facts... sets) {
    return new NeedsKnowers(protocol, List.of(sets));
  }
}
