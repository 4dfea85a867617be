package reprise.dsl.repro;

import java.net.URL;
import java.util.List;
import java.util.Optional;
import reprise.dsl.claim.Card;

/**
 * A paper's card together with the experiments that test it. Found by {@link
 * java.util.ServiceLoader}, so that nothing but the reproduction's own module needs to know it.
 */
public interface Reproduction {
  /** What the paper says. */
  Card card();

  /** The experiments at that scale, in the order they run; ids of claims are the card's. */
  List<Part<?>> parts(Scale scale);

  /**
   * A file of what came out when this was run for the record: {@code record.json} with the
   * verdicts, and the rows of each part, {@code <part>.csv}. They lie beside the class, in a folder
   * named after the scale.
   */
  default Optional<URL> recorded(Scale scale, String file) {
    return Optional.ofNullable(getClass().getResource(scale.word() + "/" + file));
  }
}
