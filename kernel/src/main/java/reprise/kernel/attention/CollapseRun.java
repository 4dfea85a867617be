package reprise.kernel.attention;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import reprise.dsl.attention.CollapseMeasures;
import reprise.dsl.attention.CollapseTask;
import reprise.dsl.result.LossCurve;
import reprise.dsl.result.Measure;
import reprise.dsl.result.Reading;
import reprise.dsl.result.Readings;
import reprise.dsl.result.RunOutcome;
import reprise.kernel.data.Text;
import reprise.kernel.run.RunContext;
import reprise.kernel.run.TrainingLog;
import reprise.kernel.store.Resume;
import reprise.tensor.NativeFailure;
import reprise.tensor.RunReport;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.model.AttentionProbe;

/**
 * One run: trains and looks at attention before the first step and at equal distances. That a loss
 * is no number any more ends the run and is what it finds.
 */
final class CollapseRun implements TrainingLog.Pauses {
  private final CollapseTask task;
  private final Text text;
  private final RunContext context;
  private final List<Look> looks = new ArrayList<>();

  CollapseRun(CollapseTask task, Text text, RunContext context) {
    this.task = task;
    this.text = text;
    this.context = context;
  }

  /** Carries it out. */
  RunOutcome run() {
    TrainingLog log = new TrainingLog(task, context, "a lower learning rate than " + task.rate());
    try (Session session =
            context
                .backend()
                .open(CollapseCompiler.program(task, text), SessionOptions.seed(task.seed()));
        var _ = context.onCancel(session::cancel)) {
      session.write("train_tokens", text.train());
      session.write("eval_tokens", text.heldOut());
      session.write("probed", probed());
      session.run("initialise", 1).orThrow();
      at(session);
      boolean broke = false;
      try {
        log.train(session, "train_step", this);
      } catch (TrainingLog.Ended ended) {
        if (context.cancelled()) {
          return new RunOutcome.Failed(task, ended.getMessage());
        }
        broke = true;
      }
      double loss = broke ? Double.NaN : heldOut(session);
      return new RunOutcome.Finished<>(
          task, loss, curve(log), readings(log, broke), log.seconds(), session.digest());
    } catch (TrainingLog.Ended | NativeFailure | IllegalStateException failure) {
      return new RunOutcome.Failed(task, failure.getMessage());
    }
  }

  private double heldOut(Session session) {
    RunReport report = session.run("evaluate", CollapseCompiler.evaluationSteps(task, text));
    return report.end() instanceof RunReport.NonFinite ? Double.NaN : report.orThrow().mean("loss");
  }

  /** Windows spread evenly over the held-out text. */
  private int[] probed() {
    int length = task.model().context();
    int[] tokens = new int[CollapseTask.WINDOWS * length];
    int room = text.heldOut().length / length;
    for (int w = 0; w < CollapseTask.WINDOWS; w++) {
      int from = (int) ((long) w * room / CollapseTask.WINDOWS) * length;
      System.arraycopy(text.heldOut(), from, tokens, w * length, length);
    }
    return tokens;
  }

  @Override
  public int after(int done) {
    return task.stepsAt(looks.size());
  }

  @Override
  public void at(Session session) {
    session.run("attention", 1).orThrow(); // stopped before it, nothing was looked at
    float[][] scores = new float[task.model().layers()][];
    for (int l = 0; l < scores.length; l++) {
      scores[l] = session.output("attention", AttentionProbe.scores(l));
    }
    looks.add(Look.of(scores, task.model().heads(), task.model().context()));
  }

  @Override
  public Resume keep(Resume resume) {
    Resume all = resume;
    for (int k = 0; k < looks.size(); k++) {
      all = all.series("look" + k, looks.get(k).numbers());
    }
    return all;
  }

  @Override
  public void recall(Resume kept) {
    looks.clear();
    while (kept.series("look" + looks.size()).length > 0) {
      looks.add(Look.of(kept.series("look" + looks.size())));
    }
  }

  /** Losses up to the last that is a number. */
  private static float[] finite(TrainingLog log) {
    float[] losses = log.losses();
    int n = 0;
    while (n < losses.length && Float.isFinite(losses[n])) {
      n++;
    }
    return Arrays.copyOf(losses, n);
  }

  /** As it is, or up to where the loss broke. */
  private static LossCurve curve(TrainingLog log) {
    LossCurve curve = log.curve();
    int n = 0;
    while (n < curve.size() && Double.isFinite(curve.losses()[n])) {
      n++;
    }
    return new LossCurve(Arrays.copyOf(curve.steps(), n), Arrays.copyOf(curve.losses(), n));
  }

  private Readings readings(TrainingLog log, boolean broke) {
    List<Reading> all = new ArrayList<>();
    float margin = Float.POSITIVE_INFINITY;
    for (int k = 0; k < looks.size(); k++) {
      Look look = looks.get(k);
      margin = Math.min(margin, look.margin());
      for (int l = 0; l < look.mean().length; l++) {
        String at = CollapseMeasures.at(task.stepsAt(k), l + 1);
        all.add(new Reading(CollapseMeasures.MEAN, at, look.mean()[l]));
        all.add(new Reading(CollapseMeasures.LEAST, at, look.least()[l]));
      }
    }
    float[] losses = finite(log);
    add(all, CollapseMeasures.MARGIN, margin);
    add(all, CollapseMeasures.RISE, rise(losses));
    add(all, CollapseMeasures.BROKEN_AT, broke ? losses.length + 1 : 0);
    return Readings.of(all);
  }

  private static void add(List<Reading> all, Measure measure, double value) {
    all.add(new Reading(measure, "", value));
  }

  /** max over steps of L_t - min over s &lt;= t of L_s. */
  static double rise(float... losses) {
    double least = Double.POSITIVE_INFINITY;
    double rise = 0;
    for (float loss : losses) {
      least = Math.min(least, loss);
      rise = Math.max(rise, loss - least);
    }
    return rise;
  }
}
