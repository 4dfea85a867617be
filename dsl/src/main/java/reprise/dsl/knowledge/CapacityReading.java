package reprise.dsl.knowledge;

import java.util.List;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Readings;
import reprise.dsl.result.RunOutcome.Finished;

/**
 * What one run knows, read at one precision.
 *
 * @param task the run
 * @param precision how its matrices were kept
 * @param losses p_1, p_2, p_3
 * @param right share of values all of whose tokens are the most probable ones
 */
public record CapacityReading(CapacityTask task, Precision precision, Losses losses, double right) {
  /** R, bits a parameter. */
  public double ratio() {
    return task.facts().ratio(losses, task.params().count());
  }

  /** R_max. */
  public double most() {
    return task.most();
  }

  /** R/R_max. */
  public double share() {
    return ratio() / most();
  }

  /** Bits that the losses prove. */
  public double bits() {
    return ratio() * task.params().count();
  }

  /** All readings of an outcome, run by run. */
  static List<CapacityReading> of(Outcome outcome) {
    return outcome.finished(CapacityTask.class).stream()
        .flatMap(run -> of(run.task(), run).stream())
        .toList();
  }

  /** The readings of a run, in the order of its precisions. */
  static List<CapacityReading> of(CapacityTask task, Finished<?> run) {
    return task.reads().stream()
        .filter(at -> run.readings().find(CapacityMeasures.NAME_LOSS, at.word()).isPresent())
        .map(at -> read(task, run.readings(), at))
        .toList();
  }

  private static CapacityReading read(CapacityTask task, Readings read, Precision at) {
    Losses losses =
        new Losses(
            read.value(CapacityMeasures.NAME_LOSS, at.word()),
            read.value(CapacityMeasures.VALUE_LOSS, at.word()),
            read.value(CapacityMeasures.FIRST_CHUNK_LOSS, at.word()));
    double right = read.value(CapacityMeasures.VALUES_RIGHT, at.word());
    return new CapacityReading(task, at, losses, right);
  }
}
