package reprise.kernel.shell;

/** How a cell ended. */
public sealed interface Outcome {
  /** The last expression had a value, possibly null. */
  record Value(Object value) implements Outcome {}

  /** Ran to its end; the last statement has no value to show. */
  record Done() implements Outcome {}

  /** Did not compile, or threw. What ran before the failure stays. */
  record Failed(Failure failure) implements Outcome {}

  /** Was stopped by {@link Shell#stop}. */
  record Stopped(Failure failure) implements Outcome {}
}
