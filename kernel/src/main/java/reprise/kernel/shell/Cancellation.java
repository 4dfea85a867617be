package reprise.kernel.shell;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How long work outside Java bytecode is stopped: a native run registers what sets its own flag.
 *
 * <pre>{@code
 * try (var _ = Cancellation.onStop(status::cancel)) {
 *   steps(status);
 * }
 * }</pre>
 *
 * <p>While a hook is registered the first interrupt only calls the hooks, so that the run can end
 * at its next step and hand back what it has; the cell then ends after the statement it is in. A
 * second interrupt stops the cell's own code as well.
 */
public final class Cancellation {
  private static final Set<Hook> HOOKS = ConcurrentHashMap.newKeySet();
  private static final AtomicInteger REQUESTS = new AtomicInteger();

  private Cancellation() {}

  /** A registered hook; closing takes it away. */
  public static final class Hook implements AutoCloseable {
    private final Runnable action;

    private Hook(Runnable action) {
      this.action = action;
    }

    @Override
    public void close() {
      HOOKS.remove(this);
    }
  }

  /** Calls the action when the user interrupts, from another thread; it must return at once. */
  public static Hook onStop(Runnable action) {
    var hook = new Hook(action);
    HOOKS.add(hook);
    return hook;
  }

  /** Whether the user has interrupted the running cell. */
  public static boolean requested() {
    return REQUESTS.get() > 0;
  }

  /** Forgets earlier interrupts: a new cell begins. */
  static void begin() {
    REQUESTS.set(0);
  }

  /** Calls every hook; false where there was none to call, or this is not the first interrupt. */
  static boolean request() {
    boolean first = REQUESTS.getAndIncrement() == 0;
    boolean called = false;
    for (var hook : HOOKS) {
      called = true;
      try {
        hook.action.run();
      } catch (RuntimeException e) {
        System.err.println("A cancel hook threw " + e + "; the interrupt goes on without it.");
      }
    }
    return called && first;
  }
}
