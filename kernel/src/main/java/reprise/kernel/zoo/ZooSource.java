package reprise.kernel.zoo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import reprise.dsl.RunFailure;
import reprise.dsl.data.Columns;
import reprise.dsl.data.DataSet;
import reprise.dsl.zoo.ZooData;
import reprise.kernel.data.DataSets;

/** Reads or generates the examples of a zoo. */
public final class ZooSource {
  private static final long SPLIT_SEED = 42;
  private static final double LARGEST_GREY = 16;

  /** The digits as scikit-learn ships them: 64 greys and the label, no header. */
  static final DataSet DIGITS =
      new DataSet(
          "digits",
          "Alpaydin and Kaynak 1998, UCI optical recognition of handwritten digits, test set",
          "CC BY 4.0",
          URI.create(
              "https://raw.githubusercontent.com/scikit-learn/scikit-learn/1.5.2/sklearn/datasets/data/digits.csv.gz"),
          List.of(form("digits.csv.gz"), form("images/digits.csv.gz")));

  private ZooSource() {}

  private static DataSet.Form form(String file) {
    return new DataSet.Form(
        file,
        57_512,
        "46abec6b12486ad9e51943373abcf22bbea1b5a51a1619b361570d8893f1464a",
        Columns.named("greys=0", "label=64"));
  }

  /**
   * The examples that a description names.
   *
   * @throws reprise.dsl.DataMissing where a file of the registry cannot be had
   */
  public static ZooExamples read(ZooData data) {
    ZooExamples clean =
        switch (data) {
          case ZooData.Digits d -> digits(DataSets.standard().find(DIGITS).path(), d);
          case ZooData.Mnist1d m -> Mnist1d.generate(m);
        };
    return clean.noisy(data.noise());
  }

  private static ZooExamples digits(Path file, ZooData.Digits data) {
    int rows = data.train() + data.test();
    float[] x = new float[rows * data.features()];
    int[] y = new int[rows];
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
      for (int i = 0; i < rows; i++) {
        List<String> cells = List.of(in.readLine().split(",", -1));
        for (int k = 0; k < data.features(); k++) {
          x[i * data.features() + k] = (float) (Integer.parseInt(cells.get(k)) / LARGEST_GREY);
        }
        y[i] = Integer.parseInt(cells.get(data.features()));
      }
    } catch (IOException failure) {
      throw new RunFailure("data set digits cannot be read: " + file, failure);
    }
    return ZooExamples.split(x, y, data.classes(), data.train(), SPLIT_SEED);
  }
}
