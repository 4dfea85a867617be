package reprise.kernel.zoo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import reprise.dsl.result.LossCurve;
import reprise.dsl.result.Measure;
import reprise.dsl.result.Reading;
import reprise.dsl.result.Readings;
import reprise.dsl.result.RunOutcome;
import reprise.dsl.zoo.ZooData;
import reprise.dsl.zoo.ZooMeasures;
import reprise.dsl.zoo.ZooTask;
import reprise.kernel.run.RunContext;
import reprise.kernel.run.Trainer;
import reprise.kernel.zoo.CellTraining.Trained;
import reprise.tensor.Group;
import reprise.tensor.NativeFailure;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.cpu.ProcessClock;
import reprise.tensor.ir.Program;
import reprise.tensor.model.Architecture;
import reprise.tensor.model.Mlp;

/**
 * Trains the open seeds of a cell as one group and measures them, each by itself and against the
 * later seeds; a cell is a bundle.
 */
public final class ZooTrainer implements Trainer<ZooTask> {
  /** Seeds of fresh initialisations that curves may begin at; far from those of models. */
  private static final long FRESH = 1_000_000;

  private final Map<ZooData, ZooExamples> examples = new ConcurrentHashMap<>();

  @Override
  public Class<ZooTask> kind() {
    return ZooTask.class;
  }

  @Override
  public List<List<ZooTask>> bundles(List<ZooTask> open, int workers) {
    Map<ZooTask.Cell, List<ZooTask>> cells = new LinkedHashMap<>();
    open.forEach(t -> cells.computeIfAbsent(t.cell(), _ -> new ArrayList<>()).add(t));
    return List.copyOf(cells.values());
  }

  @Override
  public Optional<Program> program(ZooTask task) {
    return Optional.of(training(task).program());
  }

  private ZooExamples examples(ZooData data) {
    return examples.computeIfAbsent(data, ZooSource::read);
  }

  private static Architecture net(ZooTask task) {
    Integer[] widths = new Integer[task.model().layers()];
    java.util.Arrays.fill(widths, task.model().width());
    return Mlp.relu(widths);
  }

  private CellTraining training(ZooTask task) {
    return new CellTraining(net(task), task.descent(), examples(task.data()));
  }

  /**
   * The seeds of a cell from the first open one on: measures of pairs stand with the lower seed, so
   * that a model that is made again needs those after it, stored or not.
   */
  private static List<ZooTask> company(List<ZooTask> open) {
    ZooTask first = open.getFirst();
    return IntStream.rangeClosed(first.seed(), first.seeds())
        .mapToObj(seed ->
            open.stream().filter(t -> t.seed() == seed).findFirst().orElse(first.seed(seed)))
        .toList();
  }

  @Override
  public void train(List<ZooTask> open, RunContext context) {
    double start = ProcessClock.threadSeconds();
    List<ZooTask> bundle = company(open);
    ZooTask first = bundle.getFirst();
    CellTraining training = training(first);
    List<CellTraining.Member> members;
    List<Long> seeds = bundle.stream().map(t -> (long) t.seed()).toList();
    try (Group group = training.open(context.backend(), seeds, 1);
        var _ = context.onCancel(group::cancel)) {
      members = training.train(group, true);
    } catch (NativeFailure failure) {
      open.forEach(t -> context.ended(new RunOutcome.Failed(t, failure.getMessage())));
      return;
    }
    if (context.cancelled()) {
      return;
    }
    for (ZooTask task : open) {
      context.progress(task, task.steps(), Double.NaN);
    }
    try (LandscapeProbe probe =
            new LandscapeProbe(
                context.backend(), training.net(), training.examples(), first.probing());
        var _ = context.onCancel(probe.session()::cancel)) {
      List<RunOutcome> outcomes =
          new Measurement(bundle, open, members, training, probe, context).all();
      double seconds = (ProcessClock.threadSeconds() - start) / open.size();
      for (RunOutcome outcome : outcomes) {
        context.ended(
            outcome instanceof RunOutcome.Finished<?> done
                ? kept(done, bundle, members, seconds, context)
                : outcome);
      }
    } catch (IllegalStateException stopped) {
      // a session ends with this when it is cancelled; nothing of the cell is kept
      if (!context.cancelled()) {
        throw stopped;
      }
    }
  }

  /** Writes a model's files; its share of the thread's processor time stands with the run. */
  private static RunOutcome kept(
      RunOutcome.Finished<?> done,
      List<ZooTask> bundle,
      List<CellTraining.Member> members,
      double seconds,
      RunContext context) {
    ZooTask task = (ZooTask) done.task();
    Trained model = (Trained) members.get(bundle.indexOf(task));
    ZooFiles.write(context.folder(task), task, model, done.readings());
    return new RunOutcome.Finished<>(
        task, done.loss(), done.curve(), done.readings(), seconds, done.digest());
  }

