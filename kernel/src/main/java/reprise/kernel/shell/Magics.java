package reprise.kernel.shell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The magics there are, by name. */
public final class Magics {
  private final Map<String, Magic> byName = new LinkedHashMap<>();

  Magics() {
    for (var magic : BuiltInMagics.all()) {
      register(magic);
    }
    for (var magic : ServiceLoader.load(Magic.class, Magic.class.getClassLoader())) {
      register(magic);
    }
  }

  /** Adds a magic, in the place of an earlier one of the same name. */
  public synchronized void register(Magic magic) {
    magic.names().forEach(name -> byName.put(name, magic));
  }

  /** The names, for completion. */
  public synchronized List<String> names() {
    return byName.keySet().stream().sorted().toList();
  }

  /** Name and help of each. */
  synchronized Map<String, String> help() {
    return byName.values().stream()
        .distinct()
        .collect(
            Collectors.toMap(
                m -> m.names().getFirst(), Magic::help, (a, b) -> a, LinkedHashMap::new));
  }

  Object run(Magic.Call call) throws Exception {
    Magic magic;
    synchronized (this) {
      magic = byName.get(call.name());
    }
    if (magic == null) {
      throw call.error("there is no such magic; known are %" + String.join(", %", names()));
    }
    return magic.run(call);
  }
}
