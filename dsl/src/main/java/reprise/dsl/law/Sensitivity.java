package reprise.dsl.law;

import java.util.List;
import java.util.Locale;

/**
 * How far an answer moves with choices that a paper seldom defends: how many of the highest losses
 * are left out, and which objective is minimised.
 *
 * @param rows one per combination, in the order asked for
 */
public record Sensitivity(List<Row> rows) {
  /**
   * One fit.
   *
   * @param dropped points of highest loss left out
   * @param fit without bootstrap
   */
  public record Row(int dropped, Fit fit) {}

  public Sensitivity {
    rows = List.copyOf(rows);
  }

  /** Least and greatest value of a constant over the rows. */
  public Interval range(String constant) {
    double[] values = rows.stream().mapToDouble(r -> r.fit.constant(constant).value()).toArray();
    return Interval.percentile(values, 1);
  }

  /** A table: a line per row. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Row row : rows) {
      text.append(String.format(Locale.ROOT, "drop %-3d ", row.dropped));
      text.append(row.fit.plan().objective().text()).append(": ").append(row.fit).append('\n');
    }
    return text.toString().stripTrailing();
  }
}
