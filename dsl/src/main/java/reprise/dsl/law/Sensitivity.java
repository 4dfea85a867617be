package reprise.dsl.law;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import reprise.dsl.unit.Numbers;

/**
 * How far an answer moves with choices that a paper seldom defends: how model size is counted, how
 * many of the highest losses are left out, and which objective is minimised.
 *
 * @param rows one per combination, in the order asked for
 */
public record Sensitivity(List<Row> rows) {
  /**
   * One fit.
   *
   * @param counting how N was counted
   * @param dropped points of highest loss left out
   * @param fit without bootstrap
   */
  public record Row(SizeCount counting, int dropped, Fit fit) {
    public Row {
      Objects.requireNonNull(counting, "counting");
      Objects.requireNonNull(fit, "fit");
    }
  }

  public Sensitivity {
    rows = List.copyOf(rows);
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("sensitivity: no combination to fit; give at least one");
    }
  }

  /** Least and greatest value of a constant over the rows. */
  public Interval range(String constant) {
    double[] values = rows.stream().mapToDouble(r -> r.fit.constant(constant).value()).toArray();
    return Interval.percentile(values, 1);
  }

  /** A table: a line per row, a column per constant and derived quantity. */
  @Override
  public String toString() {
    List<List<String>> lines = new ArrayList<>();
    Fit first = rows.getFirst().fit;
    List<String> head = new ArrayList<>(List.of("N", "dropped", "minimised"));
    first.constants().forEach(c -> head.add(c.name()));
    first.derived().forEach(d -> head.add(d.name()));
    head.add("");
    lines.add(head);
    for (Row row : rows) {
      List<String> line = new ArrayList<>();
      line.add(row.counting.rule());
      line.add(String.valueOf(row.dropped));
      line.add(row.fit.plan().objective().text());
      row.fit.constants().forEach(c -> line.add(Numbers.significant(c.value(), 4)));
      row.fit.derived().forEach(d -> line.add(Numbers.significant(d.value(), 4)));
      line.add(
          (row.fit.converged() ? "" : "NOT CONVERGED ")
              + (row.fit.identified() ? "" : "NOT IDENTIFIED"));
      lines.add(line);
    }
    int columns = head.size();
    int[] widths = new int[columns];
    for (List<String> line : lines) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder(first.plan().law().formula()).append('\n');
    for (List<String> line : lines) {
      StringBuilder row = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        boolean left = i == 0 || i == 2 || i == columns - 1;
        String format = "%" + (left ? "-" : "") + Math.max(1, widths[i]) + "s  ";
        row.append(String.format(Locale.ROOT, format, line.get(i)));
      }
      text.append(row.toString().stripTrailing()).append('\n');
    }
    return text.toString().stripTrailing();
  }
}
