package reprise.kernel.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.DoubleAdder;
import reprise.dsl.RunFailure;
import reprise.dsl.plan.Plan;
import reprise.dsl.plan.Task;
import reprise.dsl.result.RunOutcome;
import reprise.kernel.shell.Cancellation;
import reprise.kernel.store.RunStore;
import reprise.tensor.Backend;

/**
 * Carries out the runs of a plan on all cores, each bundle on one thread, the largest first. Small
 * models are bound by their steps, not by their arithmetic, so independent runs use cores best.
 */
final class RunPool {
  private final Backend backend;
  private final Trainers trainers;
  private final RunStore store;
  private final RunStore.Computed computed;
  private final int workers;

  RunPool(
      Backend backend, Trainers trainers, RunStore store, RunStore.Computed computed, int workers) {
    this.backend = backend;
    this.trainers = trainers;
    this.store = store;
    this.computed = computed;
    this.workers = workers;
  }

  /**
   * Carries out what the store does not hold.
   *
   * @return one outcome a run, in the plan's order
   * @throws RunFailure when it was stopped; runs that ended are kept
   */
  List<RunOutcome> run(Plan plan, Watcher watcher) {
    Map<String, RunOutcome> outcomes = new HashMap<>();
    List<Task> open = new ArrayList<>();
    double total = 0;
    for (Task task : plan.runs()) {
      var kept = store.find(plan, task, computed);
      if (kept.isPresent()) {
        outcomes.put(task.id(), kept.get());
      } else {
        open.add(task);
        total += task.flops().count();
      }
    }
    watcher.started(plan, outcomes.size());
    List<Trainers.Bundle<?>> bundles = new ArrayList<>(trainers.bundles(open, workers));
    bundles.sort(Comparator.comparingDouble(bundle -> -bundle.flops()));
    Work work = new Work(plan, outcomes, new ConcurrentLinkedQueue<>(bundles), total, watcher);
    // an interrupt in a notebook reaches native work through this hook
    try (var _ = Cancellation.onStop(work::stop)) {
      work.train(Math.min(workers, bundles.size()));
    }
    return plan.runs().stream().map(task -> work.outcomes.get(task.id())).toList();
  }

  /** What the threads share; also what trainers see. */
  private final class Work implements RunContext {
    private final Plan plan;
    private final Map<String, RunOutcome> outcomes;
    private final Queue<Trainers.Bundle<?>> queue;
    private final double total;
    private final Watcher watcher;
    private final DoubleAdder flops = new DoubleAdder();
    private final Set<Watching> watches = ConcurrentHashMap.newKeySet();
    private volatile RuntimeException problem;
    private volatile boolean stopped;

    Work(
        Plan plan,
        Map<String, RunOutcome> outcomes,
        Queue<Trainers.Bundle<?>> queue,
        double total,
        Watcher watcher) {
      this.plan = plan;
      this.outcomes = new ConcurrentHashMap<>(outcomes);
      this.queue = queue;
      this.total = total;
      this.watcher = watcher;
    }

    /**
     * Carries out all of them; no thread of it is left when it returns.
     *
     * @throws RunFailure when the user stopped it or the calling thread was interrupted
     */
    void train(int threadCount) {
      List<Thread> threads = new ArrayList<>();
      for (int w = 0; w < threadCount; w++) {
        threads.add(Thread.ofPlatform().daemon().name("reprise-run-" + w).start(this::go));
      }
      boolean interrupted = false;
      for (Thread thread : threads) {
        interrupted |= join(thread);
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

    /** Ends all runs at their next step; called by an interrupt. */
    void stop() {
      stopped = true;
      cancel();
    }

    private void go() {
      for (var next = queue.poll(); next != null; next = queue.poll()) {
        try {
          next.train(this);
          for (Task task : next.tasks()) {
            if (!cancelled() && !outcomes.containsKey(task.id())) {
              throw new IllegalStateException(
                  next.trainer().getClass().getName() + " told nothing of run " + task.id());
            }
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
      watches.forEach(watch -> watch.action.run());
    }

    @Override
    public Backend backend() {
      return backend;
    }

    @Override
    public boolean cancelled() {
      return stopped || problem != null;
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
      flops.add(task.flops().count() * steps / task.steps());
      watcher.progress(flops.sum() / total, loss);
    }

    @Override
    public void ended(RunOutcome outcome) {
      if (outcome instanceof RunOutcome.Finished<?> finished) {
        store.keep(plan, finished, computed);
      } else if (cancelled()) {
        return; // it was let go, which is no failure of its own
      }
      outcomes.put(outcome.task().id(), outcome);
      watcher.ended(outcome, outcomes.size(), plan.runs().size());
    }

    @Override
    public Path folder(Task task) {
      return store.made(plan, task);
    }
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
