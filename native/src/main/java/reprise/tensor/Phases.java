package reprise.tensor;

import java.util.ArrayList;
import java.util.List;

/**
 * What a group runs in one call: functions one after another, all of it repeated; for example an
 * epoch of training and an evaluation, sixty times.
 *
 * @param phases functions and steps, in order
 * @param repeats how often the whole list runs
 * @param keepParameters whether a copy of all parameters is kept after each repeat
 */
public record Phases(List<Phase> phases, int repeats, boolean keepParameters) {
  /** Some steps of one function. */
  public record Phase(String function, int steps) {
    public Phase {
      if (steps < 0) {
        throw new IllegalArgumentException("steps must not be negative, got " + steps);
      }
    }
  }

  public Phases {
    phases = List.copyOf(phases);
    if (repeats < 0) {
      throw new IllegalArgumentException("repeats must not be negative, got " + repeats);
    }
  }

  /** One function for some steps, once. */
  public static Phases of(String function, int steps) {
    return new Phases(List.of(new Phase(function, steps)), 1, false);
  }

  /** This and then another function. */
  public Phases then(String function, int steps) {
    List<Phase> list = new ArrayList<>(phases);
    list.add(new Phase(function, steps));
    return new Phases(list, repeats, keepParameters);
  }

  /** The same list so many times. */
  public Phases repeat(int times) {
    return new Phases(phases, times, keepParameters);
  }

  /** The same, with a copy of all parameters after each repeat. */
  public Phases keepingParameters() {
    return new Phases(phases, repeats, true);
  }

  /** Steps of one member over all. */
  public long steps() {
    return repeats * phases.stream().mapToLong(Phase::steps).sum();
  }
}
