package reprise.dsl.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import reprise.dsl.unit.Flops;

/**
 * All options of one call of {@code run}; a repeated option replaces the one before.
 *
 * @param time after which no run goes on
 * @param work that all runs together may take
 * @param again whether failed runs are tried once more
 * @param place where the runs go on
 * @param testing what they are for
 */
public record Terms(
    Optional<Duration> time,
    Optional<Flops> work,
    boolean again,
    Place place,
    Optional<RunOption.Testing> testing) {
  /** Here, without limits. */
  public static final Terms PLAIN =
      new Terms(Optional.empty(), Optional.empty(), false, new Place.Here(), Optional.empty());

  /** The options together. */
  public static Terms of(RunOption... options) {
    return PLAIN.with(List.of(options));
  }

  private Terms with(List<RunOption> options) {
    Terms terms = this;
    for (RunOption option : options) {
      terms = terms.with(option);
    }
    return terms;
  }

  private Terms with(RunOption option) {
    return switch (option) {
      case RunOption.Within o -> new Terms(Optional.of(o.time()), work, again, place, testing);
      case RunOption.Spending o -> new Terms(time, Optional.of(o.work()), again, place, testing);
      case RunOption.Again _ -> new Terms(time, work, true, place, testing);
      case RunOption.On o -> new Terms(time, work, again, o.place(), testing);
      case RunOption.Testing o -> new Terms(time, work, again, place, Optional.of(o));
    };
  }
}
