package reprise.tensor;

import java.util.List;
import reprise.tensor.ir.Program;

/**
 * Many independent models that run together: one downcall runs the steps of all members, shared out
 * over threads, each member by itself on one thread and without waiting for another. A member's
 * bits are those of its program alone in a {@link Session}, for every number of threads and every
 * company.
 *
 * <p>Members of one program share its data tensors ({@link reprise.tensor.ir.State.Kind#DATA}):
 * what one member writes there, all of its program see. All other state is a member's own: settings
 * ({@link reprise.tensor.ir.State.Kind#SETTING}) such as its learning rate are written to each. A
 * member that meets NaN or infinity stops alone and is left out of later runs until it is restored.
 */
public interface Group extends AutoCloseable {
  /**
   * Members that run one program.
   *
   * @param program what they run
   * @param members seed and run number of each; threads must be 1
   */
  record Part(Program program, List<SessionOptions> members) {
    public Part {
      members = List.copyOf(members);
      for (SessionOptions o : members) {
        if (o.threads() != 1) {
          throw new IllegalArgumentException(
              "a member of a group runs on one thread, got " + o.threads());
        }
        if (o.checked()) {
          throw new IllegalArgumentException(
              "a group cannot check every value; a member that stops is replayed and its node is"
                  + " named anyway, or open the program alone");
        }
      }
    }
  }

  /** What computes it. */
  BackendInfo backend();

  /**
   * The members in order, part by part, as sessions: read, write and restore each as usual. A run
   * of one member runs it alone; cancel ends the run of the whole group; close does nothing.
   */
  List<Session> members();

  /** Runs a function of every member for some steps and stops members at NaN and infinity. */
  default List<MemberReport> run(String function, int steps) {
    return run(Phases.of(function, steps), RunControl.DEFAULT);
  }

  /**
   * Runs phases of every member in one call of the backend.
   *
   * @return one report for each member, in order
   * @throws NativeFailure if a step of a member cannot be computed; the message names the member
   */
  List<MemberReport> run(Phases phases, RunControl control);

  /** Replaces an f32 data tensor of every program that has it. */
  default void share(String state, float[] values) {
    Sharing.write(this, state, s -> s.write(state, values));
  }

  /** Replaces an i32 data tensor of every program that has it. */
  default void share(String state, int[] values) {
    Sharing.write(this, state, s -> s.write(state, values));
  }

  /** Steps of all members that are done, of those asked for; callable from any thread. */
  Progress progress();

  /** Ends the run in progress or the next one; every member completes its step at hand. */
  void cancel();

  /** Frees all memory; waits for a run in progress. */
  @Override
  void close();
}
