package reprise.dsl.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Papers that are known, whether or not Reprise replays them yet. Found by {@link ServiceLoader},
 * so that anyone's list of papers can stand beside ours.
 */
public interface Catalogue {
  /** Its papers, in the order of families. */
  List<Entry> entries();

  /** The papers of every catalogue on the class path. */
  static List<Entry> all() {
    List<Entry> all = new ArrayList<>();
    ServiceLoader.load(Catalogue.class).forEach(c -> all.addAll(c.entries()));
    return List.copyOf(all);
  }
}
