package reprise.dsl.ranking;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.plan.Field;
import reprise.dsl.plan.Task;
import reprise.dsl.unit.Bytes;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Flops;
import reprise.dsl.unit.Numbers;

/**
 * One draw of labels and scores, its metrics, and its mistakes mended one after the other.
 *
 * @param id unique in its plan
 * @param examples N
 * @param prevalence share of positives
 * @param separation mean score of positives above that of negatives, in standard deviations
 * @param subgroups whose mistakes are mended
 * @param fixes mistakes mended, each an exchange of two neighbours
 * @param seed of labels and scores
 */
public record RankingTask(
    String id,
    int examples,
    double prevalence,
    double separation,
    Subgroups subgroups,
    int fixes,
    int seed)
    implements Task {
  public RankingTask {
    Checks.text("run id", id);
    Checks.present("subgroups", subgroups);
    Checks.finite("separation", separation);
  }

  @Override
  public int steps() {
    return Math.max(1, 2 * fixes);
  }

  /** One comparison an example and mended mistake, of two ways to choose it. */
  @Override
  public Flops flops() {
    return new Flops(2.0 * steps() * examples);
  }

  @Override
  public Bytes memory() {
    return new Bytes(64L * examples);
  }

  @Override
  public String setting() {
    return "scores N(separation y, 1); mistakes of neighbours mended by AP or at random; "
        + subgroups;
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.whole("examples", examples),
        Field.number("prevalence", prevalence),
        Field.number("separation", separation),
        Field.whole("fixes", fixes),
        Field.number("high", subgroups.high()),
        Field.number("low", subgroups.low()),
        Field.number("shift", subgroups.shift()),
        Field.number("seed", seed, String.valueOf(seed)));
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (examples < 4) {
      problems.add("expected at least 4 examples, got " + examples);
    }
    if (!(prevalence > 0 && prevalence < 1)) {
      problems.add(
          "expected a prevalence between 0 and 1, got " + Numbers.significant(prevalence, 4));
    }
    if (fixes < 0) {
      problems.add("expected mistakes to mend, not fewer than none, got " + fixes);
    }
    return problems;
  }
}
