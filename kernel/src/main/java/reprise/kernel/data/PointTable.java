package reprise.kernel.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import reprise.dsl.RunFailure;
import reprise.dsl.data.Columns;
import reprise.dsl.law.Column;
import reprise.dsl.law.Points;
import reprise.kernel.analysis.Csv;

/** Reads the points of a fit from a CSV file. */
public final class PointTable {
  private PointTable() {}

  /**
   * The points of a table.
   *
   * @throws RunFailure when the file cannot be read, or naming the row and column that is not a
   *     positive number
   */
  public static Points read(Path file, Columns columns) {
    if (!Files.isRegularFile(file)) {
      throw new RunFailure("no file " + file.toAbsolutePath());
    }
    try {
      if (columns instanceof Columns.Lists lists) {
        return NumberLists.read(file).points(lists.named());
      }
      Csv csv = Csv.read(file);
      return switch (columns) {
        case Columns.WithTokens c ->
            Points.of(csv.positive(c.params()), csv.positive(c.tokens()), csv.positive(c.loss()));
        case Columns.WithFlops c -> {
          double[] params = csv.positive(c.params());
          yield Points.of(params, tokens(csv.positive(c.flops()), params), csv.positive(c.loss()));
        }
        case Columns.Sheet sheet -> {
          List<Column> all = new ArrayList<>();
          for (Columns.Name name : sheet.columns()) {
            all.add(new Column(name.quantity(), csv.anyOrMissing(name.column())));
          }
          yield new Points(all, csv.texts(sheet.label()));
        }
        case Columns.Named named -> named(csv, named);
        case Columns.Rows rows -> {
          List<String> values = csv.texts(rows.column());
          Points chosen = named(csv, rows.named()).where(i -> values.get(i).equals(rows.value()));
          if (chosen.size() == 0) {
            throw new RunFailure(
                file + ": no row has " + rows.value() + " in column " + rows.column());
          }
          yield chosen;
        }
        case Columns.Lines _ ->
            throw new IllegalArgumentException(
                file + " is a list of words, one a line: it holds no points to fit");
        case Columns.Lists _ -> throw new IllegalStateException("lists are no table");
      };
    } catch (IOException failure) {
      throw new RunFailure(file + " cannot be read: " + failure, failure);
    } catch (IllegalArgumentException wrong) {
      throw new RunFailure(wrong.getMessage(), wrong);
    }
  }

  private static Points named(Csv csv, Columns.Named named) {
    List<Column> all = new ArrayList<>();
    for (Columns.Name name : named.columns()) {
      all.add(new Column(name.quantity(), csv.notNegative(name.column())));
    }
    return new Points(all, csv.lines().stream().map(line -> csv.name() + ", row " + line).toList());
  }

  // D = C / (6 N)
  private static double[] tokens(double[] flops, double[] params) {
    double[] tokens = new double[flops.length];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = flops[i] / (6 * params[i]);
    }
    return tokens;
  }
}
