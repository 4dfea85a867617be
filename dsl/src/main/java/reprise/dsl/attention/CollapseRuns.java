package reprise.dsl.attention;

import static reprise.dsl.attention.CollapseMeasures.BROKEN_AT;
import static reprise.dsl.attention.CollapseMeasures.COLLAPSED;
import static reprise.dsl.attention.CollapseMeasures.LEAST;
import static reprise.dsl.attention.CollapseMeasures.RISE;
import static reprise.dsl.attention.CollapseMeasures.SPIKE;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import reprise.dsl.result.RunOutcome.Finished;

/** What one finished run says. */
public final class CollapseRuns {
  private CollapseRuns() {}

  /** Entropy of the least head of all blocks at a look, counted from 0; NaN once a run broke. */
  public static double least(Finished<CollapseTask> run, int look) {
    CollapseTask task = run.task();
    return IntStream.rangeClosed(1, task.model().layers())
        .mapToObj(b -> run.readings().find(LEAST, CollapseMeasures.at(task.stepsAt(look), b)))
        .mapToDouble(value -> value.orElse(Double.NaN))
        .reduce(Double.POSITIVE_INFINITY, Math::min);
  }

  /** The same at every look of the run. */
  public static DoubleStream along(Finished<CollapseTask> run) {
    return IntStream.rangeClosed(0, run.task().looks()).mapToDouble(look -> least(run, look));
  }

  /** The least of all looks. */
  public static double least(Finished<CollapseTask> run) {
    return along(run).filter(Double::isFinite).min().orElse(0);
  }

  /** Whether a head's entropy was below a tenth of ln T at some look. */
  public static boolean collapsed(Finished<CollapseTask> run) {
    return least(run) < threshold(run.task());
  }

  /** A tenth of ln T. */
  public static double threshold(CollapseTask task) {
    return COLLAPSED * Math.log(task.model().context());
  }

  /** Rise of the training loss above its least before; infinite where the run broke. */
  public static double rise(Finished<CollapseTask> run) {
    return broke(run) ? Double.POSITIVE_INFINITY : run.readings().value(RISE);
  }

  /** Whether the loss rose by more than a nat or was no number any more. */
  public static boolean unstable(Finished<CollapseTask> run) {
    return rise(run) > SPIKE;
  }

  /** Whether the loss was no number any more. */
  public static boolean broke(Finished<CollapseTask> run) {
    return run.readings().value(BROKEN_AT) > 0;
  }

  /** Held-out loss; of a run that broke ln V, which is what knowing nothing costs. */
  public static double loss(Finished<CollapseTask> run) {
    return Double.isFinite(run.loss()) ? run.loss() : Math.log(run.task().model().vocabulary());
  }
}
