package reprise.kernel.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import reprise.dsl.RunFailure;
import reprise.dsl.plan.Plan;
import reprise.dsl.plan.RunOption;
import reprise.dsl.plan.Task;
import reprise.dsl.plan.Terms;
import reprise.kernel.store.OrderFile;

/**
 * What workers of a plan are told beside the plan.
 *
 * @param leave ids of runs that are not begun, because the work that was given does not suffice
 * @param testing what the runs are for, for their records
 * @param until when workers end with their checkpoints, where nobody waits who would tell them
 */
public record WorkOrder(
    List<String> leave, Optional<RunOption.Testing> testing, Optional<Instant> until) {
  /** All runs, for nothing in particular. */
  public static final WorkOrder ALL = new WorkOrder(List.of(), Optional.empty(), Optional.empty());

  public WorkOrder {
    leave = List.copyOf(leave);
  }

  /** The runs that are begun. */
  public List<Task> of(Plan plan) {
    return plan.runs().stream().filter(task -> !leave.contains(task.id())).toList();
  }

  /** Whether the time is over. */
  public boolean isOver() {
    return until.isPresent() && !left(until.get()).isPositive();
  }

  /** The terms of a worker that begins now: what the runs are for, and the time that is left. */
  public Terms terms() {
    List<RunOption> options = new ArrayList<>(testing.stream().toList());
    until
        .map(WorkOrder::left)
        .filter(Duration::isPositive)
        .map(RunOption.Within::new)
        .ifPresent(options::add);
    return Terms.of(options.toArray(RunOption[]::new));
  }

  private static Duration left(Instant until) {
    return Duration.between(Instant.now(), until);
  }

  /**
   * Writes it beside the plan, under a name of its own.
   *
   * @throws RunFailure when it cannot be written
   */
  Path write(Path folder) {
    try {
      return OrderFile.write(folder, this);
    } catch (IOException failure) {
      throw new RunFailure(
          "the order of work cannot be kept in " + folder + ": " + failure, failure);
    }
  }

  /**
   * Reads it back.
   *
   * @throws RunFailure when it cannot be read
   */
  public static WorkOrder read(Path file) {
    return OrderFile.read(file, WorkOrder.class);
  }
}
