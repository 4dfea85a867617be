package reprise.kernel.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import reprise.dsl.RunFailure;
import reprise.dsl.data.Columns;
import reprise.dsl.law.Points;
import reprise.kernel.analysis.Csv;

/** Reads the points of a fit from a CSV file. */
public final class PointTable {
  private PointTable() {}

  /**
   * N, D and loss.
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
      double[] params = csv.positive(columns.params());
      double[] loss = csv.positive(columns.loss());
      return Points.of(params, tokens(csv, columns, params), loss);
    } catch (IOException failure) {
      throw new RunFailure(file + " cannot be read: " + failure, failure);
    } catch (IllegalArgumentException wrong) {
      throw new RunFailure(wrong.getMessage(), wrong);
    }
  }

  private static double[] tokens(Csv csv, Columns columns, double[] params) {
    return switch (columns) {
      case Columns.WithTokens with -> csv.positive(with.tokens());
      case Columns.WithFlops with -> {
        double[] flops = csv.positive(with.flops());
        double[] tokens = new double[flops.length];
        for (int i = 0; i < tokens.length; i++) {
          // D = C / (6 N)
          tokens[i] = flops[i] / (6 * params[i]);
        }
        yield tokens;
      }
    };
  }
}
