package reprise.kernel.run;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What did not go as it should in a plan and changes no number: told once each, and recorded. */
final class Warnings {
  private final Watcher watcher;
  private final Set<String> told = new LinkedHashSet<>();

  Warnings(Watcher watcher) {
    this.watcher = watcher;
  }

  synchronized void tell(String what) {
    if (told.add(what)) {
      watcher.warned(what);
    }
  }

  /** Runs that failed in an earlier call. */
  void failedBefore(long runs) {
    if (runs > 0) {
      tell(runs + " runs failed before and are not tried again; run(.., again()) tries them");
    }
  }

  synchronized List<String> all() {
    return List.copyOf(told);
  }
}
