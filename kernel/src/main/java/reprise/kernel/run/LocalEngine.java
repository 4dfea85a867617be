package reprise.kernel.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import reprise.dsl.Engine;
import reprise.dsl.plan.AnalysisTask;
import reprise.dsl.plan.Cost;
import reprise.dsl.plan.Place;
import reprise.dsl.plan.Plan;
import reprise.dsl.plan.Task;
import reprise.dsl.plan.Terms;
import reprise.dsl.result.Finding;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Provenance;
import reprise.dsl.result.RunOutcome;
import reprise.dsl.unit.Bytes;
import reprise.kernel.data.Home;
import reprise.kernel.store.Computed;
import reprise.kernel.store.RunStore;
import reprise.tensor.Backend;
import reprise.tensor.Backends;

/** Carries out plans on this machine: all cores, the best backend, the store of the user's home. */
public final class LocalEngine implements Engine {
  private static final double CHECKPOINT_SECONDS = 10;

  private final Backend backend;
  private final RunStore store;
  private final int workers;
  private final double checkpointSeconds;
  private StepCost stepCost;

  /** The best backend and the user's store; this is the engine that the verbs find. */
  public LocalEngine() {
    this(Backends.best(), new RunStore(Home.runs()), Runtime.getRuntime().availableProcessors());
  }

  /** With a backend, a store and a number of runs at the same time. */
  public LocalEngine(Backend backend, RunStore store, int workers) {
    this(backend, store, workers, checkpointSeconds());
  }

  private LocalEngine(Backend backend, RunStore store, int workers, double checkpointSeconds) {
    this.backend = backend;
    this.store = store;
    this.workers = workers;
    this.checkpointSeconds = checkpointSeconds;
  }

  /** What computes. */
  public Backend backend() {
    return backend;
  }

  @Override
  public Plan cost(Plan plan) {
    double seconds = Estimate.analyses(plan);
    String basis = "nothing to train";
    if (!plan.runs().isEmpty()) {
      StepCost cost = stepCost();
      seconds += Estimate.runs(plan, new Trainers(), cost, workers);
      basis = backend.info().name() + " " + backend.info().instructionSet() + ", " + cost;
    }
    return plan.costing(new Cost(seconds, workers, memory(plan), basis));
  }

  /** The same with another time between two checkpoints of a run, in seconds. */
  public LocalEngine checkpointEvery(double seconds) {
    return new LocalEngine(backend, store, workers, seconds);
  }

  @Override
  public Outcome run(Plan plan) {
    return run(plan, Terms.PLAIN);
  }

  @Override
  public Outcome run(Plan plan, Terms terms) {
    Instant started = Instant.now();
    long start = System.nanoTime();
    Watcher watcher = Watchers.current();
    Trainers trainers = new Trainers();
    Analyst analyst = new Analyst();
    Warnings warnings = new Warnings(watcher);
    Computed computed =
        new Computed(backend.info(), Host.version(), Host.commit(), Host.machine(), workers);
    try {
      List<RunOutcome> runs = runs(plan, terms, trainers, watcher, computed, warnings);
      List<Finding> findings = new ArrayList<>();
      for (AnalysisTask task : plan.analyses()) {
        watcher.analysing(task.describe());
        findings.add(analyst.analyse(task, runs));
      }
      Provenance record =
          new Provenance(
              plan.hash(),
              plan.text(),
              computed.name(),
              backend.info().reason(),
              Host.version(),
              backend.info().libraryDigest(),
              Host.machine(),
              started,
              (System.nanoTime() - start) / 1e9,
              analyst.data(),
              runs.stream().map(LocalEngine::run).toList(),
              warnings.all());
      return new Outcome(plan, runs, findings, trainers.entropyRates(plan.runs()), record);
    } finally {
      watcher.finished();
    }
  }

  // other processes first; what workers that died leave is carried out here
  private List<RunOutcome> runs(
      Plan plan,
      Terms terms,
      Trainers trainers,
      Watcher watcher,
      Computed computed,
      Warnings warnings) {
    RunPool pool = new RunPool(backend, trainers, store, computed, workers, checkpointSeconds);
    if (terms.place() instanceof Place.Here) {
      return pool.run(plan, plan.runs(), terms, watcher, warnings);
    }
    Elsewhere others = new Elsewhere(store, plan, terms, computed, watcher, warnings);
    Map<String, String> left = others.carryOut();
    Map<String, RunOutcome> ended = others.ended();
    List<Task> rest =
        plan.runs().stream()
            .filter(task -> !left.containsKey(task.id()) && !ended.containsKey(task.id()))
            .toList();
    if (!rest.isEmpty()) {
      pool.run(plan, rest, others.rest(), watcher, warnings)
          .forEach(run -> ended.put(run.task().id(), run));
    }
    return plan.runs().stream()
        .map(task ->
            left.containsKey(task.id())
                ? new RunOutcome.Failed(task, left.get(task.id()))
                : ended.get(task.id()))
        .toList();
  }

  /**
   * Carries out some runs of a plan and analyses nothing: the work of one worker process.
   *
   * @return one outcome a task
   */
  public List<RunOutcome> work(Plan plan, List<Task> tasks, Terms terms) {
    Watcher watcher = Watchers.current();
    Warnings warnings = new Warnings(watcher);
    Computed computed =
        new Computed(backend.info(), Host.version(), Host.commit(), Host.machine(), workers);
    return new RunPool(backend, new Trainers(), store, computed, workers, checkpointSeconds)
        .run(plan, tasks, terms, watcher, warnings);
  }

  // the largest program's memory plan, for as many runs as go on at the same time
  private Bytes memory(Plan plan) {
    Trainers trainers = new Trainers();
    long largest =
        plan.runs().stream()
            .max(Comparator.comparingLong(run -> run.memory().count()))
            .map(run ->
                trainers
                    .program(run)
                    .map(program -> program.memory().totalBytes())
                    .orElse(run.memory().count()))
            .orElse(0L);
    return new Bytes(largest * Math.min(workers, plan.runs().size()));
  }

  // REPRISE_CHECKPOINT_SECONDS, for clusters that give short notice
  private static double checkpointSeconds() {
    String given = System.getenv("REPRISE_CHECKPOINT_SECONDS");
    return given == null || given.isBlank() ? CHECKPOINT_SECONDS : Double.parseDouble(given);
  }

  // measured once: it takes half a second
  private synchronized StepCost stepCost() {
    if (stepCost == null) {
      stepCost = StepCost.measured(backend);
    }
    return stepCost;
  }

  private static Provenance.Run run(RunOutcome outcome) {
    return new Provenance.Run(
        outcome.task().id(), outcome.reached().map(RunOutcome.Finished::digest).orElse(""));
  }
}
