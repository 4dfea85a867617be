package reprise.dsl.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The best split of a budget by every law that has one. */
@Tag("unit")
class AllocationTest {
  private static final double[] CHINCHILLA = {482.01, 2085.43, 1.8172, .3478, .3658};

  /** Kaplan et al. 2020, table 2. */
  private static final double[] KAPLAN = {6.4e13, 1.8e13, .076, .103};

  @Test
  void theSearchFindsTheClosedForm() {
    for (double flops : new double[] {1e18, 5.76e23}) {
      Allocation closed = Laws.CHINCHILLA.allocate(CHINCHILLA, flops);
      Allocation found = Allocations.search(Laws.CHINCHILLA, CHINCHILLA, flops);
      assertThat(found.params() / closed.params()).isCloseTo(1, within(1e-5));
      Allocation kaplan = Laws.KAPLAN.allocate(KAPLAN, flops);
      Allocation searched = Allocations.search(Laws.KAPLAN, KAPLAN, flops);
      assertThat(searched.params() / kaplan.params()).isCloseTo(1, within(1e-5));
      assertThat(6 * kaplan.params() * kaplan.tokens() / flops).isCloseTo(1, within(1e-12));
    }
  }

  /** alpha = beta = 2 eta: the same model by both ways of writing it. */
  @Test
  void overTrainingSplitsAsItsChinchillaLaw() {
    double[] equal = {400, 600, 1.8, .3, .3};
    double scale = Math.pow(6, .15); // A/N^.3 = A 6^.15 M^.15 C^-.15
    Allocation one = Laws.CHINCHILLA.allocate(equal, 1e21);
    Allocation same =
        Laws.OVERTRAINING.allocate(new double[] {400 * scale, 600 * scale, 1.8, .15}, 1e21);
    assertThat(same.params() / one.params()).isCloseTo(1, within(1e-9));
    assertThat(same.tokens() / one.tokens()).isCloseTo(1, within(1e-9));
    assertThat(same.loss()).isCloseTo(one.loss(), within(1e-9));
  }

  /** No nearby split of the same budget is better. */
  @Test
  void farseersBestSplitIsALeast() {
    double[] constants = Farseer.PUBLISHED.stream().mapToDouble(Double::doubleValue).toArray();
    double flops = 1e22;
    Allocation best = Laws.FARSEER.allocate(constants, flops);
    for (double by : new double[] {.5, .9, .99, 1.01, 1.1, 2}) {
      double n = best.params() * by;
      assertThat(Laws.FARSEER.predict(constants, n, flops / 6 / n))
          .isGreaterThanOrEqualTo(best.loss());
    }
    assertThat(best.tokensPerParameter()).isBetween(20., 100.);
  }
}
