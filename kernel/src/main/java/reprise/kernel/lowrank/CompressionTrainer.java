package reprise.kernel.lowrank;

import static reprise.dsl.lowrank.CompressionResult.PLAIN;
import static reprise.dsl.lowrank.CompressionResult.PLAIN_ERROR;
import static reprise.dsl.lowrank.CompressionResult.SPREAD;
import static reprise.dsl.lowrank.CompressionResult.WEIGHTED;
import static reprise.dsl.lowrank.CompressionResult.WEIGHTED_ERROR;
import static reprise.dsl.lowrank.CompressionResult.at;

import java.util.Arrays;
import reprise.dsl.lowrank.CompressionTrial;
import reprise.kernel.study.Sheet;
import reprise.kernel.study.TrialTrainer;

/** Trains a model and compares two ways to compress its matrix. */
public final class CompressionTrainer extends TrialTrainer<CompressionTrial> {
  private static final double ZIPF = 1.1;

  /** For the service loader. */
  public CompressionTrainer() {
    super(CompressionTrial.class);
  }

  @Override
  public void measure(CompressionTrial trial, Sheet sheet) {
    Model model =
        switch (trial.subject()) {
          case ZIPF -> new Bigrams(trial, ZIPF, sheet);
          case UNIFORM -> new Bigrams(trial, 0, sheet);
          case OVERFIT -> new Overfit(trial, sheet);
        };
    double[][] matrix = model.matrix();
    double[] ones = new double[matrix.length];
    Arrays.fill(ones, 1);
    double[] weights = model.weights();
    Compressed plain = Compressed.of(sheet.backend(), matrix, ones);
    Compressed weighted = Compressed.of(sheet.backend(), matrix, weights);
    double whole = model.loss(matrix);
    for (int rank : trial.ranks()) {
      double[][] one = plain.product(rank);
      double[][] other = weighted.product(rank);
      sheet.read(PLAIN, at(rank), model.loss(one) - whole);
      sheet.read(WEIGHTED, at(rank), model.loss(other) - whole);
      sheet.read(PLAIN_ERROR, at(rank), Compressed.distance(one, matrix));
      sheet.read(WEIGHTED_ERROR, at(rank), Compressed.distance(other, matrix));
    }
    sheet.read(SPREAD, spread(weights));
  }

  private static double spread(double[] weights) {
    double[] sorted = weights.clone();
    Arrays.sort(sorted);
    int n = sorted.length - 1;
    return sorted[Math.round(0.95f * n)] / sorted[Math.round(0.05f * n)];
  }
}
