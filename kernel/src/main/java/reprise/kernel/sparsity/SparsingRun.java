package reprise.kernel.sparsity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reprise.dsl.result.Readings;
import reprise.dsl.result.RunOutcome;
import reprise.dsl.sparsity.SparsingTask;
import reprise.kernel.data.Text;
import reprise.kernel.run.LossBins;
import reprise.kernel.run.RunContext;
import reprise.kernel.store.Resume;
import reprise.tensor.NativeFailure;
import reprise.tensor.RunReport;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.model.Decoder.Parameter;
import reprise.tensor.model.Transformer;

/** One run: trains, keeps the weights of every checkpoint, and looks at all of them at the end. */
final class SparsingRun {
  /** Steps of one call of the backend: long enough to stay there, short enough to show progress. */
  private static final int STEPS_A_CALL = 128;

  private final SparsingTask task;
  private final Text text;
  private final RunContext context;
  private final List<Parameter> parameters;

  /** Weights by parameter name at each checkpoint so far. */
  private final List<Map<String, float[]>> checkpoints = new ArrayList<>();

  SparsingRun(SparsingTask task, Text text, RunContext context) {
    this.task = task;
    this.text = text;
    this.context = context;
    this.parameters = Transformer.parameters(SparsingCompiler.config(task));
  }

  /** Carries it out. */
  RunOutcome run() {
    Optional<Resume> kept = context.resume(task);
    long start = System.nanoTime() - (long) (1e9 * kept.map(Resume::seconds).orElse(0.0));
    float[] losses = new float[task.steps()];
    try (Session session =
            context
                .backend()
                .open(SparsingCompiler.program(task, text), SessionOptions.seed(task.seed()));
        var _ = context.onCancel(session::cancel)) {
      session.write("train_tokens", text.train());
      session.write("eval_tokens", text.heldOut());
      session.run("initialise", 1).orThrow();
      int done = 0;
      if (kept.isPresent()) {
        session.restore(kept.get().state());
        float[] before = kept.get().series("loss");
        System.arraycopy(before, 0, losses, 0, before.length);
        done = kept.get().step();
        recall(kept.get());
      }
      while (done < losses.length) {
        if (context.cancelled()) {
          return new RunOutcome.Failed(task, "cancelled at step " + done);
        }
        int next = task.stepsAt(checkpoints.size() + 1);
        RunReport report = session.run("train_step", Math.min(STEPS_A_CALL, next - done));
        System.arraycopy(report.series("loss"), 0, losses, done, report.done());
        done += report.done();
        context.progress(task, report.done(), done == 0 ? Double.NaN : losses[done - 1]);
        if (report.end() instanceof RunReport.NonFinite broken) {
          return new RunOutcome.Failed(task, notFinite(broken, done));
        }
        if (done == next) {
          checkpoints.add(weights(session));
        }
        int now = done;
        context.keep(task, () -> resume(now, start, session, losses));
      }
      String digest = session.digest();
      double loss =
          session
              .run("evaluate", SparsingCompiler.evaluationSteps(text))
              .orThrow()
              .mean("loss");
      Readings readings;
      try (NeuronReader reader = new NeuronReader(task, text, context)) {
        readings = reader.read(checkpoints);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      return new RunOutcome.Finished<>(
          task, loss, LossBins.curve(losses), readings, seconds, digest);
    } catch (NativeFailure | IllegalStateException failure) {
      return new RunOutcome.Failed(task, failure.getMessage());
    }
  }

  private String notFinite(RunReport.NonFinite broken, int done) {
    return broken.output()
        + " is "
        + broken.value()
        + " at step "
        + done
        + " of "
        + task.steps()
        + "; a lower learning rate than "
        + task.peakRate()
        + " may help";
  }

  private Map<String, float[]> weights(Session session) {
    Map<String, float[]> weights = new LinkedHashMap<>();
    parameters.forEach(p -> weights.put(p.name(), session.read(p.name())));
    return weights;
  }

  private Resume resume(int done, long start, Session session, float[] losses) {
    Resume resume =
        Resume.at(done, (System.nanoTime() - start) / 1e9, session)
            .series("loss", Arrays.copyOf(losses, done));
    for (int c = 0; c < checkpoints.size(); c++) {
      for (Map.Entry<String, float[]> weight : checkpoints.get(c).entrySet()) {
        resume = resume.series(name(c, weight.getKey()), weight.getValue());
      }
    }
    return resume;
  }

  private void recall(Resume kept) {
    while (kept.series(name(checkpoints.size(), parameters.getFirst().name())).length > 0) {
      int c = checkpoints.size();
      Map<String, float[]> weights = new LinkedHashMap<>();
      parameters.forEach(p -> weights.put(p.name(), kept.series(name(c, p.name()))));
      checkpoints.add(weights);
    }
  }

  private static String name(int checkpoint, String parameter) {
    return "checkpoint" + (checkpoint + 1) + "." + parameter;
  }
}
