package reprise.tensor;

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
}
