package reprise.tensor.reference;

import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.State;

/** State of a group's member: data tensors in a map that all members of a program share. */
final class SharedState extends AbstractMap<String, Object> {
  private final Map<String, Object> own = new HashMap<>();
  private final Map<String, Object> data;
  private final Program program;

  SharedState(Program program, Map<String, Object> data) {
    this.program = program;
    this.data = data;
  }

  private Map<String, Object> of(Object name) {
    State s = program.states().get(name);
    return s != null && s.kind() == State.Kind.DATA ? data : own;
  }

  @Override
  public Object get(Object name) {
    return of(name).get(name);
  }

  @Override
  public Object put(String name, Object value) {
    return of(name).put(name, value);
  }

  @Override
  public Set<Entry<String, Object>> entrySet() {
    Map<String, Object> all = new HashMap<>(data);
    all.putAll(own);
    return Map.copyOf(all).entrySet();
  }
}
