package reprise.dsl.hyperfit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static reprise.dsl.Reprise.PRIDE_AND_PREJUDICE;
import static reprise.dsl.Reprise.decoder;
import static reprise.dsl.Reprise.hyperfitting;
import static reprise.dsl.Reprise.nucleus;
import static reprise.dsl.Reprise.pretrained;
import static reprise.dsl.Reprise.symbols;
import static reprise.dsl.Reprise.tokens;
import static reprise.dsl.Reprise.widths;
import static reprise.dsl.Reprise.words;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.dsl.claim.Measured;
import reprise.dsl.generation.TextMeasures;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.LossCurve;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Passage;
import reprise.dsl.result.Provenance;
import reprise.dsl.result.Ranks;
import reprise.dsl.result.Reading;
import reprise.dsl.result.Readings;
import reprise.dsl.result.RunOutcome;

/** What is made of readings, from readings written by hand. */
@Tag("unit")
class HyperfittingResultTest {
  private static final Hyperfitting EXPERIMENT =
      hyperfitting(
              pretrained(decoder(widths(32)).context(128))
                  .on(words(PRIDE_AND_PREJUDICE, symbols(400)))
                  .tokens(tokens(102_400)))
          .samples(64)
          .fewer(8, 16)
          .readAfter(1, 10)
          .seeds(3);

  private static final Provenance.Machine NOWHERE = new Provenance.Machine("", 1, "", "");

  private static final double[] GREEDY = {0.2, 0.25, 0.4, 0.6};

  /** Diversity of every state grows by the factor; the final training loss is given. */
  private static RunOutcome run(HyperfitTask task, double factor, double finalLoss) {
    List<Reading> r = new ArrayList<>();
    String[] states = {"original", "epoch 1", "epoch 10", "hyperfitted"};
    double[] losses = {0, 3, 1, finalLoss};
    double[] perplexities = {30, 28, 50, 900};
    double[] entropies = {3, 3, 2, 1.2};
    for (int i = 0; i < states.length; i++) {
      double diversity = i == 0 ? GREEDY[0] : GREEDY[i] * factor;
      r.add(new Reading(TextMeasures.TTR, states[i] + "; greedy", diversity));
      r.add(new Reading(TextMeasures.PERPLEXITY, states[i], perplexities[i]));
      r.add(new Reading(TextMeasures.ENTROPY, states[i], entropies[i]));
      if (i > 0) {
        r.add(new Reading(HyperfitMeasures.TRAINING_LOSS, states[i], losses[i]));
      }
    }
    r.add(new Reading(TextMeasures.TTR, "original; nucleus 0.9", 0.75));
    r.add(new Reading(TextMeasures.TTR, "original; matched temperature", 0.3));
    r.add(new Reading(TextMeasures.TTR, "hyperfitted; greedy, blocked", 0.63 * factor));
    r.add(new Reading(TextMeasures.LONG_OVERLAPS, "hyperfitted; greedy", 0.01));
    r.add(new Reading(TextMeasures.TTR, "8 windows; greedy", 0.45));
    r.add(new Reading(TextMeasures.TTR, "16 windows; greedy", 0.5));
    r.add(new Reading(HyperfitMeasures.AGREEMENT, "order 2", 0.6 * factor));
    List<Passage> texts =
        List.of(
            new Passage("original; greedy", "it is", "a a a"),
            new Passage("hyperfitted; greedy", "it is", "a truth"));
    return new RunOutcome.Finished<>(
        task, 6.8, new LossCurve(new int[0], new double[0]), new Readings(r, texts), 1, "d");
  }

  private static HyperfittingResult result(double finalLoss, double... factors) {
    Plan plan = EXPERIMENT.seeds(factors.length).plan();
    List<HyperfitTask> tasks = plan.runs(HyperfitTask.class);
    List<RunOutcome> runs = new ArrayList<>();
    for (int i = 0; i < factors.length; i++) {
      runs.add(run(tasks.get(i), factors[i], finalLoss));
    }
    Provenance record =
        new Provenance("", "", "", "", "", "", NOWHERE, Instant.EPOCH, 0, List.of(), List.of());
    return EXPERIMENT.result(new Outcome(plan, runs, List.of(), List.of(), record));
  }

  @Test
  void ratiosAreGeometricMeansWithTheRangeOfTheSeeds() {
    Measured ratio = result(0.02, 1, 1.1, 0.9).diversityRatio();
    assertThat(ratio.value()).isCloseTo(3 * Math.cbrt(0.99), within(1e-12));
    assertThat(ratio.interval().orElseThrow().low()).isCloseTo(2.7, within(1e-12));
    assertThat(ratio.interval().orElseThrow().high()).isCloseTo(3.3, within(1e-12));
    // P(median outside the range of three) = 2 / 2^3
    assertThat(ratio.interval().orElseThrow().level()).isEqualTo(0.75);
    assertThat(ratio.how()).endsWith("seeds: 3, 3.3, 2.7");
  }

