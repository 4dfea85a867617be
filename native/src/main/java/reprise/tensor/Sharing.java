package reprise.tensor;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Consumer;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.State;

/** Data tensors that the members of a program have in common. */
final class Sharing {
  private Sharing() {}

  /** Writes through the first member of each program that has the data tensor. */
  static void write(Group group, String state, Consumer<Session> write) {
    Set<Program> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    boolean found = false;
    for (Session s : group.members()) {
      State known = s.program().states().get(state);
      if (known != null && seen.add(s.program())) {
        if (known.kind() != State.Kind.DATA) {
          throw new IllegalArgumentException(
              "state "
                  + state
                  + " is "
                  + known.kind()
                  + ", not DATA: write it to each member, members do not share it");
        }
        write.accept(s);
        found = true;
      }
    }
    if (!found) {
      throw new IllegalArgumentException("no program of the group has a state '" + state + "'");
    }
  }
}
