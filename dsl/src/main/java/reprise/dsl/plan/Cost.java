package reprise.dsl.plan;

import reprise.dsl.unit.Bytes;
import reprise.dsl.unit.Numbers;

/**
 * What a plan is expected to take on this machine.
 *
 * @param seconds wall time with all runs on {@code workers} at once
 * @param workers runs that go on at the same time
 * @param memory of the runs that go on at the same time, data included, by the programs' own memory
 *     plans
 * @param basis how it was estimated: measured throughput, backend
 */
public record Cost(double seconds, int workers, Bytes memory, String basis) {
  @Override
  public String toString() {
    return "about "
        + Numbers.duration(seconds)
        + (memory.count() == 0 ? "" : " and " + memory)
        + " with "
        + workers
        + " at once ("
        + basis
        + ")";
  }
}
