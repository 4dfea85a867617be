package reprise.kernel.nuclear;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import reprise.dsl.nuclear.HiddenStatesTask;
import reprise.dsl.plan.TrainTask;
import reprise.dsl.result.LossCurve;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Provenance;
import reprise.dsl.result.Reading;
import reprise.dsl.result.Readings;
import reprise.dsl.result.RunOutcome;
import reprise.kernel.compile.Compiled;
import reprise.kernel.compile.TrainCompiler;
import reprise.kernel.run.LossBins;
import reprise.kernel.run.RunContext;
import reprise.kernel.run.Trainer;
import reprise.tensor.NativeFailure;
import reprise.tensor.RunReport;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.ProgramBuilder;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;
import reprise.tensor.model.Transformer;
import reprise.tensor.model.TransformerConfig;

/**
 * Trains decoders and measures their final hidden states on the same held-out windows at every
 * checkpoint. A run is short: one that was stopped begins anew.
 */
public final class HiddenStatesTrainer implements Trainer<HiddenStatesTask> {
  private final TrainCompiler compiler = new TrainCompiler();

  @Override
  public Class<HiddenStatesTask> kind() {
    return HiddenStatesTask.class;
  }

  @Override
  public Optional<Program> program(HiddenStatesTask task) {
    return Optional.of(compiler.compile(task.training()).program());
  }

  @Override
  public List<Provenance.Data> data(HiddenStatesTask task) {
    return compiler.data(task.training().corpus()).stream().toList();
  }

  @Override
  public List<Outcome.EntropyRate> entropyRates(List<HiddenStatesTask> tasks) {
    return List.of();
  }

  @Override
  public void train(List<HiddenStatesTask> bundle, RunContext context) {
    for (HiddenStatesTask task : bundle) {
      if (!context.cancelled()) {
        context.ended(run(task, context));
      }
    }
  }

  private RunOutcome run(HiddenStatesTask task, RunContext context) {
    long start = System.nanoTime();
    Compiled compiled = compiler.compile(task.training());
    float[] losses = new float[task.steps()];
    List<Reading> readings = new ArrayList<>();
    try (Session session =
            context.backend().open(compiled.program(), SessionOptions.seed(task.seed()));
        Session looking = context.backend().open(looking(task), SessionOptions.seed(task.seed()));
        var _ = context.onCancel(session::cancel)) {
      compiled.prepare(session);
      looking.write("eval_tokens", session.readInts("eval_tokens"));
      int done = 0;
      for (int checkpoint : task.checkpoints()) {
        if (checkpoint > done) {
          RunReport report = session.run("train_step", checkpoint - done).orThrow();
          System.arraycopy(report.series("loss"), 0, losses, done, report.done());
          done = checkpoint;
          context.progress(task, report.done(), losses[done - 1]);
        }
        readings.addAll(states(task, session, looking).normalised().read("step " + done));
      }
      double loss = compiled.evaluate(session);
      LossCurve curve = LossBins.curve(losses);
      double seconds = (System.nanoTime() - start) / 1e9;
      return new RunOutcome.Finished<>(
          task, loss, curve, Readings.of(readings), seconds, session.digest());
    } catch (NativeFailure | IllegalStateException failure) {
      return new RunOutcome.Failed(task, failure.getMessage());
    }
  }

  /** Hidden states [windows T, d] of the parameters as they are now. */
  private static Norms states(HiddenStatesTask task, Session session, Session looking) {
    Transformer.parameters(config(task.training()))
        .forEach(p -> looking.write(p.name(), session.read(p.name())));
    int d = task.training().model().width();
    int rows = task.windows() * task.training().model().context();
    looking.run("hidden", 1).orThrow();
    float[] hidden = looking.output("hidden", "hidden");
    double[] x = new double[rows * d];
    for (int i = 0; i < x.length; i++) {
      x[i] = hidden[i];
    }
    return new Norms(x, rows, d);
  }

  private static TransformerConfig config(TrainTask task) {
    return TransformerConfig.of(TrainCompiler.config(task.model()));
  }

  /** A program whose function {@code hidden} reads the first windows of the held-out tokens. */
  private Program looking(HiddenStatesTask task) {
    TransformerConfig config = config(task.training());
    ProgramBuilder b = Program.builder("hidden_states");
    Transformer.parameters(config)
        .forEach(p ->
            b.parameter(p.name(), p.shape().dims().stream().mapToInt(Integer::intValue).toArray()));
    TensorType tokens = compiler.compile(task.training()).program().state("eval_tokens").type();
    b.state("eval_tokens", tokens, State.Kind.DATA);
    b.function(
        "hidden",
        f -> {
          var windows =
              f.read("eval_tokens")
                  .sequentialWindows(task.windows(), config.context(), f.fill(0, TensorType.i32()));
          f.output("hidden", Transformer.hidden(config, f, windows.get(0)));
        });
    return b.build();
  }
}
