package reprise.kernel.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static reprise.dsl.Reprise.filteredHead;
import static reprise.dsl.Reprise.headLoss;
import static reprise.dsl.Reprise.symbols;
import static reprise.dsl.Reprise.tokens;
import static reprise.dsl.Reprise.width;

import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.dsl.head.Filter;
import reprise.dsl.head.FilterResult;
import reprise.dsl.head.FilterStudy;
import reprise.dsl.head.LossResult;
import reprise.dsl.head.LossStudy;
import reprise.dsl.head.Method;
import reprise.dsl.head.Phase;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.RunOutcome;
import reprise.kernel.run.LocalEngine;
import reprise.kernel.store.RunStore;
import reprise.tensor.Backend;
import reprise.tensor.Backends;
import reprise.tensor.cpu.CpuBackend;

@Tag("unit")
class HeadTest {
  private static LocalEngine engine(Backend backend, Path folder) {
    return new LocalEngine(backend, new RunStore(folder), 2);
  }

  @Test
  void aTokenIsFollowedByItsFour() {
    SplittableRandom random = new SplittableRandom(1);
    Successors source = Successors.drawn(50, random);
    int[] tokens = source.tokens(40_000, random);
    int[][] pairs = new int[50][50];
    int[] seen = new int[50];
    for (int i = 1; i < tokens.length; i++) {
      pairs[tokens[i - 1]][tokens[i]]++;
      seen[tokens[i - 1]]++;
    }
    int frequent = 0;
    for (int t = 0; t < 50; t++) {
      frequent = seen[t] > seen[frequent] ? t : frequent;
    }
    int[] sorted = pairs[frequent].clone();
    java.util.Arrays.sort(sorted);
    double four = (sorted[49] + sorted[48] + sorted[47] + sorted[46]) / (double) seen[frequent];
    assertThat(four).isBetween(0.8, 1.0);
    // half of the tokens, more or less, are followed by others later
    int[] later = source.changed(random).tokens(40_000, random);
    assertThat(later).hasSize(40_000).doesNotContain(-1, 50);
  }

  @Test
  void distancesAreRelative() {
    float[] a = {3, 4.5f};
    assertThat(LossTrainer.distance(a, new float[] {3, 4})).isCloseTo(0.1, within(1e-12));
  }

  @Test
  void blocksTakeNoMemoryOfLogits(@TempDir Path folder) {
    LossStudy study = headLoss(tokens(2048), width(8)).vocabularies(symbols(300), symbols(4096));
    LossResult result = study.result(engine(CpuBackend.best(), folder).run(study.plan()));
    assertThat(result.error(LossResult.LOSS_ERROR).value()).isLessThan(1e-5);
    assertThat(result.error(LossResult.GRADIENT_ERROR).value()).isLessThan(1e-5);
    // 32 MiB of logits; 8.4 million of them are kept 256 rows at a time by the other method
    assertThat(result.saving(LossResult.LOSS, Method.CUT).value()).isGreaterThan(30);
    assertThat(result.saving(LossResult.LOSS, Method.ROWS).value()).isBetween(3.0, 9.0);
    assertThat(result.growth(Method.CUT).value()).isCloseTo(1, within(0.01));
    assertThat(result.growth(Method.MATERIALISED).value()).isGreaterThan(10);
    assertThat(result.charts()).hasSize(2);
    assertThat(result.toString()).startsWith("memory of the loss at 4,096 classes: logits in mem");
    // plans differ by 32 MiB: nothing is measured
    assertThatThrownBy(result::saved).hasMessageContaining("resident memory saved over planned");
  }

  @Test
  void theReferenceHasNoPlanOfItsOwn(@TempDir Path folder) {
    LossStudy study = headLoss(tokens(8), width(2)).vocabularies(symbols(3));
    Outcome outcome = engine(Backends.reference(), folder).run(study.plan());
    assertThat(outcome.runs())
        .singleElement()
        .isInstanceOfSatisfying(
            RunOutcome.Failed.class,
            failed ->
                assertThat(failed.reason())
                    .contains("this is the reference backend: install a C compiler"));
  }

  @Test
  void trainingMakesBlocksNegligible(@TempDir Path folder) {
    FilterStudy study =
        filteredHead(symbols(1024), width(8), tokens(128))
            .updates(120, 20)
            .filters(Filter.NONE, Filter.NUMBERED, Filter.SORTED)
            .seeds(1);
    FilterResult result = study.result(engine(CpuBackend.best(), folder).run(study.plan()));
    assertThat(result.trials().all()).hasSize(6);
    // flat at first: ln 1024 = 6.93 nats, entries four times the threshold, so every block counts
    var first = result.trials().all().getFirst().readings();
    assertThat(first.value(FilterResult.LOSS, "0")).isCloseTo(6.93, within(0.1));
    assertThat(first.value(FilterResult.SKIPPED_SORTED, "0")).isZero();
    assertThat(first.value(FilterResult.LARGE, "0")).isGreaterThan(0.99);
    assertThat(result.trained(FilterResult.LOSS).value()).isLessThan(6.2);
    assertThat(result.trained(FilterResult.LARGE).value())
        .isLessThan(first.value(FilterResult.LARGE, "0"));
    for (Filter filter : new Filter[] {Filter.NUMBERED, Filter.SORTED}) {
      for (Phase phase : Phase.values()) {
        assertThat(result.ratio(phase, filter).value()).isBetween(0.9, 1.1);
      }
    }
    assertThat(result.charts()).hasSize(2);
    assertThat(result.toString()).startsWith("blocks skipped after training ");
  }

  @Test
  void stagesAreQuarters() {
    assertThat(FilterResult.stages(300)).containsExactly(0, 75, 150, 225, 300);
    assertThat(FilterResult.stages(1)).containsExactly(0, 1);
  }

  @Test
  void impossibleStudiesAreRefused() {
    assertThatThrownBy(() ->
            headLoss(tokens(1 << 20), width(1)).vocabularies(symbols(1), symbols(4096)).plan())
        .hasMessageContaining("expected a width of 2 or more, got 1")
        .hasMessageContaining("expected a vocabulary of 2 or more, got 1")
        .hasMessageContaining("expected fewer than 2^31 logits")
        .hasMessageContaining("got 4294967296");
    assertThatThrownBy(
            () -> filteredHead(symbols(4), width(8), tokens(1 << 20)).updates(0, 5).plan())
        .hasMessageContaining("expected at least 1 update in each phase, got 0 and 5")
        .hasMessageContaining("expected a vocabulary of more than 4, as many as successors, got 4")
        .hasMessageContaining("expected a batch of at most 131072 tokens, got 1048576");
  }
}
