package reprise.dsl.law;

import reprise.dsl.unit.Checks;

/**
 * How model size N is counted, where the points know more than one way. Only N changes: tokens D
 * stay what they are. The same runs give exponents of .84 or .50 depending on it (Porian et al.
 * 2024, arXiv 2406.19146).
 */
public sealed interface SizeCount {
  /** The rule in words, for a table: {@code non-embedding}. */
  String rule();

  /**
   * The same points with N counted this way.
   *
   * @throws IllegalArgumentException naming the column that is not there
   */
  Points of(Points points);

  /** The column N as it is. */
  record AsGiven() implements SizeCount {
    @Override
    public String rule() {
      return "as given";
    }

    @Override
    public Points of(Points points) {
      return points;
    }
  }

  /**
   * Another column of the points.
   *
   * @param rule in words
   * @param column of model sizes
   */
  record InColumn(String rule, String column) implements SizeCount {
    public InColumn {
      Checks.text("counting rule", rule);
      Checks.text("column of model sizes", column);
    }

    @Override
    public Points of(Points points) {
      return points.with(new Column("N", positive(points, column, rule)));
    }
  }

  /**
   * The parameters whose 6 N D is the compute that was counted: N = C/(6 D). Where C includes
   * attention or the head, so does N.
   *
   * @param rule in words
   * @param column of training FLOP
   */
  record FromCompute(String rule, String column) implements SizeCount {
    public FromCompute {
      Checks.text("counting rule", rule);
      Checks.text("column of training FLOP", column);
    }

    @Override
    public Points of(Points points) {
      double[] n = positive(points, column, rule);
      double[] d = positive(points, "D", rule);
      for (int i = 0; i < n.length; i++) {
        n[i] /= 6 * d[i]; // N = C/(6 D)
      }
      return points.with(new Column("N", n));
    }
  }

  private static double[] positive(Points points, String column, String rule) {
    if (!points.has(column)) {
      throw new IllegalArgumentException(
          "counting rule '"
              + rule
              + "' needs the column "
              + column
              + "; the points have "
              + points.names());
    }
    double[] values = points.column(column).values();
    for (int i = 0; i < values.length; i++) {
      if (!(values[i] > 0 && values[i] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            points.labels().get(i)
                + ", column "
                + column
                + ": "
                + values[i]
                + " is not a positive number, as the counting rule '"
                + rule
                + "' needs");
      }
    }
    return values;
  }
}
