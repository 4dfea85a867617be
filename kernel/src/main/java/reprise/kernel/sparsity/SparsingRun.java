package reprise.kernel.sparsity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reprise.dsl.result.Readings;
import reprise.dsl.result.RunOutcome;
import reprise.dsl.sparsity.SparsingTask;
import reprise.kernel.data.Text;
import reprise.kernel.run.RunContext;
import reprise.kernel.run.TrainingLog;
import reprise.kernel.store.Resume;
import reprise.tensor.NativeFailure;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.model.Decoder.Parameter;
import reprise.tensor.model.Transformer;

/** One run: trains, keeps the weights of every checkpoint, and looks at all of them at the end. */
final class SparsingRun implements TrainingLog.Pauses {
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
    TrainingLog log =
        new TrainingLog(task, context, "a lower learning rate than " + task.peakRate());
    try (Session session =
            context
                .backend()
                .open(SparsingCompiler.program(task, text), SessionOptions.seed(task.seed()));
        var _ = context.onCancel(session::cancel)) {
      session.write("train_tokens", text.train());
      session.write("eval_tokens", text.heldOut());
      session.run("initialise", 1).orThrow();
      log.train(session, "train_step", this);
      String digest = session.digest();
      int steps = SparsingCompiler.evaluationSteps(text);
      double loss = session.run("evaluate", steps).orThrow().mean("loss");
      Readings readings;
      try (NeuronReader reader = new NeuronReader(task, text, context)) {
        readings = reader.read(checkpoints);
      }
      return new RunOutcome.Finished<>(task, loss, log.curve(), readings, log.seconds(), digest);
    } catch (TrainingLog.Ended | NativeFailure | IllegalStateException failure) {
      return new RunOutcome.Failed(task, failure.getMessage());
    }
  }

  @Override
  public int after(int done) {
    return task.stepsAt(checkpoints.size() + 1);
  }

  @Override
  public void at(Session session) {
    Map<String, float[]> weights = new LinkedHashMap<>();
    parameters.forEach(p -> weights.put(p.name(), session.read(p.name())));
    checkpoints.add(weights);
  }

  @Override
  public Resume keep(Resume resume) {
    Resume all = resume;
    for (int c = 0; c < checkpoints.size(); c++) {
      for (Map.Entry<String, float[]> weight : checkpoints.get(c).entrySet()) {
        all = all.series(name(c, weight.getKey()), weight.getValue());
      }
    }
    return all;
  }

  @Override
  public void recall(Resume kept) {
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
