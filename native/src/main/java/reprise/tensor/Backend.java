package reprise.tensor;

import java.util.List;
import reprise.tensor.ir.Program;

/** Something that runs tensor programs. Safe for use from several threads. */
public interface Backend {
  /** What results record about the arithmetic behind them. */
  BackendInfo info();

  /**
   * Makes a session: state tensors at zero, nothing run. Sessions are independent; each is used
   * from one thread at a time, except {@link Session#progress} and {@link Session#cancel}.
   *
   * @throws NativeFailure if the backend refuses the program or memory cannot be had
   */
  Session open(Program program, SessionOptions options);

  /**
   * Makes a group: members of one or more programs that run together on some threads.
   *
   * @throws NativeFailure if the backend refuses a program or memory cannot be had
   */
  Group openGroup(List<Group.Part> parts, int threads);

  /** Makes a group of members of one program. */
  default Group openGroup(Program program, List<SessionOptions> members, int threads) {
    return openGroup(List.of(new Group.Part(program, members)), threads);
  }
}
