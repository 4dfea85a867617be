package reprise.dsl.int8;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.plan.Field;
import reprise.dsl.study.Trial;
import reprise.dsl.unit.Flops;
import reprise.dsl.unit.Numbers;

/**
 * One product under every scheme.
 *
 * @param shape of the product
 * @param columns outliers
 * @param magnitude of the outliers, or 0
 * @param seed of both matrices
 */
public record ProductTrial(NeedsOutliers shape, int columns, double magnitude, int seed)
    implements Trial {
  @Override
  public String id() {
    return "m" + Numbers.plain(magnitude) + "-s" + seed;
  }

  /** The exact product and one a scheme. */
  @Override
  public Flops flops() {
    return new Flops(
        2.0 * (1 + Scheme.values().length) * shape.rows() * shape.width() * shape.width());
  }

  @Override
  public long numbers() {
    return 4L * shape.rows() * shape.width() + 2L * shape.width() * shape.width();
  }

  @Override
  public String setting() {
    return "X N(0, 1), W N(0, 1) / sqrt(h)";
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.whole("rows", shape.rows()),
        Field.whole("width", shape.width()),
        Field.whole("outliers", columns),
        Field.number("magnitude", magnitude),
        Field.number("seed", seed, String.valueOf(seed)));
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (shape.rows() < 1 || shape.width() < 2) {
      problems.add(
          "expected at least 1 row and 2 columns, got " + shape.rows() + " and " + shape.width());
    }
    if (columns < 0 || columns >= shape.width()) {
      problems.add("expected 0 to " + (shape.width() - 1) + " outliers, got " + columns);
    }
    if (magnitude < 0) {
      problems.add("expected a magnitude of 0 or more, got " + Numbers.plain(magnitude));
    }
    return problems;
  }
}
