package reprise.kernel.ladder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reprise.dsl.ladder.Compression;
import reprise.dsl.ladder.LadderTask;
import reprise.dsl.result.Reading;
import reprise.dsl.result.Readings;
import reprise.dsl.result.RunOutcome;
import reprise.kernel.data.TokenText;
import reprise.kernel.generation.BaseModel;
import reprise.kernel.generation.Scorer;
import reprise.kernel.run.RunContext;
import reprise.kernel.run.TrainingLog;
import reprise.tensor.NativeFailure;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.checkpoint.SafeTensorsFile;
import reprise.tensor.model.Decoder.Parameter;
import reprise.tensor.model.Transformer;
import reprise.tensor.model.TransformerConfig;

/** One run: trains, keeps the weights, asks the model as trained and compressed. */
final class LadderRun {
  private static final int EVALUATION_BATCH = 16;

  private final LadderTask task;
  private final TokenText text;
  private final RunContext context;
  private final TransformerConfig config;
  private final List<Parameter> parameters;

  LadderRun(LadderTask task, TokenText text, RunContext context) {
    this.task = task;
    this.text = text;
    this.context = context;
    this.config = BaseModel.config(task.model());
    this.parameters = Transformer.parameters(config);
  }

  /** Carries it out. */
  RunOutcome run() {
    double rate = task.model().optimisation().referenceRate();
    TrainingLog log = new TrainingLog(task, context, "a lower learning rate than " + rate);
    try (Session session =
            context
                .backend()
                .open(
                    BaseModel.program(task.model(), text),
                    SessionOptions.seed(task.seed()).threads(log.threads()));
        var _ = context.onCancel(session::cancel)) {
      session.write("train_tokens", text.train());
      session.write("eval_tokens", text.heldOut());
      session.run("initialise", 1).orThrow();
      log.train(session, "train_step");
      int steps = evaluationSteps();
      double loss = session.run("evaluate", steps).orThrow().mean("loss");
      Map<String, float[]> weights = new LinkedHashMap<>();
      parameters.forEach(p -> weights.put(p.name(), session.read(p.name())));
      save(weights, context.folder(task).resolve(LadderTask.WEIGHTS));
      return new RunOutcome.Finished<>(
          task, loss, log.curve(), ask(weights), log.seconds(), session.digest());
    } catch (TrainingLog.Ended
        | NativeFailure
        | IllegalArgumentException
        | IllegalStateException
        | IOException failure) {
      return new RunOutcome.Failed(task, failure.getMessage());
    }
  }

  private int evaluationSteps() {
    return reprise.tensor.model.Corpus.text(
            text.train().length, text.heldOut().length, EVALUATION_BATCH)
        .evalSteps(config.context());
  }

  private Readings ask(Map<String, float[]> weights) {
    Cloze cloze = Cloze.of(task.benchmark(), text, config.context());
    Compressor compressor = new Compressor(context.backend(), parameters);
    List<Reading> readings = new ArrayList<>();
    try (Scorer scorer = new Scorer(context.backend(), config)) {
      readings.addAll(cloze.ask(scorer.weights(weights::get), config.vocab(), ""));
      for (Compression how : task.compressions()) {
        Map<String, float[]> small = compressor.compress(weights, how);
        readings.addAll(cloze.ask(scorer.weights(small::get), config.vocab(), how.word()));
      }
    }
    return Readings.of(readings);
  }

  private void save(Map<String, float[]> weights, Path file) throws IOException {
    SafeTensorsFile out =
        new SafeTensorsFile().metadata("format", "reprise").metadata("run", task.id());
    parameters.forEach(p -> out.add(p.name(), p.shape(), weights.get(p.name())));
    out.write(file);
  }
}
