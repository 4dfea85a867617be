package reprise.dsl.int8;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.Experiment;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.Outcome;
import reprise.dsl.study.Trials;
import reprise.dsl.unit.Checks;

/**
 * Eight-bit products, ready to run.
 *
 * @param shape of the product
 * @param columns outliers
 * @param magnitudes of the outliers, 0 for a product without
 * @param seeds draws, three unless set
 */
public record ProductStudy(NeedsOutliers shape, int columns, List<Double> magnitudes, int seeds)
    implements Experiment<ProductResult> {
  public ProductStudy {
    Checks.present("shape", shape);
    magnitudes = List.copyOf(magnitudes);
    Checks.positive("seeds", seeds, "draws");
  }

  /** Independent draws, seeds 1 to n. */
  public ProductStudy seeds(int n) {
    return new ProductStudy(shape, columns, magnitudes, n);
  }

  @Override
  public Plan plan() {
    List<ProductTrial> runs = new ArrayList<>();
    for (double magnitude : magnitudes) {
      for (int seed = 1; seed <= seeds; seed++) {
        runs.add(new ProductTrial(shape, columns, magnitude, seed));
      }
    }
    return new Plan("products in eight bits", runs, List.of());
  }

  @Override
  public ProductResult result(Outcome outcome) {
    return new ProductResult(this, outcome, Trials.of(outcome, ProductTrial.class));
  }
}
