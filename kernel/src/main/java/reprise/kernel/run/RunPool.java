package reprise.kernel.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import reprise.dsl.RunFailure;
import reprise.dsl.plan.Place;
import reprise.dsl.plan.Plan;
import reprise.dsl.plan.Task;
import reprise.dsl.plan.Terms;
import reprise.dsl.result.Provenance;
import reprise.dsl.result.RunOutcome;
import reprise.kernel.shell.Cancellation;
import reprise.kernel.store.Computed;
import reprise.kernel.store.RunIndex;
import reprise.kernel.store.RunStore;
import reprise.tensor.Backend;

/**
 * Carries out the runs of a plan on all cores, each bundle on one thread, the largest first. Small
 * models are bound by their steps, not by their arithmetic, so independent runs use cores best;
 * where fewer runs are left than cores, each has several threads.
 *
 * @param backend what computes
 * @param trainers of the plan
 * @param store that keeps the runs
 * @param computed what the records say of backend and machine
 * @param workers bundles at the same time
 * @param checkpointSeconds between two checkpoints of a run
 */
record RunPool(
    Backend backend,
    Trainers trainers,
    RunStore store,
    Computed computed,
    int workers,
    double checkpointSeconds) {

  /**
   * Carries out what the store does not hold. Where a limit ends it, the runs left are rows that
   * say so.
   *
   * @param tasks the plan's runs or some of them
   * @return one outcome a task, in their order
   * @throws RunFailure when it was stopped; runs that ended are kept
   */
  List<RunOutcome> run(
      Plan plan, List<Task> tasks, Terms terms, Watcher watcher, Warnings warnings) {
    Map<String, RunOutcome> outcomes = new HashMap<>();
    List<Task> open = new ArrayList<>();
    for (Task task : tasks) {
      var kept = store.find(plan, task, computed, terms.again());
      if (kept.isPresent()) {
        outcomes.put(task.id(), kept.get());
      } else {
        open.add(task);
      }
    }
    watcher.started(plan, outcomes.size());
    if (terms.place() instanceof Place.Here) { // else they failed in a worker of this call
      warnings.failedBefore(
          outcomes.values().stream().filter(RunOutcome.Failed.class::isInstance).count());
    }
    List<Trainers.Bundle<?>> bundles = new ArrayList<>(trainers.bundles(open, workers));
    bundles.sort(Comparator.comparingDouble(bundle -> -bundle.flops()));
    try (RunIndex index = store.index(warnings::tell)) {
      RunWork work = new RunWork(this, plan, terms, outcomes, bundles, index, watcher, warnings);
      // an interrupt in a notebook reaches native work through this hook
      try (var _ = Cancellation.onStop(work::stop)) {
        work.train(Math.min(workers, bundles.size()));
      }
      return tasks.stream().map(work::outcome).toList();
    }
  }

  /** What a record says beside the task and the machine. */
  JsonObject about(Task task, Terms terms, int threads) {
    JsonObject about = new JsonObject();
    terms
        .testing()
        .ifPresent(testing -> {
          about.addProperty("paper", testing.paper());
          JsonArray claims = new JsonArray();
          testing.claims().forEach(claims::add);
          about.add("claims", claims);
        });
    JsonArray data = new JsonArray();
    for (Provenance.Data set : trainers.data(task)) {
      JsonObject json = new JsonObject();
      json.addProperty("id", set.id());
      json.addProperty("sha256", set.sha256());
      data.add(json);
    }
    about.add("data", data);
    about.addProperty("threads", threads);
    about.addProperty("host", Host.name());
    about.addProperty("pid", ProcessHandle.current().pid());
    return about;
  }
}
