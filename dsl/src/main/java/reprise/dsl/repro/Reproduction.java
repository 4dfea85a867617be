package reprise.dsl.repro;

import java.util.List;
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
}
