package reprise.kernel.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static reprise.dsl.Reprise.rankingStudy;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.dsl.claim.Measured;
import reprise.dsl.ranking.RankingMeasures;
import reprise.dsl.ranking.RankingResult;
import reprise.dsl.ranking.RankingStudy;
import reprise.kernel.run.LocalEngine;
import reprise.kernel.store.RunStore;
import reprise.tensor.Backends;

@Tag("unit")
class RankingTest {
  /** From the top: + - - + - +. */
  private static Ranking six() {
    return Ranking.of(
        new double[] {1, 6, 3, 4, 5, 2},
        new boolean[] {true, true, true, false, false, false},
        new int[] {0, 0, 1, 1, 0, 1});
  }

  @Test
  void metricsOfASmallRankingByHand() {
    Ranking r = six();
    // pairs won: the first positive 3, the second 1, the third 0, of 9
    assertThat(r.auroc()).isCloseTo(4.0 / 9, within(1e-15));
    assertThat(r.averagePrecision()).isCloseTo((1 + 2.0 / 4 + 3.0 / 6) / 3, within(1e-15));
    assertThat(r.aurocByFalsePositives()).isCloseTo(r.auroc(), within(1e-15));
    assertThat(r.precisionByFalsePositives()).isCloseTo(r.averagePrecision(), within(1e-15));
    // group 0 from the top: + - +
    assertThat(r.auroc(0)).isCloseTo(0.5, within(1e-15));
  }

  @Test
  void mendingAMistakeAddsWhatTheFormulaSays() {
    Ranking r = six();
    assertThat(r.mistakes()).containsExactly(3, 5);
    assertThat(r.bestMistake()).isEqualTo(3);
    for (int mistake : r.mistakes()) {
      Ranking mended = r.copy();
      mended.mend(mistake);
      assertThat(mended.auroc() - r.auroc()).isCloseTo(1.0 / 9, within(1e-15));
      assertThat(mended.averagePrecision() - r.averagePrecision())
          .isCloseTo(r.precisionGain(mistake), within(1e-15));
      assertThat(mended.positives()).isEqualTo(3);
    }
    // 2 / (3 * 3 * 4) and 3 / (3 * 5 * 6)
    assertThat(r.precisionGain(3)).isCloseTo(2.0 / 36, within(1e-15));
    assertThat(r.precisionGain(5)).isCloseTo(3.0 / 90, within(1e-15));
  }

  @Test
  void theStudyFindsWhatAnIndependentProgramFound(@TempDir Path folder) {
    RankingStudy study = rankingStudy(0.05).subgroups(0.10, 0.02, 0.8).seeds(4);
    LocalEngine engine = new LocalEngine(Backends.reference(), new RunStore(folder), 2);
    RankingResult result = study.result(engine.run(study.plan()));
    assertThat(result.largest(RankingMeasures.AUROC_GAP).value()).isLessThan(1e-12);
    assertThat(result.largest(RankingMeasures.AP_GAP).value()).isLessThan(1e-12);
    assertThat(result.largest(RankingMeasures.AUROC_GAINS).value()).isCloseTo(1, within(1e-6));
    assertThat(result.largest(RankingMeasures.RANK_CORRELATION).value()).isLessThan(-0.99);
    Measured favour = result.favour();
    assertThat(favour.value()).isBetween(0.01, 0.06);
    assertThat(favour.interval().orElseThrow().low()).isPositive();
    assertThat(favour.how()).startsWith("gap of gains in AUROC by AP 0.0");
    assertThat(result.frame().rowCount()).isEqualTo(4 * 11);
    assertThat(result.charts()).hasSize(1);
  }

  @Test
  void anImpossibleStudyIsRefused() {
    assertThatThrownBy(() -> rankingStudy(0.05).subgroups(0.02, 0.10, 0.8))
        .hasMessage("subgroups: expected 0 < low <= high < 1, got low 0.1 and high 0.02");
    assertThatThrownBy(() -> rankingStudy(1.5).subgroups(0.1, 0.02, 0.8).examples(3).plan())
        .hasMessageContaining("s1: expected at least 4 examples, got 3")
        .hasMessageContaining("s1: expected a prevalence between 0 and 1, got 1.5");
  }

  @Test
  void thePlanSaysItAll() {
    assertThat(rankingStudy(0.05).subgroups(0.10, 0.02, 0.8).seeds(1).plan().text())
        .isEqualTo(
            """
            plan: what AUROC and average precision reward
            1 runs, 4.8e7 FLOP in all, at most 125 KiB a run
            scores N(separation y, 1); mistakes of neighbours mended by AP or at random; \
            subgroups of prevalence 0.1 and 0.02, shift 0.8
              run  examples  prevalence  separation  fixes  high   low  shift  seed
              s1      2,000        0.05         1.2  6,000   0.1  0.02    0.8     1
            """);
  }
}