  /** Measures the models of one cell. */
  private record Measurement(
      List<ZooTask> bundle,
      List<ZooTask> open,
      List<CellTraining.Member> members,
      CellTraining training,
      LandscapeProbe probe,
      RunContext context) {
    List<RunOutcome> all() {
      List<LandscapeProbe.Answers> answers = new ArrayList<>();
      for (CellTraining.Member m : members) {
        answers.add(m instanceof Trained t ? probe.answers(t.model()) : null);
      }
      List<RunOutcome> outcomes = new ArrayList<>();
      for (int i = 0; i < bundle.size(); i++) {
        if (!open.contains(bundle.get(i))) {
          continue;
        }
        outcomes.add(
            switch (members.get(i)) {
              case Trained t -> finished(i, t, answers);
              case CellTraining.Diverged d ->
                  new RunOutcome.Failed(
                      bundle.get(i),
                      d.reason()
                          + "; a lower learning rate than "
                          + bundle.get(i).descent().rate()
                          + " may help");
            });
      }
      return outcomes;
    }

    private RunOutcome finished(int i, Trained model, List<LandscapeProbe.Answers> answers) {
      ZooTask task = bundle.get(i);
      List<Reading> readings = new ArrayList<>();
      CellTraining.Epoch last = model.last();
      add(readings, ZooMeasures.TRAIN_LOSS, last.trainLoss());
      add(readings, ZooMeasures.TRAIN_ACCURACY, 100 * last.trainAccuracy());
      add(readings, ZooMeasures.TEST_ACCURACY, 100 * last.testAccuracy());
      LandscapeProbe.Local local = probe.local(model.model());
      add(readings, ZooMeasures.TOP_EIGENVALUE, local.largest().value());
      add(readings, ZooMeasures.EIGENVALUE_RESIDUAL, local.largest().residual());
      add(readings, ZooMeasures.TRACE, local.trace().value());
      add(readings, ZooMeasures.TRACE_ERROR, local.trace().standardError());
      add(readings, ZooMeasures.NORM, model.model().norm());
      List<ZooModel> half = model.kept().subList(model.kept().size() / 2, model.kept().size());
      double own = probe.testAccuracy(model.model());
      add(readings, ZooMeasures.EPOCH_GAIN, 100 * (probe.testAccuracy(ZooModel.mean(half)) - own));
      double pruned = probe.testAccuracy(model.model().pruned(ZooMeasures.PRUNED_SHARE));
      add(readings, ZooMeasures.PRUNING_LOSS, 100 * (own - pruned));
      if (task.seed() == 1) {
        local
            .spectrum()
            .ifPresent(s -> {
              for (int k = 0; k < s.nodes().size(); k++) {
                String at = ZooMeasures.node(k);
                readings.add(new Reading(ZooMeasures.SPECTRUM_NODE, at, s.nodes().get(k).value()));
                readings.add(
                    new Reading(ZooMeasures.SPECTRUM_WEIGHT, at, s.nodes().get(k).weight()));
              }
            });
      }
      for (int j = i + 1; j < bundle.size(); j++) {
        if (members.get(j) instanceof Trained other) {
          String at = ZooMeasures.pair(bundle.get(j).seed());
          pair(readings, at, model.model(), other.model(), fresh(task, bundle.get(j)));
          readings.add(
              new Reading(
                  ZooMeasures.LOGIT_CKA,
                  at,
                  probe.similarityOfLogits(answers.get(i), answers.get(j))));
          readings.add(
              new Reading(
                  ZooMeasures.MIXUP_CKA,
                  at,
                  probe.similarityOfMixed(answers.get(i), answers.get(j))));
        }
      }
      LossCurve curve =
          new LossCurve(
              IntStream.rangeClosed(1, model.epochs().size())
                  .map(e -> e * task.descent().stepsPerEpoch(task.data().train()))
                  .toArray(),
              model.epochs().stream().mapToDouble(CellTraining.Epoch::trainLoss).toArray());
      return new RunOutcome.Finished<>(
          task, last.testLoss(), curve, Readings.of(readings), 0, model.digest());
    }

    private void pair(List<Reading> readings, String at, ZooModel a, ZooModel b, ZooModel fresh) {
      PairProbe pairs = new PairProbe(probe);
      double halfway = pairs.curve(a, b, PairProbe.halfway(a, b)).connectivity();
      readings.add(new Reading(ZooMeasures.CURVE, at, halfway));
      double random = pairs.curve(a, b, fresh).connectivity();
      readings.add(new Reading(ZooMeasures.RANDOM_CURVE, at, random));
      readings.add(new Reading(ZooMeasures.LINE, at, pairs.line(a, b).connectivity()));
      ZooModel aligned = Alignment.align(b, a);
      double line = pairs.line(a, aligned).connectivity();
      readings.add(new Reading(ZooMeasures.ALIGNED_LINE, at, line));
      double ends = (probe.testAccuracy(a) + probe.testAccuracy(b)) / 2;
      double average = probe.testAccuracy(ZooModel.mean(List.of(a, aligned)));
      readings.add(new Reading(ZooMeasures.SEED_GAIN, at, 100 * (average - ends)));
    }

    /** Weights as drawn by a seed of the pair's own. */
    private ZooModel fresh(ZooTask a, ZooTask b) {
      SessionOptions options = SessionOptions.seed(FRESH + 1000L * a.seed() + b.seed());
      try (Session s = context.backend().open(training.program(), options)) {
        s.run("initialise", 1).orThrow();
        return CellTraining.weights(s);
      }
    }

    private static void add(List<Reading> readings, Measure measure, double value) {
      readings.add(new Reading(measure, "", value));
    }
  }
}
