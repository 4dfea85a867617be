package reprise.kernel.lowprecision;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import reprise.dsl.data.Corpus;
import reprise.dsl.lowprecision.FloatFormat;
import reprise.dsl.lowprecision.LowPrecisionTask;
import reprise.dsl.result.Provenance;
import reprise.dsl.result.RunOutcome;
import reprise.kernel.compile.TrainCompiler;
import reprise.kernel.data.Text;
import reprise.kernel.run.RunContext;
import reprise.kernel.run.StepCost;
import reprise.kernel.run.Trainer;
import reprise.kernel.run.TrainingLog;
import reprise.tensor.NativeFailure;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.ir.Grid;
import reprise.tensor.ir.Program;
import reprise.tensor.model.Transformer;
import reprise.tensor.model.TransformerConfig;

/** Trains decoders whose products are rounded; each run by itself on one thread. */
public final class LowPrecisionTrainer implements Trainer<LowPrecisionTask> {
  private static final int EVALUATION_BATCH = 16;

  /** A rounded step takes about this many times as long as one in 32 bits. */
  private static final double ROUNDING = 1.5;

  private final Map<Corpus, Text> texts = new ConcurrentHashMap<>();

  @Override
  public Class<LowPrecisionTask> kind() {
    return LowPrecisionTask.class;
  }

  @Override
  public double seconds(LowPrecisionTask task, StepCost cost) {
    return ROUNDING * Trainer.super.seconds(task, cost);
  }

  @Override
  public void train(List<LowPrecisionTask> bundle, RunContext context) {
    for (LowPrecisionTask task : bundle) {
      if (!context.cancelled()) {
        context.ended(run(task, context));
      }
    }
  }

  @Override
  public Optional<Program> program(LowPrecisionTask task) {
    return Optional.of(
        Transformer.program(
            TransformerConfig.of(TrainCompiler.config(task.model())),
            TrainCompiler.training(task.optimisation(), task.model(), task.steps()),
            buffers(task),
            grid(task.format()),
            blocks(task)));
  }

  @Override
  public List<Provenance.Data> data(LowPrecisionTask task) {
    return List.of(new Provenance.Data(task.corpus().label(), text(task).sha256(), "", ""));
  }

  /** The numbers of a format. */
  static Grid grid(FloatFormat format) {
    return new Grid.Floating(
        format.exponentBits(),
        format.mantissaBits(),
        format.wide() ? Grid.Specials.IEEE : Grid.Specials.NONE,
        true);
  }

  /** Runs of B elements; with eight exponent bits amax/max would not be a normal number. */
  private static Grid.Blocks blocks(LowPrecisionTask task) {
    return task.format().wide()
        ? Grid.Blocks.none()
        : new Grid.Blocks(Grid.Scale.F32, 0, task.block());
  }

  private Text text(LowPrecisionTask task) {
    return texts.computeIfAbsent(
        task.corpus(), c -> Text.read(((Corpus.Characters) c).text())); // as the plan was checked
  }

  private reprise.tensor.model.Corpus buffers(LowPrecisionTask task) {
    Text text = text(task);
    return reprise.tensor.model.Corpus.text(
        text.train().length, text.heldOut().length, EVALUATION_BATCH);
  }

  private RunOutcome run(LowPrecisionTask task, RunContext context) {
    TrainingLog log = new TrainingLog(task, context, "more bits or a lower learning rate");
    try (Session session =
            context.backend().open(program(task).orElseThrow(), SessionOptions.seed(task.seed()));
        var _ = context.onCancel(session::cancel)) {
      session.write("train_tokens", text(task).train());
      session.write("eval_tokens", text(task).heldOut());
      session.run("initialise", 1).orThrow();
      log.train(session, "train_step");
      int steps = buffers(task).evalSteps(task.model().context());
      double loss = session.run("evaluate", steps).orThrow().mean("loss");
      return new RunOutcome.Finished<>(task, loss, log.curve(), log.seconds(), session.digest());
    } catch (TrainingLog.Ended | NativeFailure | IllegalStateException failure) {
      return new RunOutcome.Failed(task, failure.getMessage());
    }
  }
}
