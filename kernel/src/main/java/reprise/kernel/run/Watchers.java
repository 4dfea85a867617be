package reprise.kernel.run;

import java.util.concurrent.atomic.AtomicReference;

/** Who watches the plans of this process: standard error unless a front end says otherwise. */
public final class Watchers {
  private static final AtomicReference<Watcher> CURRENT = new AtomicReference<>();

  private Watchers() {}

  /** Replaces the watcher of all plans that start from now on. */
  public static void use(Watcher watcher) {
    CURRENT.set(watcher);
  }

  /** The watcher of a plan that starts now. */
  public static Watcher current() {
    Watcher chosen = CURRENT.get();
    return chosen == null ? Console.standardError() : chosen;
  }
}
