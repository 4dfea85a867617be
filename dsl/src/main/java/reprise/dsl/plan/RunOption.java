package reprise.dsl.plan;

import java.time.Duration;
import java.util.List;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Flops;

/**
 * How a plan is carried out, beside {@code run(experiment)}. What comes out of a run does not
 * depend on any of them; how many runs come to their end may.
 */
public sealed interface RunOption {
  /** Begins no run after that time and stops those in progress, which go on next time. */
  record Within(Duration time) implements RunOption {
    public Within {
      Checks.present("time", time);
      if (!time.isPositive()) {
        throw new IllegalArgumentException("a budget of time must be positive, got " + time);
      }
    }
  }

  /** Begins no run whose training would exceed the sum; runs read from the store cost nothing. */
  record Spending(Flops work) implements RunOption {
    public Spending {
      Checks.present("work", work);
    }
  }

  /** Tries runs once more that failed before. */
  record Again() implements RunOption {}

  /** Chooses where the runs go on. */
  record On(Place place) implements RunOption {
    public On {
      Checks.present("place", place);
    }
  }

  /**
   * What the runs are for, kept in their records.
   *
   * @param paper slug of its card
   * @param claims ids of the claims that are tested
   */
  record Testing(String paper, List<String> claims) implements RunOption {
    public Testing {
      Checks.text("paper", paper);
      claims = List.copyOf(claims);
    }
  }
}
