package reprise.kernel.generation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import reprise.dsl.generation.Decoding;
import reprise.dsl.generation.DecodingTask;
import reprise.dsl.generation.LanguageModel;
import reprise.dsl.generation.Stage;
import reprise.dsl.result.RunOutcome;
import reprise.kernel.data.TokenText;
import reprise.kernel.run.RunContext;
import reprise.kernel.run.Trainer;
import reprise.kernel.run.TrainingLog;
import reprise.tensor.NativeFailure;
import reprise.tensor.ir.Program;
import reprise.tensor.model.Generation;

/** Trains a language model, then lets it continue the same prompts under each rule. */
public final class DecodingTrainer implements Trainer<DecodingTask> {
  /** Held-out windows that are scored. */
  private static final int SCORED = 128;

  /** Texts kept for reading. */
  private static final int KEPT = 4;

  private final Map<LanguageModel, TokenText> texts = new ConcurrentHashMap<>();

  @Override
  public Class<DecodingTask> kind() {
    return DecodingTask.class;
  }

  @Override
  public Optional<Program> program(DecodingTask task) {
    return task.model() instanceof LanguageModel.Trained trained
        ? Optional.of(BaseModel.program(trained, text(task)))
        : Optional.empty();
  }

  @Override
  public void train(List<DecodingTask> bundle, RunContext context) {
    for (DecodingTask task : bundle) {
      if (!context.cancelled()) {
        context.ended(run(task, context));
      }
    }
  }

  private TokenText text(DecodingTask task) {
    return texts.computeIfAbsent(task.model(), BaseModel::text);
  }

  private RunOutcome run(DecodingTask task, RunContext context) {
    try {
      TokenText text = text(task);
      TrainingLog log = TrainingLog.ofStages(task, context);
      BaseModel model = BaseModel.of(task.model(), text, task.seed(), context.backend(), log);
      TextReadings readings =
          new TextReadings(text.vocabulary(), new SuffixAutomaton(text.train()), List.of());
      Windows heldOut = Windows.upTo(text.heldOut(), model.config().context(), SCORED);
      Scores scores;
      String digest;
      try (Scorer scorer = new Scorer(context.backend(), model.config())) {
        scores = scorer.weights(model.weights()::get).score(heldOut);
        digest = scorer.digest();
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
      return new RunOutcome.Finished<>(
          task, scores.loss(), log.curve(), readings.readings(), log.seconds(), digest);
    } catch (TrainingLog.Ended
        | NativeFailure
        | IllegalArgumentException
        | IllegalStateException failure) {
      return new RunOutcome.Failed(task, failure.getMessage());
    }
  }
}
