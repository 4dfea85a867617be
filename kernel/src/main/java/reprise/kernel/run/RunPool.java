package reprise.kernel.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.DoubleAdder;
import reprise.dsl.RunFailure;
import reprise.dsl.plan.Plan;
import reprise.dsl.plan.TrainTask;
import reprise.dsl.result.RunOutcome;
import reprise.kernel.compile.TrainCompiler;
import reprise.kernel.shell.Cancellation;
import reprise.kernel.store.RunStore;
import reprise.tensor.Backend;

/**
 * Trains the runs of a plan on all cores, each run on one thread, the largest first. Small models
 * are bound by their steps, not by their arithmetic, so independent runs use cores best.
 */
final class RunPool {
  private final Backend backend;
  private final TrainCompiler compiler;
  private final RunStore store;
  private final RunStore.Computed computed;
  private final int workers;

  RunPool(
      Backend backend,
      TrainCompiler compiler,
      RunStore store,
      RunStore.Computed computed,
      int workers) {
    this.backend = backend;
    this.compiler = compiler;
    this.store = store;
    this.computed = computed;
    this.workers = workers;
  }

  /**
   * Trains what the store does not hold.
   *
   * @return one outcome a run, in the plan's order
   * @throws RunFailure when it was stopped; runs that ended are kept
   */
  List<RunOutcome> run(Plan plan, Watcher watcher) {
    RunOutcome[] outcomes = new RunOutcome[plan.runs().size()];
    List<Integer> open = new ArrayList<>();
    double total = 0;
    for (int i = 0; i < outcomes.length; i++) {
      TrainTask task = plan.runs().get(i);
      outcomes[i] = store.find(plan, task, computed).orElse(null);
      if (outcomes[i] == null) {
        open.add(i);
        total += task.flops().count();
      }
    }
    watcher.started(plan, outcomes.length - open.size());
    open.sort(Comparator.comparingDouble(i -> -plan.runs().get(i).flops().count()));
    Work work = new Work(plan, outcomes, new ConcurrentLinkedQueue<>(open), total, watcher);
    // an interrupt in a notebook reaches native work through this hook
    try (var _ = Cancellation.onStop(work::stop)) {
      work.train(Math.min(workers, open.size()));
    }
    return List.of(outcomes);
  }

  /** What the threads share. */
  private final class Work {
    private final Plan plan;
    private final RunOutcome[] outcomes;
    private final Queue<Integer> queue;
    private final double total;
    private final Watcher watcher;
    private final DoubleAdder flops = new DoubleAdder();
    private final AtomicInteger ended;
    private final Collection<TrainRun> running = new ConcurrentLinkedQueue<>();
    private volatile RuntimeException problem;
    private volatile boolean stopped;

    Work(Plan plan, RunOutcome[] outcomes, Queue<Integer> queue, double total, Watcher watcher) {
      this.plan = plan;
      this.outcomes = outcomes;
      this.queue = queue;
      this.total = total;
      this.watcher = watcher;
      this.ended = new AtomicInteger(outcomes.length - queue.size());
    }

    /**
     * Trains all of them.
     *
     * @throws RunFailure when the user stopped it or the calling thread was interrupted
     */
    void train(int threadCount) {
      List<Thread> threads = new ArrayList<>();
      for (int w = 0; w < threadCount; w++) {
        threads.add(Thread.ofPlatform().daemon().name("reprise-run-" + w).start(this::go));
      }
      try {
        for (Thread thread : threads) {
          thread.join();
        }
      } catch (InterruptedException interrupted) {
        stop();
        Thread.currentThread().interrupt();
      }
      if (problem != null) {
        throw problem;
      }
      if (stopped) {
        throw new RunFailure(
            "stopped with "
                + ended.get()
                + " of "
                + outcomes.length
                + " runs done; they are kept, and the same plan goes on with the rest");
      }
    }

    /** Ends all runs at their next step; called by an interrupt. */
    void stop() {
      stopped = true;
      cancel();
    }

    private void go() {
      for (Integer next = queue.poll(); next != null; next = queue.poll()) {
        try {
          outcomes[next] = train(plan.runs().get(next));
          if (!stopped || outcomes[next] instanceof RunOutcome.Finished) {
            watcher.ended(outcomes[next], ended.incrementAndGet(), outcomes.length);
          }
        } catch (RuntimeException unexpected) {
          // Thrown by the calling thread; the other runs in progress are let go.
          problem = unexpected;
          cancel();
        }
      }
    }

    private void cancel() {
      queue.clear();
      running.forEach(TrainRun::cancel);
    }

    private RunOutcome train(TrainTask task) {
      TrainRun run = new TrainRun(compiler.compile(task), backend);
      running.add(run);
      if (stopped || problem != null) {
        run.cancel(); // cancel() may have looked before this run was there
      }
      double perStep = task.flops().count() / task.steps();
      try {
        RunOutcome outcome =
            run.run((steps, loss) -> {
              flops.add(steps * perStep);
              watcher.progress(flops.sum() / total, loss);
            });
        if (outcome instanceof RunOutcome.Finished finished) {
          store.keep(plan, finished, computed);
        }
        return outcome;
      } finally {
        running.remove(run);
      }
    }
  }
}
