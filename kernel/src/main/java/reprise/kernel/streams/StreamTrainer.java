package reprise.kernel.streams;

import java.util.List;
import java.util.Optional;
import reprise.dsl.plan.Optimisation;
import reprise.dsl.result.Provenance;
import reprise.dsl.result.RunOutcome;
import reprise.dsl.streams.StreamTask;
import reprise.kernel.compile.Compiled;
import reprise.kernel.compile.TrainCompiler;
import reprise.kernel.run.RunContext;
import reprise.kernel.run.Trainer;
import reprise.kernel.run.TrainingLog;
import reprise.tensor.NativeFailure;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.ir.Program;
import reprise.tensor.model.Corpus;
import reprise.tensor.model.Decoder;
import reprise.tensor.model.DecoderConfig;
import reprise.tensor.model.ParallelStreams;
import reprise.tensor.model.StreamsConfig;
import reprise.tensor.model.Training;
import reprise.tensor.model.TransformerConfig;

/** Trains models with parallel streams, each by itself; they share the corpora's tokens. */
public final class StreamTrainer implements Trainer<StreamTask> {
  private final TrainCompiler compiler = new TrainCompiler();

  @Override
  public Class<StreamTask> kind() {
    return StreamTask.class;
  }

  @Override
  public void train(List<StreamTask> bundle, RunContext context) {
    for (StreamTask task : bundle) {
      if (!context.cancelled()) {
        context.ended(run(task, context));
      }
    }
  }

  private RunOutcome run(StreamTask task, RunContext context) {
    TrainingLog log =
        new TrainingLog(task, context, "a lower learning rate than " + task.peakRate());
    Compiled compiled = compile(task);
    try (Session session =
            context.backend().open(compiled.program(), SessionOptions.seed(task.seed()));
        var _ = context.onCancel(session::cancel)) {
      compiled.prepare(session);
      log.train(session, "train_step");
      double loss = compiled.evaluate(session);
      return new RunOutcome.Finished<>(task, loss, log.curve(), log.seconds(), session.digest());
    } catch (TrainingLog.Ended | NativeFailure | IllegalStateException failure) {
      return new RunOutcome.Failed(task, failure.getMessage());
    }
  }

  private Compiled compile(StreamTask task) {
    return compiler.compile(
        task.corpus(), task.model().context(), buffers -> program(task, buffers));
  }

  /** One stream is the plain decoder; more of them stand behind prefixes and an aggregator. */
  private static Program program(StreamTask task, Corpus buffers) {
    Optimisation o = task.optimisation();
    Training training = TrainCompiler.training(o, task.model(), task.steps());
    DecoderConfig model = TrainCompiler.config(task.model());
    return task.streams() == 1
        ? Decoder.program(model, training, buffers)
        : ParallelStreams.program(
            new StreamsConfig(
                TransformerConfig.of(model).prefix(task.prefix()),
                task.streams(),
                task.smoothing()),
            training,
            buffers);
  }

  @Override
  public Optional<Program> program(StreamTask task) {
    return Optional.of(compile(task).program());
  }

  @Override
  public List<Provenance.Data> data(StreamTask task) {
    return compiler.data(task.corpus()).stream().toList();
  }
}
