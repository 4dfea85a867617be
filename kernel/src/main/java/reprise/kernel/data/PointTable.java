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
        case Columns.Named named -> {
          List<Column> all = new ArrayList<>();
          for (Columns.Name name : named.columns()) {
            all.add(new Column(name.quantity(), csv.notNegative(name.column())));
          }
          yield new Points(
              all, csv.lines().stream().map(line -> csv.name() + ", row " + line).toList());
        }
      };
    } catch (IOException failure) {
      throw new RunFailure(file + " cannot be read: " + failure, failure);
    } catch (IllegalArgumentException wrong) {
      throw new RunFailure(wrong.getMessage(), wrong);
    }
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
