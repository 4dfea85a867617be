package reprise.dsl.law;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The points that a law is fitted to: named columns of equal length, and a label per point.
 *
 * @param columns at least one
 * @param labels one per point, for messages and charts: {@code row 12}, {@code 70M seed 2}
 */
public record Points(List<Column> columns, List<String> labels) {
  public Points {
    columns = List.copyOf(columns);
    labels = List.copyOf(labels);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("points: no column");
    }
    Set<String> names = new HashSet<>();
    for (Column column : columns) {
      if (!names.add(column.name())) {
        throw new IllegalArgumentException("points: column " + column.name() + " appears twice");
      }
      if (column.size() != labels.size()) {
        throw new IllegalArgumentException(
            "points: column "
                + column.name()
                + " has "
                + column.size()
                + " values, expected "
                + labels.size());
      }
    }
  }

  /** Columns without labels; points are called {@code point 1}, {@code point 2}, ... */
  public static Points of(Column... columns) {
    int n = columns.length == 0 ? 0 : columns[0].size();
    return new Points(
        List.of(columns), IntStream.rangeClosed(1, n).mapToObj(i -> "point " + i).toList());
  }

  /** Model sizes, token counts and losses, as the Chinchilla law takes them. */
  public static Points of(double[] params, double[] tokens, double[] loss) {
    return of(new Column("N", params), new Column("D", tokens), new Column("loss", loss));
  }

  /** Number of points. */
  public int size() {
    return labels.size();
  }

  /** Names of the columns, in order. */
  public List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  /** The column of this name. */
  public Column column(String name) {
    for (Column column : columns) {
      if (column.name().equals(name)) {
        return column;
      }
    }
    throw new IllegalArgumentException("points: no column " + name + "; there are " + names());
  }

  /** Whether there is a column of this name. */
  public boolean has(String name) {
    return names().contains(name);
  }

  /** These points with one more column, or with that column replaced. */
  public Points with(Column column) {
    List<Column> all = new ArrayList<>(columns);
    all.removeIf(c -> c.name().equals(column.name()));
    all.add(column);
    return new Points(all, labels);
  }

  /**
   * With the third of N, D and C where two are there, by C = 6 N D.
   *
   * @throws IllegalArgumentException when two of the three are missing
   */
  public Points withCompute() {
    boolean n = has("N");
    boolean d = has("D");
    boolean c = has("C");
    if (n && d && c) {
      return this;
    }
    if (n && d) {
      return with(new Column("C", combined("N", "D", (size, data) -> 6 * size * data)));
    }
    if (n && c) {
      return with(new Column("D", combined("C", "N", (flops, size) -> flops / (6 * size))));
    }
    if (d && c) {
      return with(new Column("N", combined("C", "D", (flops, data) -> flops / (6 * data))));
    }
    throw new IllegalArgumentException(
        "compute C = 6 N D needs two columns of N, D and C; the points have " + names());
  }

  private double[] combined(String first, String second, DoubleBinaryOperator of) {
    Column a = column(first);
    Column b = column(second);
    return IntStream.range(0, size())
        .mapToDouble(i -> of.applyAsDouble(a.value(i), b.value(i)))
        .toArray();
  }

  /** The same points with column {@code from} called {@code to}. */
  public Points rename(String from, String to) {
    Column column = column(from);
    return new Points(
        columns.stream().map(c -> c.equals(column) ? new Column(to, c.values()) : c).toList(),
        labels);
  }

  /** The points for which {@code keep} holds of their index. */
  public Points where(IntPredicate keep) {
    int[] rows = IntStream.range(0, size()).filter(keep).toArray();
    return new Points(
        columns.stream()
            .map(c -> new Column(c.name(), Arrays.stream(rows).mapToDouble(c::value).toArray()))
            .toList(),
        Arrays.stream(rows).mapToObj(labels::get).toList());
  }

  /**
   * Without the {@code k} points of highest loss, as Besiroglu et al. 2024 drop 5: what stays is
   * strictly below the k-th highest value, so ties with it go too.
   */
  public Points dropHighest(int k, String column) {
    if (k < 0 || k > size()) {
      throw new IllegalArgumentException(
          "cannot drop " + k + " points of " + size() + ": choose 0 to " + size());
    }
    if (k == 0) {
      return this;
    }
    Column loss = column(column);
    double[] sorted = loss.values();
    Arrays.sort(sorted);
    double limit = sorted[sorted.length - k];
    return where(i -> loss.value(i) < limit);
  }

  /** {@link #dropHighest(int, String)} by the column {@code loss}. */
  public Points drop(int k) {
    return dropHighest(k, "loss");
  }

  @Override
  public String toString() {
    return size() + " points " + names();
  }
}
