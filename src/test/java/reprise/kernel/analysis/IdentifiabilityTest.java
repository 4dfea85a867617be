package reprise.kernel.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static reprise.dsl.law.Laws.CHINCHILLA;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reprise.dsl.law.Fit;
import reprise.dsl.law.FitPlan;
import reprise.dsl.law.FitWarning;

/** Published sets that do, and do not, determine the constants of the Chinchilla law. */
@Tag("unit")
class IdentifiabilityTest {
  /** Li et al. 2025, "(Mis)Fitting" (arXiv 2502.18969): all runs of the sweep. */
  @Test
  void misfittingDoesNotDetermineTheFloor() {
    Fit total = misfitting("N");
    assertThat(total.constant("E").value()).isCloseTo(1.81, within(.005));
    assertThat(total.constant("alpha").value()).isCloseTo(.200, within(.0005));
    assertThat(total.identified()).isFalse();
    assertThat(total.warnings())
        .anyMatch(w -> w instanceof FitWarning.WideInterval i && i.constant().equals("E"));
    assertThat(total.warnings().getFirst().message())
        .startsWith("E is not determined: interval")
        .endsWith("(reaches 0, no floor); add points or fit fewer constants");

    Fit withoutEmbeddings = misfitting("N_noembed");
    assertThat(withoutEmbeddings.constant("E").value()).isLessThan(1e-6);
    assertThat(withoutEmbeddings.warnings())
        .anyMatch(w -> w instanceof FitWarning.AtBound b && b.constant().equals("E"));
  }

  private static Fit misfitting(String params) {
    var points = Published.points("misfitting_last_ckpt.csv", "N=" + params, "D=D", "loss=loss");
    return Fitter.fit(
        FitPlan.of(CHINCHILLA, points).starts(ChinchillaRefitTest.coarse()).bootstrap(300, 42));
  }

  /** McLeish et al. 2025, "Gemstones" (arXiv 2502.06857): their objective, delta 1e-3. */
  @ParameterizedTest
  @CsvSource({
    "gemstones_hot_100bplus.csv, .0065925344",
    "gemstones_hot.csv, .0019816129",
    "gemstones_cool_end.csv, .0019640865"
  })
  void gemstonesDeterminesExponentsAndFloor(String file, double objective) {
    var points = Published.points(file, "N=N", "D=D", "loss=loss");
    Fit fit =
        Fitter.fit(
            FitPlan.of(CHINCHILLA, points).starts(ChinchillaRefitTest.coarse()).bootstrap(300, 42));
    assertThat(fit.objective() / objective).isCloseTo(1, within(1e-6));
    assertThat(fit.converged()).isTrue();
    assertThat(fit.identified()).isTrue();
  }
}
