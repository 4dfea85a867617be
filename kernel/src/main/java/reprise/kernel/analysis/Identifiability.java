package reprise.kernel.analysis;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.law.Constant;
import reprise.dsl.law.Estimate;
import reprise.dsl.law.FitWarning;
import reprise.dsl.law.Interval;

/**
 * Whether the points determine the constants.
 *
 * <p>Three tests. A constant without effect at the optimum is at its bound: the floor or a
 * coefficient at 0, an exponent at 0. A direction in theta that leaves every prediction unchanged
 * is a flat valley: smallest singular value of the Jacobian with unit columns. And an interval that
 * reaches the bound, or spans a factor of 10 (an exponent or a scale), says that the points hardly
 * speak about a constant. A coefficient whose interval spans a factor of 10^4 is only mentioned.
 */
final class Identifiability {
  static final double NO_EFFECT = 1e-3;
  static final double SINGULAR = 1e-6;
  static final int WIDE = 10_000;
  static final int WIDE_EXPONENT = 10;

  private Identifiability() {}

  static List<FitWarning> check(Residuals f, double[] theta, List<Estimate> estimates) {
    List<FitWarning> warnings = new ArrayList<>();
    int p = theta.length;
    double[][] jacobian = new double[f.n][p];
    double[] largest = new double[p];
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < f.n; i++) {
      double log = f.sensitivity(theta, i, jacobian[i]);
      least = Math.min(least, Math.exp(log));
      for (int j = 0; j < p; j++) {
        largest[j] = Math.max(largest[j], Math.abs(jacobian[i][j]));
      }
    }
    boolean bound = false;
    for (int j = 0; j < p; j++) {
      Constant constant = f.law.constants().get(j);
      double value = estimates.get(j).value();
      boolean exponent = constant.role() == Constant.Role.EXPONENT;
      boolean without = exponent ? Math.abs(value) < NO_EFFECT : largest[j] < NO_EFFECT;
      if (without) {
        warnings.add(new FitWarning.AtBound(constant.name(), value, 0));
        bound = true;
        continue;
      }
      addWide(warnings, constant, estimates.get(j).interval(), least);
    }
    if (!bound) {
      addFlat(warnings, f, jacobian);
    }
    return warnings;
  }

  private static void addWide(
      List<FitWarning> warnings, Constant constant, Interval interval, double least) {
    if (!interval.known()) {
      return;
    }
    double low = interval.low();
    double high = interval.high();
    String limit =
        switch (constant.role()) {
          case EXPONENT ->
              low <= 0 && high >= 0
                  ? "contains 0, no effect"
                  : Math.max(high / low, low / high) > WIDE_EXPONENT
                      ? "spans more than a factor of " + WIDE_EXPONENT
                      : null;
          case FLOOR -> low < NO_EFFECT * least ? "reaches 0, no floor" : null;
          case COEFFICIENT ->
              low <= 0 || high / low > WIDE ? "spans more than a factor of " + WIDE : null;
          case SCALE ->
              low <= 0 || high / low > WIDE_EXPONENT
                  ? "spans more than a factor of " + WIDE_EXPONENT
                  : null;
        };
    if (limit != null) {
      // A coefficient is its term at input 1, far outside the points: wide, yet harmless there.
      boolean decisive = constant.role() != Constant.Role.COEFFICIENT;
      warnings.add(new FitWarning.WideInterval(constant.name(), interval, limit, decisive));
    }
  }

  private static void addFlat(List<FitWarning> warnings, Residuals f, double[][] jacobian) {
    int p = jacobian[0].length;
    double[] norm = new double[p];
    for (double[] row : jacobian) {
      for (int j = 0; j < p; j++) {
        norm[j] += row[j] * row[j];
      }
    }
    double[][] gram = new double[p][p];
    for (double[] row : jacobian) {
      for (int a = 0; a < p; a++) {
        for (int b = 0; b < p; b++) {
          gram[a][b] += row[a] * row[b] / Math.sqrt(norm[a] * norm[b]);
        }
      }
    }
    SymmetricEigen eigen = new SymmetricEigen(gram);
    int flat = eigen.least();
    double conditioning =
        Math.sqrt(Math.max(0, eigen.values[flat]) / Math.max(eigen.greatest(), 1e-300));
    if (conditioning >= SINGULAR) {
      return;
    }
    List<String> together = new ArrayList<>();
    for (int j = 0; j < p; j++) {
      if (Math.abs(eigen.vectors[j][flat]) > .1) {
        together.add(f.law.constants().get(j).name());
      }
    }
    warnings.add(new FitWarning.FlatValley(together, conditioning));
  }
}
