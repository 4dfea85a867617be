package reprise.kernel.shell;

/** Learns what is compiled and run: where a debugger sets its breakpoints. */
public interface RunListener {
  /** A snippet has become a class, which is loaded and has not run. */
  void loaded(CellLines lines);

  /** The code of a snippet runs next, on a thread of its own; waits until this returns. */
  void beforeRun(CellLines lines);
}
