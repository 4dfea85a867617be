package reprise.kernel.generation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import reprise.dsl.data.Corpus;
import reprise.dsl.generation.Decoding;
import reprise.dsl.generation.DecodingTask;
import reprise.dsl.generation.Stage;
import reprise.dsl.result.RunOutcome;
import reprise.kernel.data.WordCorpus;
import reprise.kernel.run.RunContext;
import reprise.kernel.run.Trainer;
import reprise.tensor.NativeFailure;
import reprise.tensor.ir.Program;
import reprise.tensor.model.Generation;

/** Trains a language model, then lets it continue the same prompts under each rule. */
public final class DecodingTrainer implements Trainer<DecodingTask> {
  /** Held-out windows that are scored. */
  private static final int SCORED = 128;

  /** Texts kept for reading. */
  private static final int KEPT = 4;

  private final Map<Corpus.Words, WordCorpus> texts = new ConcurrentHashMap<>();

  @Override
  public Class<DecodingTask> kind() {
    return DecodingTask.class;
  }

  @Override
  public Optional<Program> program(DecodingTask task) {
    return Optional.of(TrainedModel.program(task.model(), text(task)));
  }

  @Override
  public void train(List<DecodingTask> bundle, RunContext context) {
    for (DecodingTask task : bundle) {
      if (!context.cancelled()) {
        context.ended(run(task, context));
      }
    }
  }

  private WordCorpus text(DecodingTask task) {
    return texts.computeIfAbsent(task.model().corpus(), WordCorpus::read);
  }

  private RunOutcome run(DecodingTask task, RunContext context) {
    long start = System.nanoTime();
    try {
      WordCorpus text = text(task);
      TrainingLog log = new TrainingLog(task, context);
      TrainedModel model =
          TrainedModel.train(task.model(), text, task.seed(), context.backend(), log);
      TextReadings readings =
          new TextReadings(text.words(), new SuffixAutomaton(text.train()), List.of());
      Windows heldOut = Windows.upTo(text.heldOut(), model.config().context(), SCORED);
      Scores scores;
      try (Scorer scorer = new Scorer(context.backend(), model.config())) {
        scores = scorer.weights(model.weights()::get).score(heldOut);
      }
      readings.add(Stage.of(Stage.ORIGINAL), scores);
      try (Writing writing =
          Writing.open(context.backend(), model.config(), task.prompting(), text, task.seed())) {
        writing.weights(model.weights()::get);
        for (Decoding rule : task.rules()) {
          List<Generation> written = writing.write(rule);
          Stage stage = Stage.of(Stage.ORIGINAL, rule);
          readings.add(stage, written).keep(stage, written, KEPT);
        }
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      return new RunOutcome.Finished<>(
          task, scores.loss(), log.curve(), readings.readings(), seconds, model.digest());
    } catch (TrainingLog.Ended
        | NativeFailure
        | IllegalArgumentException
        | IllegalStateException failure) {
      return new RunOutcome.Failed(task, failure.getMessage());
    }
  }
}
