package reprise.dsl.result;

import java.util.List;
import java.util.Optional;
import reprise.dsl.density.DensityTrend;
import reprise.dsl.density.LadderScale;
import reprise.dsl.law.Fit;
import reprise.dsl.law.FormComparison;
import reprise.dsl.law.IsoFlop;
import reprise.dsl.law.Points;
import reprise.dsl.law.Sensitivity;
import reprise.dsl.plan.AnalysisTask;

/** What an analysis found. */
public sealed interface Finding {
  /** The id of its task in the plan. */
  String id();

  /**
   * A fitted law.
   *
   * @param id of its task
   * @param fit constants, intervals, diagnosis
   * @param points what it was fitted to
   * @param comparison with the constants that the plan names, if it names any
   */
  record FittedLaw(String id, Fit fit, Points points, Optional<Comparison> comparison)
      implements Finding {}

  /**
   * A chi-square test of given constants against a fit, with the bootstrap's covariance (Besiroglu
   * et al. 2024, section 3).
   *
   * @param reference the constants tested
   * @param chiSquare {@code (x - x0)^T S^-1 (x - x0)}
   * @param degrees of freedom, the number of constants
   * @param pValue probability of a larger one if the constants were right
   */
  record Comparison(
      AnalysisTask.Reference reference, double chiSquare, int degrees, double pValue) {}

  /**
   * Valleys and the power law of their optima.
   *
   * @param id of its task
   * @param valleys one a budget
   */
  record Valleys(String id, IsoFlop valleys) implements Finding {}

  /**
   * A law fitted under several choices.
   *
   * @param id of its task
   * @param sensitivity one fit a combination
   */
  record Varied(String id, Sensitivity sensitivity) implements Finding {}

  /**
   * Forms of a law side by side.
   *
   * @param id of its task
   * @param comparison one row a law
   */
  record Forms(String id, FormComparison comparison) implements Finding {}

  /**
   * Points as they were read.
   *
   * @param id of its task
   * @param points columns and labels
   */
  record Table(String id, Points points) implements Finding {}

  /**
   * Density over time.
   *
   * @param id of its task
   * @param trend models, records and their trend
   */
  record Density(String id, DensityTrend trend) implements Finding {}

  /**
   * Rulers made of reference models.
   *
   * @param id of its task
   * @param scales one a seed
   */
  record Ladder(String id, List<LadderScale> scales) implements Finding {
    public Ladder {
      scales = List.copyOf(scales);
    }
  }
}
