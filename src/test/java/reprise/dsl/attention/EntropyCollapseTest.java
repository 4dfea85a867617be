package reprise.dsl.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static reprise.dsl.Reprise.PLAIN;
import static reprise.dsl.Reprise.PRIDE_AND_PREJUDICE;
import static reprise.dsl.Reprise.SIGMA_REPARAM;
import static reprise.dsl.Reprise.SPECTRAL_NORM;
import static reprise.dsl.Reprise.characters;
import static reprise.dsl.Reprise.decoder;
import static reprise.dsl.Reprise.entropyCollapse;
import static reprise.dsl.Reprise.markov;
import static reprise.dsl.Reprise.order;
import static reprise.dsl.Reprise.symbols;
import static reprise.dsl.Reprise.tokens;
import static reprise.dsl.Reprise.widths;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.dsl.RunFailure;
import reprise.dsl.claim.Measured;
import reprise.dsl.data.Corpus;
import reprise.dsl.result.LossCurve;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Provenance;
import reprise.dsl.result.Reading;
import reprise.dsl.result.Readings;
import reprise.dsl.result.RunOutcome;

/** The experiment as text, what it refuses, and what its readings say. */
@Tag("plan")
class EntropyCollapseTest {
  private static final Provenance.Machine NOWHERE = new Provenance.Machine("", 1, "", "");
  private static final Corpus NOVEL = characters(PRIDE_AND_PREJUDICE);

  private static NeedsRates models() {
    return entropyCollapse(decoder(widths(32)).layers(2).context(64))
        .corpus(NOVEL)
        .tokens(tokens(51_200));
  }

  @Test
  void aPlanSaysWhatIsTrainedAndHow() {
    assertThat(models().learningRates(0.03, 0.001).compare(SIGMA_REPARAM).plan().text())
        .isEqualTo(
            """
            plan: entropy of attention at growing learning rates, no norms in blocks, no warm-up, \
            weight decay 0: sigma-reparam, on characters of Pride and Prejudice
            2 runs, 1.66e10 FLOP in all, at most 3.3 MiB a run
            Adam(0.9, 0.999), no clipping, constant rate; no norms in blocks, no warm-up, weight \
            decay 0; 256 tokens a step; attention of 4 held-out windows at 20 equal distances
              run                           model          peak lr    N  D tokens  steps    \
            FLOP   memory  seed
              d32-sigma-reparam-lr0.001-s1  d32-L2-h2-c64    0.001  27k    51,200    200  \
            8.29e9  3.3 MiB     1
              d32-sigma-reparam-lr0.03-s1   d32-L2-h2-c64     0.03  27k    51,200    200  \
            8.29e9  3.3 MiB     1
            """);
    assertThat(models().learningRates(0.03).blockNorms().warmup(0.1).weightDecay(0.1).plan().text())
        .contains("norms in blocks, warm-up 10 %, weight decay 0.1: plain, spectral-norm, sigma");
  }

  @Test
  void whatCannotBeLookedAtIsRefused() {
    assertThatThrownBy(() ->
            entropyCollapse(decoder(widths(16)))
                .corpus(markov(symbols(16), order(1)))
                .tokens(tokens(51_200))
                .learningRates(0.01)
                .plan())
        .hasMessageContaining("expected characters of a text, got ");
    assertThatThrownBy(() ->
            entropyCollapse(decoder(widths(16)).context(48))
                .corpus(NOVEL)
                .tokens(tokens(51_200))
                .learningRates(0.01)
                .plan())
        .hasMessageContaining("expected a window that divides 256 tokens a step, got 48");
    assertThatThrownBy(() -> models().learningRates(0.01).looks(7).plan())
        .hasMessageContaining(
            "expected tokens to be a multiple of looks times 256 a step, 1,792, got 51,200");
    assertThatThrownBy(() -> models().learningRates())
        .hasMessage("name at least one learning rate and one kind of matrix, got 0 and 3");
    assertThatThrownBy(() -> models().learningRates(0.01).warmup(1))
        .hasMessage(
            "expected a share of warm-up from 0 to below 1 and weight decay of at least 0, got 1.0"
                + " and 0.0");
    assertThatThrownBy(() -> models().learningRates(-0.01)).hasMessageContaining("learning rate");
  }

