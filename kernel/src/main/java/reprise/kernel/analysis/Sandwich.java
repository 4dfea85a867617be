package reprise.kernel.analysis;

import reprise.dsl.law.Law;

/**
 * Asymptotic covariance of an M-estimate: H^-1 (sum psi_i^2 g_i g_i^T) H^-1 (Huber 1967), H the
 * Hessian of the objective, psi the slope of its cost, g the residual's gradient. What a fit
 * without bootstrap reports; in theta, mapped to the constants through the law.
 */
final class Sandwich {
  private Sandwich() {}

  /** Per constant: standard error, interval low, interval high. */
  static double[][] intervals(Residuals f, double[] theta, double confidence) {
    double[][] covariance = covariance(f, theta);
    int p = theta.length;
    double z = Normal.quantile((1 + confidence) / 2);
    Law law = f.law;
    double[] at = law.constants(theta);
    double[][] result = new double[p][3];
    for (int j = 0; j < p; j++) {
      // Delta method: d constant_j / d theta by central differences, since a law may mix thetas.
      double[] slope = new double[p];
      for (int i = 0; i < p; i++) {
        double step = 1e-6 * Math.max(1, Math.abs(theta[i]));
        double[] moved = theta.clone();
        moved[i] = theta[i] + step;
        double up = law.constants(moved)[j];
        moved[i] = theta[i] - step;
        slope[i] = (up - law.constants(moved)[j]) / (2 * step);
      }
      double variance = 0;
      for (int a = 0; a < p; a++) {
        for (int b = 0; b < p; b++) {
          variance += slope[a] * covariance[a][b] * slope[b];
        }
      }
      double se = Math.sqrt(Math.max(0, variance));
      boolean log = law.constants().get(j).link() == reprise.dsl.law.Link.LOG;
      double factor = Math.exp(z * se / Math.abs(at[j]));
      result[j][0] = se;
      result[j][1] = log ? at[j] / factor : at[j] - z * se;
      result[j][2] = log ? at[j] * factor : at[j] + z * se;
    }
    return result;
  }

  static double[][] covariance(Residuals f, double[] theta) {
    int p = theta.length;
    double[][] meat = f.scores(theta);
    double[][] bread = Newton.hessian(f, theta);
    double[][] left = new double[p][];
    double floor = 1e-14 * new SymmetricEigen(bread).greatest();
    SymmetricEigen eigen = new SymmetricEigen(bread);
    for (int i = 0; i < p; i++) {
      left[i] = eigen.solve(meat[i], floor); // rows of M H^-1 (M symmetric)
    }
    double[][] covariance = new double[p][];
    for (int j = 0; j < p; j++) {
      double[] column = new double[p];
      for (int i = 0; i < p; i++) {
        column[i] = left[i][j];
      }
      covariance[j] = eigen.solve(column, floor);
    }
    return covariance;
  }
}
