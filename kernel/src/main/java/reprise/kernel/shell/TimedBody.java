package reprise.kernel.shell;

/** What {@code %timeit} makes of the code it measures. */
@FunctionalInterface
public interface TimedBody {
  /** Runs the code once; the value keeps it from being optimised away. */
  Object run() throws Throwable;
}
