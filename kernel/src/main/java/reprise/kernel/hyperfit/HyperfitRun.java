package reprise.kernel.hyperfit;

import static reprise.dsl.hyperfit.HyperfitMeasures.BLOCKED;
import static reprise.dsl.hyperfit.HyperfitMeasures.GREEDY;
import static reprise.dsl.hyperfit.HyperfitMeasures.HYPERFITTED;
import static reprise.dsl.hyperfit.HyperfitMeasures.TRAINING_LOSS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import reprise.dsl.generation.Decoding;
import reprise.dsl.generation.Stage;
import reprise.dsl.generation.TextMeasures;
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
import reprise.kernel.store.Resume;
import reprise.kernel.store.RunJson;
import reprise.tensor.checkpoint.SafeTensorsFile;
import reprise.tensor.model.Generation;
import reprise.tensor.model.Transformer;

/**
 * One task: the model, its readings before, the fits with their readings. A run that was stopped
 * goes on in the stage, training or fit, that it was in; what later stages need of those before
 * goes along: the trained weights, those of the first fit, and all readings so far.
 */
final class HyperfitRun implements AutoCloseable {
  /** Held-out windows that are scored, as many as in the paper. */
  private static final int SCORED = 128;

  /** Texts kept for reading. */
  private static final int KEPT = 4;

  /** The note of what was read so far. */
  private static final String READ = "readings";

  private final HyperfitTask task;
  private final RunContext context;
  private final TrainingLog log;
  private final BaseModel model;
  private final Windows set;
  private final Windows heldOut;
  private final TextReadings readings;
  private final Scorer scorer;
  private final Writing writing;

  /** Weights at the end of the first fit, once it has ended. */
  private final Map<String, float[]> hyperfitted = new LinkedHashMap<>();

  private HyperfitRun(HyperfitTask task, TokenText text, RunContext context) {
    this.task = task;
    this.context = context;
    this.log = TrainingLog.ofStages(task, context);
    var backend = context.backend();
    int length = task.model().context();
    this.set = Windows.spread(text.tuning(), length, task.samples());
    this.heldOut = Windows.upTo(text.heldOut(), length, SCORED);
    Optional<Resume> fitting = log.kept().filter(kept -> kept.step() > task.model().steps());
    this.model =
        fitting
            .map(kept -> BaseModel.recall(task.model(), kept))
            .orElseGet(() -> BaseModel.of(task.model(), text, task.seed(), backend, log));
    this.readings =
        new TextReadings(text.vocabulary(), set.automaton(text.vocabulary().size()), set.list());
    fitting.ifPresent(this::recall);
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
    try (HyperfitRun run = new HyperfitRun(task, text, context)) {
      Scores original = run.original();
      Fitted fitted = run.fitInOrders(original);
      int fit = task.orders();
      for (int windows : task.fewer()) {
        fit++;
        if (!run.passed(fit)) {
          run.fit(fit, run.set.first(windows), 1, HyperfitMeasures.windows(windows));
        }
      }
      return new RunOutcome.Finished<>(
          task,
          fitted.scores().loss(),
          run.log.curve(),
          run.readings.readings(),
          run.log.seconds(),
          fitted.digest());
    }
  }

  private void recall(Resume kept) {
    readings.addAll(RunJson.ofNote(kept.note(READ)));
    for (var p : Transformer.parameters(model.config())) {
      float[] weights = kept.series(HYPERFITTED + "/" + p.name());
      if (weights.length > 0) {
        hyperfitted.put(p.name(), weights);
      }
    }
  }

  private Resume keep(Resume resume) {
    Resume all = model.keep(task.model(), resume).note(READ, RunJson.note(readings.readings()));
    for (Map.Entry<String, float[]> weight : hyperfitted.entrySet()) {
      all = all.series(HYPERFITTED + "/" + weight.getKey(), weight.getValue());
    }
    return all;
  }

  /** Steps of the run before a fit; the first is fit 1. */
  private int begin(int fit) {
    return task.model().steps() + (fit - 1) * task.tuning().updates();
  }

  /** Whether the run was stopped in a later fit than this. */
  private boolean passed(int fit) {
    return log.kept().filter(kept -> kept.step() > begin(fit + 1)).isPresent();
  }

  private Scores original() {
    return readings.has(TextMeasures.PERPLEXITY, Stage.ORIGINAL)
        ? scorer.weights(model.weights()::get).score(heldOut)
        : read(Stage.ORIGINAL, model.weights()::get, true);
  }

  private record Fitted(Scores scores, String digest) {}

  /** Fits to the whole set in each order; the first is read along the way and fully at its end. */
  private Fitted fitInOrders(Scores original) {
    Fitted first = first(original);
    for (int order = 2; order <= task.orders(); order++) {
      if (!passed(order)) {
        String state = HyperfitMeasures.order(order);
        Fitted other = fit(order, set, order, state);
        readings.add(HyperfitMeasures.AGREEMENT, state, other.scores().agreement(first.scores()));
      }
    }
    return first;
  }

  private Fitted first(Scores original) {
    if (passed(1)) {
      Scores scores = scorer.weights(hyperfitted::get).score(heldOut);
      return new Fitted(scores, scorer.digest());
    }
    Fitted first = fit(1, set, 1, HYPERFITTED);
    control(original, first.scores());
    return first;
  }

  private Fitted fit(int fit, Windows windows, int order, String state) {
    boolean first = fit == 1;
    // the orders of one seed are not those of another
    long shuffle = 1000L * task.seed() + order;
    try (Tuner tuner =
        Tuner.open(context.backend(), model, windows, task.tuning(), shuffle, log, begin(fit))) {
      while (!tuner.done()) {
        if (first && tuner.betweenEpochs()) {
          readAfterEpoch(tuner);
        }
        tuner.epoch(log, this::keep);
      }
      readings.add(TRAINING_LOSS, state, tuner.loss(log));
      if (first) {
        Transformer.parameters(model.config())
            .forEach(p -> hyperfitted.put(p.name(), tuner.weights().apply(p.name())));
      }
      return new Fitted(read(state, tuner.weights(), first), tuner.digest());
    }
  }

  private void readAfterEpoch(Tuner tuner) {
    String epoch = HyperfitMeasures.epoch(tuner.epochs());
    if (task.epochs().contains(tuner.epochs()) && !readings.has(TRAINING_LOSS, epoch)) {
      readings.add(TRAINING_LOSS, epoch, tuner.loss(log));
      read(epoch, tuner.weights(), false);
    }
  }

  /** Predictions and greedy texts of a state; at its ends also the other rules. */
  private Scores read(String state, Function<String, float[]> weights, boolean all) {
    Scores scores = scorer.weights(weights).score(heldOut);
    readings.add(Stage.of(state), scores);
    writing.weights(weights);
    write(Stage.of(state, GREEDY), GREEDY, all);
    if (all) {
      write(state, weights);
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
  private void write(String state, Function<String, float[]> weights) {
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
