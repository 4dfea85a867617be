package reprise.kernel.hyperfit;

import static reprise.dsl.hyperfit.HyperfitMeasures.BLOCKED;
import static reprise.dsl.hyperfit.HyperfitMeasures.GREEDY;
import static reprise.dsl.hyperfit.HyperfitMeasures.HYPERFITTED;
import static reprise.dsl.hyperfit.HyperfitMeasures.TRAINING_LOSS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import reprise.dsl.generation.Decoding;
import reprise.dsl.generation.Stage;
import reprise.dsl.hyperfit.HyperfitMeasures;
import reprise.dsl.hyperfit.HyperfitTask;
import reprise.dsl.result.RunOutcome;
import reprise.kernel.data.TokenText;
import reprise.kernel.generation.BaseModel;
import reprise.kernel.generation.Scorer;
import reprise.kernel.generation.Scores;
import reprise.kernel.generation.TextReadings;
import reprise.kernel.generation.Windows;
import reprise.kernel.generation.Writing;
import reprise.kernel.run.RunContext;
import reprise.kernel.run.TrainingLog;
import reprise.tensor.checkpoint.SafeTensorsFile;
import reprise.tensor.model.Generation;
import reprise.tensor.model.Transformer;

/** One task: the model, its readings before, the fits with their readings. */
final class HyperfitRun implements AutoCloseable {
  /** Held-out windows that are scored, as many as in the paper. */
  private static final int SCORED = 128;

  /** Texts kept for reading. */
  private static final int KEPT = 4;

  private final HyperfitTask task;
  private final RunContext context;
  private final TrainingLog log;
  private final BaseModel model;
  private final Windows set;
  private final Windows heldOut;
  private final TextReadings readings;
  private final Scorer scorer;
  private final Writing writing;

  private HyperfitRun(HyperfitTask task, TokenText text, RunContext context) {
    this.task = task;
    this.context = context;
    this.log = TrainingLog.ofStages(task, context);
    var backend = context.backend();
    int length = task.model().context();
    this.set = Windows.spread(text.tuning(), length, task.samples());
    this.heldOut = Windows.upTo(text.heldOut(), length, SCORED);
    this.model = BaseModel.of(task.model(), text, task.seed(), backend, log);
    this.readings =
        new TextReadings(text.vocabulary(), set.automaton(text.vocabulary().size()), set.list());
    this.scorer = new Scorer(backend, model.config());
    this.writing =
        Writing.open(
            backend,
            model.config(),
            task.prompting(),
            text,
            task.seed(),
            set.grams(Decoding.Blocked.RUN));
  }

  static RunOutcome carryOut(HyperfitTask task, TokenText text, RunContext context) {
    long start = System.nanoTime();
    try (HyperfitRun run = new HyperfitRun(task, text, context)) {
      Scores original = run.read(Stage.ORIGINAL, run.model.weights()::get, true);
      Fitted fitted = run.fitInOrders(original);
      for (int windows : task.fewer()) {
        run.fit(run.set.first(windows), 1, HyperfitMeasures.windows(windows));
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      return new RunOutcome.Finished<>(
          task,
          fitted.scores().loss(),
          run.log.curve(),
          run.readings.readings(),
          seconds,
          fitted.digest());
    }
  }

  private record Fitted(Scores scores, String digest) {}

  /** Fits to the whole set in each order; the first is read along the way and fully at its end. */
  private Fitted fitInOrders(Scores original) {
    Fitted first = fit(set, 1, HYPERFITTED);
    control(original, first.scores());
    for (int order = 2; order <= task.orders(); order++) {
      String state = HyperfitMeasures.order(order);
      Fitted other = fit(set, order, state);
      readings.add(HyperfitMeasures.AGREEMENT, state, other.scores().agreement(first.scores()));
    }
    return first;
  }

  private Fitted fit(Windows windows, int order, String state) {
    boolean first = state.equals(HYPERFITTED);
    // the orders of one seed are not those of another
    long shuffle = 1000L * task.seed() + order;
    try (Tuner tuner =
        new Tuner(context.backend(), model, windows, task.tuning(), shuffle, log.threads())) {
      while (!tuner.done()) {
        tuner.epoch(log);
        if (first && !tuner.done() && task.epochs().contains(tuner.epoch())) {
          String epoch = HyperfitMeasures.epoch(tuner.epoch());
          readings.add(TRAINING_LOSS, epoch, tuner.loss());
          read(epoch, tuner.weights(), false);
        }
      }
      readings.add(TRAINING_LOSS, state, tuner.loss());
      return new Fitted(read(state, tuner.weights(), first), tuner.digest());
    }
  }

  /** Predictions and greedy texts of a state; at its ends also the other rules. */
  private Scores read(String state, Function<String, float[]> weights, boolean all) {
    Scores scores = scorer.weights(weights).score(heldOut);
    readings.add(Stage.of(state), scores);
    writing.weights(weights);
    write(Stage.of(state, GREEDY), GREEDY, all);
    if (all) {
      keep(state, weights);
      if (!state.equals(Stage.ORIGINAL)) {
        write(Stage.of(state, BLOCKED), BLOCKED, false);
      }
      for (Decoding rule : task.rules()) {
        write(Stage.of(state, rule), rule, state.equals(Stage.ORIGINAL));
      }
    }
    return scores;
  }

  /** The weights beside the run's record, by our names, for Python and R as well. */
  private void keep(String state, Function<String, float[]> weights) {
    SafeTensorsFile file = new SafeTensorsFile();
    file.metadata("format", "reprise").metadata("program", state);
    Transformer.parameters(model.config())
        .forEach(p -> file.add(p.name(), p.shape(), weights.apply(p.name())));
    Path path = context.folder(task).resolve(state + ".safetensors");
    try {
      file.write(path);
    } catch (IOException failure) {
      throw new UncheckedIOException("weights cannot be written to " + path, failure);
    }
  }

  private void write(Stage stage, Decoding rule, boolean keep) {
    List<Generation> texts = writing.write(rule);
    readings.add(stage, texts);
    if (keep) {
      readings.keep(stage, texts, KEPT);
    }
  }

  /** The original drawn at the temperature that gives it the hyperfitted model's entropy. */
  private void control(Scores original, Scores hyperfitted) {
    Function<String, float[]> weights = model.weights()::get;
    double temperature =
        hyperfitted.entropy() >= original.entropy()
            ? 1
            : scorer.weights(weights).temperatureOf(hyperfitted.entropy(), heldOut);
    Stage stage = HyperfitMeasures.MATCHED_DRAWS;
    readings.add(HyperfitMeasures.MATCHED, stage.at(), temperature);
    writing.weights(weights);
    write(stage, new Decoding.Temperature(temperature), false);
  }

  @Override
  public void close() {
    writing.close();
    scorer.close();
  }
}
