package reprise.kernel.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import reprise.dsl.plan.Task;
import reprise.dsl.unit.Flops;
import reprise.dsl.unit.Numbers;

/** Why runs are rows without a result when a limit ended the plan. */
final class Limits {
  private Limits() {}

  static String time(Duration given) {
    return "not done: the time of "
        + Numbers.duration(given.toMillis() / 1000.0)
        + " was over; the same plan goes on with it";
  }

  static String work(Flops given) {
    return "not begun: the work of " + given + " was spent on the runs before";
  }

  /**
   * Those for which the work does not suffice, when the largest come first, as a pool takes them.
   */
  static List<Task> beyond(Flops work, List<Task> open) {
    List<Task> largest = new ArrayList<>(open);
    largest.sort(Comparator.comparingDouble(task -> -task.flops().count()));
    List<Task> beyond = new ArrayList<>();
    double planned = 0;
    for (Task task : largest) {
      if (planned + task.flops().count() > work.count()) {
        beyond.add(task);
      } else {
        planned += task.flops().count();
      }
    }
    return beyond;
  }
}
