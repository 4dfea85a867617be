package reprise.kernel.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.Supplier;
import reprise.dsl.RunFailure;
import reprise.dsl.plan.Plan;
import reprise.dsl.plan.Task;
import reprise.dsl.plan.Terms;
import reprise.dsl.result.RunOutcome;
import reprise.kernel.store.OpenRun;
import reprise.kernel.store.Resume;
import reprise.kernel.store.RunIndex;
import reprise.kernel.store.RunStore;
import reprise.tensor.Backend;

/** The runs of a plan while they go on: what the threads share, and what trainers see. */
final class RunWork implements RunContext {
  /** A killed process loses no more points than these. */
  private static final Duration FLUSH = Duration.ofMillis(500);

  private static final long LOOK_AGAIN_MILLIS = 300;

  /** A checkpoint that takes a second waits fifty for the next: no more than two percent. */
  private static final double CHECKPOINT_SHARE = 50;

  /**
   * Work of a step for each of its threads, half a millisecond: below, sections are too short to be
   * worth telling another thread of.
   */
  private static final double FLOP_A_THREAD = 2e7;

  private static final Duration LAST_CHECKPOINTS = Duration.ofSeconds(20);

  private final RunPool pool;
  private final Plan plan;
  private final Terms terms;
  private final Map<String, RunOutcome> outcomes;
  private final Queue<Trainers.Bundle<?>> queue;
  private final Queue<Trainers.Bundle<?>> held = new ConcurrentLinkedQueue<>();
  private final Map<String, Going> going = new ConcurrentHashMap<>();
  private final RunIndex index;
  private final Watcher watcher;
  private final Warnings warnings;
  private final double total;
  private final DoubleAdder flops = new DoubleAdder();
  private final Set<Watching> watches = ConcurrentHashMap.newKeySet();
  private final long start = System.nanoTime();
  private final AtomicInteger busy = new AtomicInteger(); // bundles in the hands of trainers
  private double planned; // FLOP of the bundles begun, under the lock of this
  private volatile RuntimeException problem;
  private volatile boolean stopped;
  private volatile String limit = ""; // which limit ended it

  RunWork(
      RunPool pool,
      Plan plan,
      Terms terms,
      Map<String, RunOutcome> outcomes,
      Collection<Trainers.Bundle<?>> bundles,
      RunIndex index,
      Watcher watcher,
      Warnings warnings) {
    this.pool = pool;
    this.plan = plan;
    this.terms = terms;
    this.outcomes = new ConcurrentHashMap<>(outcomes);
    this.queue = new ConcurrentLinkedQueue<>(bundles);
    this.index = index;
    this.watcher = watcher;
    this.warnings = warnings;
    this.total = bundles.stream().mapToDouble(Trainers.Bundle::flops).sum();
  }

  /** A run in the hands of its trainer. */
  private static final class Going {
    private final OpenRun run;
    private final int threads;
    private long kept = System.nanoTime();
    private double pause;

    Going(OpenRun run, int threads, double pause) {
      this.run = run;
      this.threads = threads;
      this.pause = pause;
    }
  }

  /**
   * Carries out all of them; no thread of it is left when it returns.
   *
   * @throws RunFailure when the user stopped it or the calling thread was interrupted
   */
  void train(int threadCount) {
    List<Thread> threads = new ArrayList<>();
    // SIGTERM before a time limit, or Ctrl-C: the runs write their last checkpoints
    Thread hook = new Thread(() -> endWith(threads), "reprise-last-checkpoints");
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(
            work -> Thread.ofPlatform().daemon().name("reprise-store").unstarted(work));
    boolean interrupted = false;
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      clock.scheduleAtFixedRate(
          this::tick, FLUSH.toMillis(), FLUSH.toMillis(), TimeUnit.MILLISECONDS);
      for (int w = 0; w < threadCount; w++) {
        threads.add(Thread.ofPlatform().daemon().name("reprise-run-" + w).start(this::go));
      }
      for (Thread thread : threads) {
        interrupted |= join(thread);
      }
    } finally {
      clock.shutdownNow();
      unhook(hook);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (problem != null) {
      throw problem;
    }
    if (stopped) {
      throw new RunFailure(
          "stopped with "
              + outcomes.size()
              + " of "
              + plan.runs().size()
              + " runs done; they are kept, and the same plan goes on with the rest");
    }
  }

  /** How a run ended; one that a limit left out failed for that. */
  RunOutcome outcome(Task task) {
    RunOutcome ended = outcomes.get(task.id());
    return ended != null ? ended : new RunOutcome.Failed(task, limit);
  }

