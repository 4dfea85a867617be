package reprise.kernel.analysis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import reprise.dsl.law.Column;
import reprise.dsl.law.Points;

/** Published points in the directory that REPRISE_DATA names. */
final class Published {
  private Published() {}

  /** The table, or a test skipped with the reason. */
  static Csv csv(String name) {
    String folder = System.getenv("REPRISE_DATA");
    Assumptions.assumeTrue(
        folder != null, () -> "needs " + name + ": set REPRISE_DATA to the folder of data sets");
    Path file = Path.of(folder, name);
    Assumptions.assumeTrue(Files.isRegularFile(file), () -> "needs " + file + ", which is absent");
    try {
      return Csv.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Points with the law's names for columns: {@code "N=N_params", "loss=loss"}. */
  static Points points(String name, String... columns) {
    Csv csv = csv(name);
    Column[] all = new Column[columns.length];
    for (int i = 0; i < all.length; i++) {
      String[] pair = columns[i].split("=");
      all[i] = new Column(pair[0], csv.positive(pair[1]));
    }
    return Points.of(all);
  }

  /** Epoch's 245 points of Hoffmann et al. 2022, Figure 4. */
  static Points epoch() {
    return points("chinchilla_epoch_points.csv", "N=N_params", "D=D_tokens", "loss=loss");
  }
}
