package reprise.dsl.plan;

import reprise.dsl.unit.Numbers;

/**
 * What a plan is expected to take on this machine.
 *
 * @param seconds wall time with all runs on {@code workers} at once
 * @param workers runs that go on at the same time
 * @param basis how it was estimated: measured throughput, backend
 */
public record Cost(double seconds, int workers, String basis) {
  @Override
  public String toString() {
    return "about " + Numbers.duration(seconds) + " with " + workers + " at once (" + basis + ")";
  }
}