  private void endWith(List<Thread> threads) {
    stop();
    try {
      for (Thread thread : threads) {
        thread.join(LAST_CHECKPOINTS);
      }
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }

  private static void unhook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // The hook runs at this moment; it is not in the way.
      return;
    }
  }

  // an interrupt stops the runs at their next step; that is waited for
  private boolean join(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        return interrupted;
      } catch (InterruptedException stop) {
        interrupted = true;
        stop();
      }
    }
  }

  private void tick() {
    going.values().forEach(each -> each.run.flush());
    terms
        .time()
        .ifPresent(time -> {
          if (System.nanoTime() - start > time.toNanos()) {
            limit = Limits.time(time);
            cancel();
          }
        });
  }

  /** Ends all runs at their next step; called by an interrupt. */
  void stop() {
    stopped = true;
    cancel();
  }

  private void go() {
    for (var next = take(); next != null; next = take()) {
      try {
        carryOut(next);
      } catch (RuntimeException unexpected) {
        // Thrown by the calling thread; the other runs in progress are let go.
        problem = unexpected;
        cancel();
      }
    }
  }

  // runs that another process carries out are looked at again when there is nothing else to do
  private Trainers.Bundle<?> take() {
    var next = queue.poll();
    while (next == null && !held.isEmpty() && !cancelled()) {
      try {
        Thread.sleep(LOOK_AGAIN_MILLIS);
      } catch (InterruptedException stop) {
        return null;
      }
      next = held.poll();
    }
    return cancelled() ? null : next;
  }

  private <T extends Task> void carryOut(Trainers.Bundle<T> bundle) {
    List<T> ours = new ArrayList<>();
    List<T> theirs = new ArrayList<>();
    // the last runs of a plan share the cores that no other run needs
    int spare = pool.workers() / (busy.incrementAndGet() + queue.size());
    try {
      for (T task : bundle.tasks()) {
        claim(task, threads(task, spare), ours, theirs);
      }
      if (!theirs.isEmpty()) {
        held.add(new Trainers.Bundle<>(bundle.trainer(), theirs));
      }
      if (!ours.isEmpty() && affordable(new Trainers.Bundle<>(bundle.trainer(), ours))) {
        bundle.trainer().train(List.copyOf(ours), this);
      }
      for (T task : ours) {
        if (!cancelled() && limit.isEmpty() && !outcomes.containsKey(task.id())) {
          throw new IllegalStateException(
              bundle.trainer().getClass().getName() + " told nothing of run " + task.id());
        }
      }
    } catch (OutOfMemoryError full) {
      for (T task : ours) {
        if (!outcomes.containsKey(task.id())) {
          ended(new RunOutcome.Failed(task, "out of memory: " + full.getMessage()));
        }
      }
    } finally {
      busy.decrementAndGet();
      for (T task : ours) {
        Optional.ofNullable(going.remove(task.id())).ifPresent(each -> each.run.close());
      }
    }
  }

  private <T extends Task> void claim(T task, int threads, List<T> ours, List<T> theirs) {
    var claim =
        pool.store()
            .claim(
                plan,
                task,
                pool.computed(),
                terms.again(),
                pool.about(task, terms, threads),
                index,
                warnings::tell);
    switch (claim) {
      case RunStore.Claim.Ours mine -> {
        going.put(task.id(), new Going(mine.run(), threads, pool.checkpointSeconds()));
        ours.add(task);
      }
      case RunStore.Claim.Theirs _ -> theirs.add(task);
      case RunStore.Claim.Ended found -> {
        flops.add(task.flops().count());
        told(found.outcome());
      }
    }
  }

  /** Threads of a run where some are spare: as many as its steps keep busy, at least one. */
  static int threads(Task task, int spare) {
    double most = task.flops().count() / Math.max(1, task.steps()) / FLOP_A_THREAD;
    return (int) Math.clamp(most, 1, Math.max(1, spare));
  }

  private synchronized boolean affordable(Trainers.Bundle<?> bundle) {
    if (terms.work().isPresent() && planned + bundle.flops() > terms.work().get().count()) {
      limit = Limits.work(terms.work().get());
      return false;
    }
    planned += bundle.flops();
    return true;
  }

  private void cancel() {
    queue.clear();
    watches.forEach(watch -> watch.action.run());
  }

  @Override
  public Backend backend() {
    return pool.backend();
  }

  @Override
  public int threads(Task task) {
    Going each = going.get(task.id());
    return each == null ? 1 : each.threads;
  }

  @Override
  public boolean cancelled() {
    return stopped || problem != null || limit.startsWith("not done");
  }

  @Override
  public Watch onCancel(Runnable action) {
    Watching watch = new Watching(action, watches);
    watches.add(watch);
    if (cancelled()) {
      action.run(); // cancel() may have looked before this one was there
    }
    return watch;
  }

  @Override
  public void progress(Task task, int steps, double loss) {
    Going each = going.get(task.id());
    if (each != null) {
      each.run.progress(steps, loss);
    }
    flops.add(task.flops().count() * steps / task.steps());
    watcher.progress(flops.sum() / total, loss);
  }

  @Override
  public Optional<Resume> resume(Task task) {
    Optional<Resume> kept =
        Optional.ofNullable(going.get(task.id())).flatMap(each -> each.run.resume());
    kept.ifPresent(from -> flops.add(task.flops().count() * from.step() / task.steps()));
    return kept;
  }

  @Override
  public void keep(Task task, Supplier<Resume> now) {
    Going each = going.get(task.id());
    if (each == null) {
      return;
    }
    long asked = System.nanoTime();
    if (cancelled() || (asked - each.kept) / 1e9 > each.pause) {
      each.run.keep(now.get());
      each.kept = System.nanoTime();
      each.pause = Math.max(pool.checkpointSeconds(), CHECKPOINT_SHARE * (each.kept - asked) / 1e9);
    }
  }

  @Override
  public void ended(RunOutcome outcome) {
    if (outcome instanceof RunOutcome.Failed && cancelled()) {
      return; // it was let go, which is no failure of its own
    }
    Going each = going.get(outcome.task().id());
    if (each != null) {
      each.run.end(outcome);
    }
    if (outcome instanceof RunOutcome.Stopped early) {
      int left = early.task().steps() - early.step();
      flops.add(early.task().flops().count() * left / early.task().steps());
    }
    told(outcome);
  }

  private void told(RunOutcome outcome) {
    outcomes.put(outcome.task().id(), outcome);
    watcher.ended(outcome, outcomes.size(), plan.runs().size());
  }

  @Override
  public Path folder(Task task) {
    return pool.store().made(plan, task);
  }

  /** An action to call, known by itself. */
  private static final class Watching implements RunContext.Watch {
    private final Runnable action;
    private final Set<Watching> among;

    Watching(Runnable action, Set<Watching> among) {
      this.action = action;
      this.among = among;
    }

    @Override
    public void close() {
      among.remove(this);
    }
  }
}
