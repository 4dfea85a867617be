package reprise.kernel.run;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import reprise.dsl.RunFailure;
import reprise.dsl.plan.Place;
import reprise.dsl.plan.Plan;
import reprise.dsl.plan.Task;
import reprise.dsl.plan.Terms;
import reprise.dsl.unit.Flops;
import reprise.kernel.store.RunStore;

/**
 * A plan that was handed to a cluster and is not waited for. Its limits are kept without us: the
 * runs beyond the work are left out of the order, and the workers know when the time is over.
 *
 * @param job its number
 * @param runs that the job carries out
 * @param left runs for which the work does not suffice
 * @param work of those that had not ended before; empty where all had
 * @param until when its workers end, if ever
 */
public record Submission(
    String job, int runs, int left, Optional<Flops> work, Optional<Instant> until) {

  /**
   * Hands a plan over.
   *
   * @param terms of which time counts from now, the time in the queue included
   * @return empty where the work suffices for none of the runs that have not ended
   * @throws RunFailure when Slurm refuses
   */
  public static Optional<Submission> of(RunStore store, Plan plan, Place.Slurm place, Terms terms) {
    if (terms.again()) {
      store.forgetFailures(plan);
    }
    List<Task> open = plan.runs().stream().filter(task -> !store.isEnded(plan, task)).toList();
    List<Task> beyond = terms.work().map(work -> Limits.beyond(work, open)).orElse(List.of());
    if (!open.isEmpty() && beyond.size() == open.size()) {
      return Optional.empty();
    }
    WorkOrder order =
        new WorkOrder(
            beyond.stream().map(Task::id).toList(),
            terms.testing(),
            terms.time().map(time -> Instant.now().plus(time)));
    String job = new SlurmArray(store.prepare(plan)).submit(plan, place, order);
    Optional<Flops> work =
        open.stream().filter(task -> !beyond.contains(task)).map(Task::flops).reduce(Flops::plus);
    return Optional.of(
        new Submission(job, order.of(plan).size(), beyond.size(), work, order.until()));
  }

  /** One line: the job, its runs, and its limits where it has any. */
  public String line() {
    return "job "
        + job
        + ": "
        + runs
        + " runs"
        + (left == 0 ? "" : ", " + left + " left out beyond the work given")
        + until.map(end -> ", until " + end.truncatedTo(ChronoUnit.SECONDS)).orElse("");
  }
}
