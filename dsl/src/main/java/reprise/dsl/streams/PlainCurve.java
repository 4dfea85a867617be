package reprise.dsl.streams;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import reprise.dsl.RunFailure;
import reprise.dsl.result.RunOutcome.Finished;
import reprise.dsl.unit.Numbers;

/**
 * Losses of plain decoders of one seed over their size or compute: straight lines over the
 * logarithm.
 *
 * @param logSize natural logs, ascending
 * @param loss nats a token
 */
record PlainCurve(double[] logSize, double[] loss) {
  static PlainCurve of(List<Finished<StreamTask>> runs, ToDoubleFunction<StreamTask> size) {
    List<Finished<StreamTask>> sorted =
        runs.stream()
            .sorted(Comparator.comparingDouble(r -> size.applyAsDouble(r.task())))
            .toList();
    return new PlainCurve(
        sorted.stream().mapToDouble(r -> Math.log(size.applyAsDouble(r.task()))).toArray(),
        sorted.stream().mapToDouble(Finished::loss).toArray());
  }

  /** The loss at a size. */
  double lossAt(double size) {
    double x = Math.log(size);
    for (int i = 1; i < loss.length; i++) {
      if (x >= logSize[i - 1] && x <= logSize[i]) {
        double share = (x - logSize[i - 1]) / (logSize[i] - logSize[i - 1]);
        return loss[i - 1] + share * (loss[i] - loss[i - 1]);
      }
    }
    throw new RunFailure(
        "no plain decoders on both sides of "
            + Numbers.short3(size)
            + ": compare against(widths(...)) that reach it");
  }

  /** The least size at which the lines come down to a loss. */
  double sizeAt(double level) {
    for (int i = 1; i < loss.length; i++) {
      if (loss[i - 1] >= level && loss[i] <= level) {
        double share = loss[i - 1] == loss[i] ? 0 : (loss[i - 1] - level) / (loss[i - 1] - loss[i]);
        return Math.exp(logSize[i - 1] + share * (logSize[i] - logSize[i - 1]));
      }
    }
    throw new RunFailure(
        "no plain decoders on both sides of a loss of "
            + Numbers.significant(level, 4)
            + ": compare against(widths(...)) that reach it");
  }
}
