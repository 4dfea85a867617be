package reprise.kernel.run;

import java.time.Duration;
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
}