  /** Invented: plain matrices collapse and spike at .03 in two of three seeds, others never. */
  @Test
  void readingsTellWhatFailsWhere() {
    EntropyCollapse experiment = models().learningRates(0.001, 0.03).looks(2).seeds(3);
    List<RunOutcome> runs = new ArrayList<>();
    for (CollapseTask task : experiment.plan().runs(CollapseTask.class)) {
      boolean fails = task.scale() == PLAIN && task.rate() == 0.03 && task.seed() < 3;
      double loss = (task.rate() == 0.03 ? 2 : 1.8) + (task.scale() == SPECTRAL_NORM ? .5 : 0);
      runs.add(finished(task, fails ? .1 : 2, fails ? 3 : .2, fails ? loss + 1 : loss, 0));
    }
    CollapseResult result = result(experiment, runs);
    assertThat(result.fails(PLAIN, 0.03)).isTrue();
    assertThat(result.failingRates(PLAIN).value()).isEqualTo(1);
    Measured rescued = result.rescued(SIGMA_REPARAM);
    assertThat(rescued.value()).isEqualTo(1);
    assertThat(rescued.how())
        .isEqualTo(
            "learning rates at which plain matrices fail and sigma-reparam does not: [0.03], of"
                + " [0.03] at which plain ones fail");
    assertThat(rescued.checks()).extracting(c -> c.held()).containsExactly(true);
    // seeds 1 and 2: one run of two differs in both; seed 3: all alike
    assertThat(result.correlation(PLAIN).value()).isCloseTo(-2 / 3.0, within(1e-12));
    assertThat(result.entropyAtLargestRate(SIGMA_REPARAM, PLAIN).value())
        .isCloseTo(1.9 * 2 / 3 / Math.log(64), within(1e-12));
    assertThat(result.lossAtLargestRate(SIGMA_REPARAM, PLAIN).value())
        .isCloseTo(-2 / 3.0, within(1e-12));
    assertThat(result.bestLoss(SPECTRAL_NORM, SIGMA_REPARAM).value()).isCloseTo(.5, within(1e-12));
    assertThat(result.sensitivity(SIGMA_REPARAM, PLAIN).value()).isCloseTo(-2 / 3.0, within(1e-12));
    assertThat(result.margin().value()).isEqualTo(1e-3);
    assertThat(result)
        .hasToString(
            "collapsed and unstable, of 2 learning rates: plain at 1, spectral-norm at 0,"
                + " sigma-reparam at 0");
    // runs x looks x blocks
    assertThat(result.frame().rowCount()).isEqualTo(18 * 3 * 2);
    assertThat(result.charts()).hasSize(5);
  }

  /** A loss that is no number is the largest rise, and a held-out loss of ln V. */
  @Test
  void aRunThatBrokeIsUnstable() {
    EntropyCollapse experiment = models().learningRates(0.03).looks(2).compare(PLAIN);
    CollapseTask task = experiment.plan().runs(CollapseTask.class).getFirst();
    CollapseResult result = result(experiment, List.of(finished(task, .1, .5, Double.NaN, 17)));
    assertThat(result.failingRates(PLAIN).value()).isEqualTo(1);
    assertThat(CollapseRuns.rise(result.finished().getFirst())).isInfinite();
    assertThat(CollapseRuns.loss(result.finished().getFirst()))
        .isCloseTo(Math.log(75), within(1e-12));
    assertThat(result.charts()).hasSize(5);
    assertThatThrownBy(() -> result.bestLoss(SIGMA_REPARAM, PLAIN))
        .isInstanceOf(RunFailure.class)
        .hasMessage("no run with sigma-reparam matrices and seed 1 finished");
    CollapseResult empty = result(experiment, List.of());
    assertThat(empty).hasToString("entropy of attention: no run finished");
    assertThat(empty.charts()).isEmpty();
  }

  private static CollapseResult result(EntropyCollapse experiment, List<RunOutcome> runs) {
    Provenance record =
        new Provenance("", "", "", "", "", "", NOWHERE, Instant.EPOCH, 0, List.of(), List.of());
    return experiment.result(new Outcome(experiment.plan(), runs, List.of(), List.of(), record));
  }

  /** The second block's entropy at the last look is the least; it was 3 in all others. */
  private static RunOutcome finished(
      CollapseTask task, double least, double rise, double loss, int brokenAt) {
    List<Reading> readings = new ArrayList<>();
    for (int look = 0; look <= task.looks(); look++) {
      for (int block = 1; block <= 2; block++) {
        String at = CollapseMeasures.at(task.stepsAt(look), block);
        boolean here = look == task.looks() && block == 2;
        readings.add(new Reading(CollapseMeasures.MEAN, at, 3));
        readings.add(new Reading(CollapseMeasures.LEAST, at, here ? least : 3));
      }
    }
    readings.add(new Reading(CollapseMeasures.MARGIN, "", 1e-3));
    readings.add(new Reading(CollapseMeasures.RISE, "", rise));
    readings.add(new Reading(CollapseMeasures.BROKEN_AT, "", brokenAt));
    return new RunOutcome.Finished<>(
        task, loss, new LossCurve(new int[0], new double[0]), Readings.of(readings), 1, "digest");
  }
}
