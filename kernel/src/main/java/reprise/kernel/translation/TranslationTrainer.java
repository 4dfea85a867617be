package reprise.kernel.translation;

import java.util.List;
import java.util.Optional;
import reprise.dsl.result.RunOutcome;
import reprise.dsl.translation.Grammar;
import reprise.dsl.translation.TranslationTask;
import reprise.kernel.run.RunContext;
import reprise.kernel.run.StepCost;
import reprise.kernel.run.Trainer;
import reprise.kernel.run.TrainingLog;
import reprise.tensor.NativeFailure;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.ir.Program;
import reprise.tensor.model.DecoderConfig;
import reprise.tensor.model.EncoderDecoder;
import reprise.tensor.model.EncoderDecoderConfig;
import reprise.tensor.model.PairSet;
import reprise.tensor.model.Training;

/** Trains encoder-decoders on grammars, each by itself. */
public final class TranslationTrainer implements Trainer<TranslationTask> {
  private static final int EVALUATION_BATCH = 64;

  /**
   * Seconds of the recorded runs (18 of width 32, one to three blocks a side) over those of a
   * decoder of as many steps and FLOP: 4 to 5.5. Short sentences, so that attention, norms and the
   * optimiser, which FLOP leave out, weigh more than in the decoders that are measured.
   */
  private static final double SLOWER = 4.7;

  /** Held-out pairs are the same for all seeds, which begin at 1. */
  private static final long HELD_OUT_SEED = 0;

  @Override
  public Class<TranslationTask> kind() {
    return TranslationTask.class;
  }

  @Override
  public void train(List<TranslationTask> bundle, RunContext context) {
    for (TranslationTask task : bundle) {
      if (!context.cancelled()) {
        context.ended(run(task, context));
      }
    }
  }

  private static RunOutcome run(TranslationTask task, RunContext context) {
    TrainingLog log =
        new TrainingLog(task, context, "a lower learning rate than " + task.peakRate());
    try (Session session =
            context.backend().open(compiled(task), SessionOptions.seed(task.seed()));
        var _ = context.onCancel(session::cancel)) {
      Sentences sentences = new Sentences(task.grammar());
      write(session, "train", sentences.draw(task.seed(), task.pairs()));
      write(session, "eval", sentences.draw(HELD_OUT_SEED, TranslationTask.HELD_OUT));
      session.run("initialise", 1).orThrow();
      log.train(session, "train_step");
      double loss = session.run("evaluate", pairs(task).evalSteps()).orThrow().mean("loss");
      return new RunOutcome.Finished<>(task, loss, log.curve(), log.seconds(), session.digest());
    } catch (TrainingLog.Ended | NativeFailure | IllegalStateException failure) {
      return new RunOutcome.Failed(task, failure.getMessage());
    }
  }

  private static void write(Session session, String which, Sentences.Pairs pairs) {
    session.write(which + "_sources", pairs.sources());
    session.write(which + "_targets", pairs.targets());
  }

  private static PairSet pairs(TranslationTask task) {
    return new PairSet(task.pairs(), TranslationTask.HELD_OUT, EVALUATION_BATCH);
  }

  private static Program compiled(TranslationTask task) {
    Grammar grammar = task.grammar();
    EncoderDecoderConfig config =
        new EncoderDecoderConfig(
            grammar.vocabulary(),
            grammar.vocabulary(),
            grammar.length(),
            grammar.targets(),
            task.encoder(),
            task.decoder(),
            task.width(),
            task.heads(),
            4 * task.width(),
            new DecoderConfig.Init(0.1, 0, true, 0.5));
    Training training = Training.small(task.batch(), task.steps(), task.peakRate());
    return EncoderDecoder.program(config, training, pairs(task));
  }

  @Override
  public double seconds(TranslationTask task, StepCost cost) {
    return cost.seconds(task.steps(), SLOWER * (task.flops().count() + task.evaluationFlops()));
  }

  @Override
  public Optional<Program> program(TranslationTask task) {
    return Optional.of(compiled(task));
  }
}
