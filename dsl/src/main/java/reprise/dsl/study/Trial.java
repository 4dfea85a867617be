package reprise.dsl.study;

import reprise.dsl.plan.Task;
import reprise.dsl.unit.Bytes;

/** A task that measures numbers at one setting and seed, in one go. */
public interface Trial extends Task {
  /** One: a trial is done or not. */
  @Override
  default int steps() {
    return 1;
  }

  /** Numbers that are held at the same time, eight bytes each. */
  long numbers();

  @Override
  default Bytes memory() {
    return new Bytes(8 * Math.max(1, numbers()));
  }
}
