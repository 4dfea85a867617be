package reprise.kernel.run;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import reprise.dsl.RunFailure;
import reprise.dsl.plan.Place;
import reprise.dsl.plan.Plan;
import reprise.dsl.plan.Task;
import reprise.dsl.plan.Terms;
import reprise.dsl.result.RunOutcome;
import reprise.kernel.store.Computed;
import reprise.kernel.store.RunStore;

/**
 * The runs of a plan in other processes, on the terms of one call of {@code run}. The limits are
 * kept here and not by the workers: which runs the work suffices for is decided before any begins,
 * and when the time is over the workers are told to end, which they do at their next step with a
 * checkpoint.
 */
final class Elsewhere {
  private final RunStore store;
  private final Plan plan;
  private final Terms terms;
  private final Computed computed;
  private final Watcher watcher;
  private final Warnings warnings;
  private final long start = System.nanoTime();
  private boolean timeOver;

  Elsewhere(
      RunStore store,
      Plan plan,
      Terms terms,
      Computed computed,
      Watcher watcher,
      Warnings warnings) {
    this.store = store;
    this.plan = plan;
    this.terms = terms;
    this.computed = computed;
    this.watcher = watcher;
    this.warnings = warnings;
  }

  /**
   * Has them carried out and waits for it. What is neither in the store afterwards nor left out was
   * in the hands of a worker that died.
   *
   * @return why a run was left out, by its id
   * @throws RunFailure when it was stopped, or a job left runs undone
   */
  Map<String, String> carryOut() {
    List<Task> open = open();
    if (open.isEmpty()) {
      return Map.of();
    }
    if (terms.again()) {
      store.forgetFailures(plan); // so that each is tried once more, by one worker
    } else {
      warnOfFailures();
    }
    Map<String, String> left = beyondTheWork(open);
    Path folder = store.prepare(plan);
    WorkOrder order = new WorkOrder(List.copyOf(left.keySet()), terms.testing(), Optional.empty());
    watcher.started(plan, plan.runs().size() - open.size());
    if (left.size() < open.size()) {
      switch (terms.place()) {
        case Place.Here _ -> throw new IllegalStateException("here is not elsewhere");
        case Place.Processes processes ->
            WorkerProcesses.carryOut(
                plan, folder, order, processes.count(), this::timeIsOver, warnings);
        case Place.Slurm slurm -> slurm(new SlurmArray(folder), slurm, order);
      }
    }
    if (timeOver) {
      for (Task task : stillOpen()) {
        left.putIfAbsent(task.id(), Limits.time(terms.time().orElseThrow()));
      }
    }
    return left;
  }

  private void slurm(SlurmArray array, Place.Slurm place, WorkOrder order) {
    array.submit(plan, place, order);
    array.await(this::timeIsOver);
    Set<String> undone = new HashSet<>();
    stillOpen().forEach(task -> undone.add(task.id()));
    undone.removeAll(order.leave());
    if (!timeOver && !undone.isEmpty()) {
      throw new RunFailure(
          "job "
              + array.job().orElse("")
              + " ended and left "
              + undone.size()
              + " runs undone, or done by another backend than "
              + computed.name()
              + " here; see slurm-*.log in "
              + array.folder()
              + "; the same plan goes on with them");
    }
  }

  /** Shows how far it is; true when the workers are to end. */
  private boolean timeIsOver() {
    long ended = plan.runs().stream().filter(task -> store.isEnded(plan, task)).count();
    watcher.progress((double) ended / plan.runs().size(), Double.NaN);
    timeOver |=
        terms.time().isPresent() && System.nanoTime() - start > terms.time().get().toNanos();
    return timeOver;
  }

  private List<Task> open() {
    return plan.runs().stream()
        .filter(task -> store.find(plan, task, computed, terms.again()).isEmpty())
        .toList();
  }

  private List<Task> stillOpen() {
    Map<String, RunOutcome> ended = ended();
    return plan.runs().stream().filter(task -> !ended.containsKey(task.id())).toList();
  }

  /** How runs have ended in the store, by their id. */
  Map<String, RunOutcome> ended() {
    Map<String, RunOutcome> ended = new HashMap<>();
    for (Task task : plan.runs()) {
      store.ended(plan, task, computed).ifPresent(run -> ended.put(task.id(), run));
    }
    return ended;
  }

  private void warnOfFailures() {
    long failed =
        plan.runs().stream()
            .flatMap(task -> store.find(plan, task, computed, false).stream())
            .filter(RunOutcome.Failed.class::isInstance)
            .count();
    warnings.failedBefore(failed);
  }

  private Map<String, String> beyondTheWork(List<Task> open) {
    Map<String, String> left = new HashMap<>();
    terms
        .work()
        .ifPresent(work ->
            Limits.beyond(work, open).forEach(task -> left.put(task.id(), Limits.work(work))));
    return left;
  }

  /** The terms for what workers that died have left. */
  Terms rest() {
    return new Terms(
        terms.time().map(time -> time.minusNanos(System.nanoTime() - start)),
        Optional.empty(),
        false,
        terms.place(),
        terms.testing());
  }
}
