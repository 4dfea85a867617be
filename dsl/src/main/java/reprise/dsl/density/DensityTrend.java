package reprise.dsl.density;

import java.util.List;
import reprise.dsl.law.Estimate;

/**
 * Densities of models and the trend of their envelope, {@code ln rho_max = A t + B} (arXiv
 * 2412.04315, equation 5).
 *
 * @param plan the choices behind it
 * @param scale of the ruler, {@code logit S = u + v ln N}
 * @param models in order of their dates
 * @param slope A a day, with its interval
 * @param intercept B
 * @param r2 share of the variance of {@code ln rho_max} that the trend explains
 */
public record DensityTrend(
    DensityPlan plan,
    Scale scale,
    List<ModelDensity> models,
    Estimate slope,
    double intercept,
    double r2) {
  public DensityTrend {
    models = List.copyOf(models);
  }

  /**
   * How the score grows with size in the ruler family.
   *
   * @param intercept u
   * @param slope v, positive
   * @param r2 of the fit
   * @param models that it was fitted to
   */
  public record Scale(double intercept, double slope, double r2, int models) {
    /** Parameters of a reference model of that score. */
    public double size(Metric metric, double score) {
      // N^ = exp((logit S - u) / v)
      return Math.exp((metric.logit(score) - intercept) / slope);
    }
  }

  /** Days in which the densest model's density doubles, {@code ln 2 / A}. */
  public double doublingDays() {
    return Math.log(2) / slope.value();
  }

  /** The models on the envelope. */
  public List<ModelDensity> envelope() {
    return models.stream().filter(ModelDensity::record).toList();
  }

  /** Density of the trend at a day. */
  public double at(double day) {
    return Math.exp(slope.value() * day + intercept);
  }
}