  @Test
  void everyMeasurementReadsItsOwnStage() {
    HyperfittingResult r = result(0.02, 1, 1, 1);
    assertThat(r.perplexityRatio().value()).isCloseTo(30, within(1e-9));
    assertThat(r.entropyRatio().value()).isCloseTo(0.4, within(1e-9));
    assertThat(r.diversityAgainst(nucleus(0.9)).value()).isCloseTo(0.8, within(1e-9));
    assertThat(r.blockedRatio().value()).isCloseTo(1.05, within(1e-9));
    assertThat(r.longOverlaps().value()).isCloseTo(0.01, within(1e-9));
    assertThat(r.agreement().value()).isCloseTo(0.6, within(1e-9));
    assertThat(r.diversityRatio(16).value()).isCloseTo(2.5, within(1e-9));
    assertThat(r.fewerRatio(8, 16).value()).isCloseTo(0.9, within(1e-9));
    assertThat(r.temperatureControl().value()).isCloseTo(2, within(1e-9));
    // diversity rises at every reading as the loss falls
    assertThat(r.diversityAgainstLoss().value()).isCloseTo(-1, within(1e-9));
    // the best held-out perplexity is that of epoch 1: (.25 - .2) / (.6 - .2)
    assertThat(r.earlyStoppingGain().value()).isCloseTo(0.125, within(1e-9));
    assertThat(r).hasToString("3 seeds; type-token ratio x 3, entropy x 0.4, perplexity x 30");
  }

  @Test
  void fewSeedsAndUnfinishedFitsAreReported() {
    Measured few = result(0.02, 1).diversityRatio();
    assertThat(few.interval()).isEmpty();
    assertThat(few.checks().get(0).held()).isFalse();
    assertThat(few.checks().get(0).detail()).isEqualTo("1 seed finished");
    assertThat(few.checks().get(1).held()).isTrue();
    Measured unfinished = result(0.3, 1, 1, 1).diversityRatio();
    assertThat(unfinished.checks().get(0).held()).isTrue();
    assertThat(unfinished.checks().get(1).held()).isFalse();
    assertThat(unfinished.checks().get(1).detail()).isEqualTo("the largest is 0.3");
  }

  @Test
  void theFrameHasARowForEachStateAndRule() {
    var frame = result(0.02, 1, 1, 1).frame();
    assertThat(frame.rowCount()).isEqualTo(3 * 10);
    assertThat(frame.stringColumn("model").asList().subList(0, 4))
        .containsExactly("original", "epoch 1", "epoch 10", "hyperfitted");
    // what is read from the model alone stands in the rows of its texts
    assertThat(frame.doubleColumn("perplexity").get(0)).isEqualTo(30);
    assertThat(frame.doubleColumn("perplexity").get(4)).isEqualTo(30);
    assertThat(frame.stringColumn("decoding").get(4)).isEqualTo("nucleus 0.9");
    var texts = result(0.02, 1).passages();
    assertThat(texts.columnNames())
        .containsExactly("prompt", "original, greedy", "hyperfitted, greedy");
    assertThat(texts.stringColumn(2).get(0)).isEqualTo("a truth");
    assertThat(result(0.02, 1, 1).charts()).hasSize(3);
  }

  @Test
  void nothingFinishedIsSaid() {
    Plan plan = EXPERIMENT.seeds(1).plan();
    RunOutcome failed = new RunOutcome.Failed(plan.runs().getFirst(), "cancelled at step 3");
    Provenance record =
        new Provenance("", "", "", "", "", "", NOWHERE, Instant.EPOCH, 0, List.of(), List.of());
    HyperfittingResult none =
        EXPERIMENT.result(new Outcome(plan, List.of(failed), List.of(), List.of(), record));
    assertThat(none).hasToString("hyperfitting: no run finished");
    assertThat(none.charts()).isEmpty();
    assertThat(none.frame().rowCount()).isZero();
    assertThatThrownBy(none::diversityRatio)
        .hasMessage("hyperfitting: no run finished, so nothing can be measured");
  }

  @Test
  void ranksShareTheirPlaces() {
    assertThat(Ranks.correlation(new double[] {1, 2, 3}, new double[] {5, 6, 9}))
        .isCloseTo(1, within(1e-12));
    // ranks 1.5 1.5 3 against 1 2 3
    assertThat(Ranks.correlation(new double[] {7, 7, 8}, new double[] {1, 2, 3}))
        .isCloseTo(Math.sqrt(3) / 2, within(1e-12));
    assertThat(Ranks.correlation(new double[] {1, 1}, new double[] {1, 2})).isNaN();
  }
}
