package reprise.kernel.run;

import java.util.Locale;
import java.util.Optional;
import reprise.dsl.plan.Patience;
import reprise.dsl.plan.TrainTask;
import reprise.dsl.unit.Numbers;

/**
 * Patience with one run. Decides from the losses of all steps so far and nothing else, so that a
 * run that was resumed decides as one that was not.
 *
 * @param rule of the experiment
 * @param steps between two looks
 * @param of steps of the whole run
 */
record EarlyStop(Patience rule, int steps, int of) {
  static Optional<EarlyStop> of(TrainTask task) {
    return task.patience().map(rule -> new EarlyStop(rule, rule.steps(task), task.steps()));
  }

  /** Steps until the next look, from a step on. */
  int untilLook(int done) {
    return steps - done % steps;
  }

  /**
   * Why the run ends after so many steps; empty while it goes on. Asked at every look.
   *
   * @param losses of the run's steps, of which the first {@code done} are known
   */
  Optional<String> reason(float[] losses, int done) {
    if (done % steps != 0 || done >= of) {
      return Optional.empty();
    }
    double least = Double.POSITIVE_INFINITY;
    int at = 0;
    for (int look = steps; look <= done; look += steps) {
      double mean = mean(losses, look - steps, look);
      // a new least one: mean <= (1 - gain) least, and strictly less
      if (mean < least && mean <= (1 - rule.gain()) * least) {
        least = mean;
        at = look;
      }
    }
    if (done - at < rule.looks() * steps) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "stopped early at step %d of %d because %s in a row found no training loss %s %% below"
                + " %.4f, the least so far, at step %d",
            done,
            of,
            rule.looks() == 1 ? "1 look" : rule.looks() + " looks",
            Numbers.significant(100 * rule.gain(), 3),
            least,
            at));
  }

  private static double mean(float[] losses, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += losses[i];
    }
    return sum / (to - from);
  }
}
