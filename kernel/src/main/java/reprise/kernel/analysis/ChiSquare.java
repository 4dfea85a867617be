package reprise.kernel.analysis;

import java.util.Arrays;
import reprise.dsl.law.Fit;
import reprise.dsl.law.Law;
import reprise.dsl.plan.AnalysisTask;
import reprise.dsl.result.Finding;

/**
 * Tests given constants against a fit with the bootstrap's covariance: {@code chi2 = (x - x0)^T
 * S^-1 (x - x0)}, with as many degrees of freedom as constants (Besiroglu et al. 2024, section 3).
 * As in their notebook x are the law's unconstrained parameters, with coefficients as logarithms;
 * in A and B themselves the bootstrap is far from normal.
 */
public final class ChiSquare {
  private ChiSquare() {}

  /**
   * The test.
   *
   * @throws IllegalArgumentException when the bootstrap has too few replicates for a covariance, or
   *     its constants move together so that the covariance cannot be inverted
   */
  public static Finding.Comparison compare(Fit fit, AnalysisTask.Reference reference) {
    Law law = fit.plan().law();
    double[] values = law.theta(fit.values());
    double[] given =
        law.theta(reference.values().stream().mapToDouble(Double::doubleValue).toArray());
    int p = values.length;
    double[][] replicates =
        Arrays.stream(fit.samples().constants()).map(law::theta).toArray(double[][]::new);
    if (replicates.length <= 10 * p) {
      throw new IllegalArgumentException(
          "a chi-square test of "
              + p
              + " constants needs more than "
              + 10 * p
              + " bootstrap replicates, got "
              + replicates.length);
    }
    double[][] covariance = covariance(replicates, p);
    // solved in standard errors, which keeps the system well scaled
    double[][] correlation = new double[p][p];
    double[] scaled = new double[p];
    for (int i = 0; i < p; i++) {
      double si = Math.sqrt(covariance[i][i]);
      scaled[i] = (values[i] - given[i]) / si;
      for (int j = 0; j < p; j++) {
        correlation[i][j] = covariance[i][j] / (si * Math.sqrt(covariance[j][j]));
      }
    }
    double[] solved = Gauss.solve(correlation, scaled);
    if (solved == null) {
      throw new IllegalArgumentException(
          "the bootstrap covariance of " + fit.plan().law().constantNames() + " is singular");
    }
    double chiSquare = 0;
    for (int i = 0; i < p; i++) {
      chiSquare += scaled[i] * solved[i];
    }
    // P(chi2_p > x) = Q(p/2, x/2)
    return new Finding.Comparison(reference, chiSquare, p, Gamma.upper(p / 2.0, chiSquare / 2));
  }

  private static double[][] covariance(double[][] rows, int p) {
    double[] mean = new double[p];
    for (double[] row : rows) {
      for (int i = 0; i < p; i++) {
        mean[i] += row[i] / rows.length;
      }
    }
    double[][] s = new double[p][p];
    for (double[] row : rows) {
      for (int i = 0; i < p; i++) {
        for (int j = 0; j < p; j++) {
          s[i][j] += (row[i] - mean[i]) * (row[j] - mean[j]) / (rows.length - 1);
        }
      }
    }
    return s;
  }
}
