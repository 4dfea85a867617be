package reprise.dsl.sparsity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static reprise.dsl.Reprise.CETT_PPL_1;
import static reprise.dsl.Reprise.PRIDE_AND_PREJUDICE;
import static reprise.dsl.Reprise.RELU;
import static reprise.dsl.Reprise.characters;
import static reprise.dsl.Reprise.gpt2;
import static reprise.dsl.Reprise.heads;
import static reprise.dsl.Reprise.layers;
import static reprise.dsl.Reprise.llama;
import static reprise.dsl.Reprise.markov;
import static reprise.dsl.Reprise.order;
import static reprise.dsl.Reprise.sparsingLaw;
import static reprise.dsl.Reprise.symbols;
import static reprise.dsl.Reprise.tokens;
import static reprise.dsl.Reprise.width;
import static reprise.dsl.Reprise.words;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.dsl.RunFailure;
import reprise.dsl.claim.Measured;
import reprise.dsl.data.Corpus;
import reprise.dsl.model.TransformerModel;
import reprise.dsl.result.LossCurve;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Provenance;
import reprise.dsl.result.Reading;
import reprise.dsl.result.Readings;
import reprise.dsl.result.RunOutcome;

/** The experiment as text, what it refuses, and what its readings say. */
@Tag("plan")
class SparsingLawTest {
  private static final TransformerModel SMALL =
      llama(layers(2), width(32), heads(2)).mlp(width(80));
  private static final Provenance.Machine NOWHERE = new Provenance.Machine("", 1, "", "");
  private static final Corpus NOVEL = characters(PRIDE_AND_PREJUDICE);

  @Test
  void aPlanSaysWhatIsTrainedAndHowNeuronsAreCounted() {
    assertThat(
            sparsingLaw(CETT_PPL_1)
                .models(SMALL)
                .corpus(NOVEL)
                .tokens(tokens(1_048_576))
                .plan()
                .text())
        .isEqualTo(
            """
            plan: activation ratio under CETT-PPL-1%: llama-2-32-2-gated80 with ReLU, SiLU, on \
            characters of Pride and Prejudice
            2 runs, 3.27e11 FLOP in all, at most 238 MiB a run
            CETT-PPL-1% on 8192 held-out tokens; AdamW(0.9, 0.95), decay 0.1, clip 1, warm-up, \
            plateau, straight to 0 over the last 20 %; 512 tokens a step, context 64
              run                           activation    N   D tokens  steps  checkpoints     \
            FLOP   memory  peak lr  seed
              llama-2-32-2-gated80-relu-s1  ReLU        26k  1,048,576  2,048           16  \
            1.63e11  238 MiB    0.006     1
              llama-2-32-2-gated80-silu-s1  SiLU        26k  1,048,576  2,048           16  \
            1.63e11  238 MiB    0.006     1
            """);
  }

  @Test
  void whatCannotBeCountedIsRefused() {
    assertThatThrownBy(() ->
            sparsingLaw(CETT_PPL_1)
                .models(gpt2(layers(1), width(16), heads(1)))
                .corpus(NOVEL)
                .tokens(tokens(8192))
                .plan())
        .hasMessageContaining("expected gated feed-forward blocks, got mlp64; llama(...) has them");
    assertThatThrownBy(() ->
            sparsingLaw(CETT_PPL_1)
                .models(SMALL)
                .corpus(NOVEL)
                .tokens(tokens(8192))
                .checkpoints(4)
                .plan())
        .hasMessageContaining(
            "expected at least 5 checkpoints, over which the growth of perplexity is averaged,"
                + " got 4");
    assertThatThrownBy(
            () -> sparsingLaw(CETT_PPL_1).models(SMALL).corpus(NOVEL).tokens(tokens(10_000)).plan())
        .hasMessageContaining(
            "expected tokens to be a multiple of checkpoints times 512 a step, 8,192, got 10,000");
    for (Corpus other :
        List.of(words(PRIDE_AND_PREJUDICE, symbols(400)), markov(symbols(16), order(1)))) {
      assertThatThrownBy(
              () -> sparsingLaw(CETT_PPL_1).models(SMALL).corpus(other).tokens(tokens(8192)).plan())
          .hasMessageContaining("expected characters of a text, got " + other.label());
    }
    assertThatThrownBy(() -> new CettPpl(0)).hasMessageContaining("growth of perplexity");
  }

  /** Invented ratios: every reading is made in each seed by itself. */
  @Test
  void readingsCompareRunsOfOneSeed() {
    TransformerModel large = llama(layers(3), width(48), heads(3)).mlp(width(120));
    SparsingLaw experiment =
        sparsingLaw(CETT_PPL_1).models(SMALL, large).corpus(NOVEL).tokens(tokens(8192)).seeds(3);
    List<RunOutcome> runs = new ArrayList<>();
    for (SparsingTask task : experiment.plan().runs(SparsingTask.class)) {
      boolean relu = task.activation() == Activation.RELU;
      double end = (relu ? .2 : .4) + .01 * task.seed();
      end *= task.model().equals(large) ? 1.5 : 1;
      runs.add(finished(task, relu ? 2 * end : .5 * end, end, relu ? 1.7 : 1.69));
    }
    SparsingResult result = result(experiment, runs);
    assertThat(result.atEnd(RELU).value()).isCloseTo(1.25 * .22, within(1e-12));
    // from 2 x to x between checkpoints 4 and 16
    assertThat(result.change(RELU).value()).isCloseTo(-1.25 * .22 * 12 / 15, within(1e-9));
    assertThat(result.change(Activation.SILU).value()).isPositive();
    double pairs = (.21 / .41 + .22 / .42 + .23 / .43) / 3;
    assertThat(result.reluOverSilu().value()).isCloseTo(pairs, within(1e-12));
    assertThat(result.lossDifference().value()).isCloseTo(.01, within(1e-12));
    assertThat(result.spread(RELU).value()).isCloseTo(1.5, within(1e-12));
    Measured over = result.over(large, SMALL);
    assertThat(over.value()).isCloseTo(1.5, within(1e-12));
    assertThat(over.checks()).extracting(c -> c.held()).containsExactly(true, true);
    assertThat(over.how())
        .isEqualTo(
            "activation ratio at the end, llama-3-48-3-gated120 over llama-2-32-2-gated80: 1.5,"
                + " 1.5, 1.5, 1.5, 1.5, 1.5");
    assertThat(result.frame().rowCount()).isEqualTo(12 * 16);
    assertThat(result)
        .hasToString("CETT-PPL-1% at the end: ReLU 27.5 % SiLU 52.5 % of neurons active");
    SparsingResult empty = result(experiment, List.of());
    assertThat(empty).hasToString("activation sparsity: no run finished");
    assertThat(empty.charts()).isEmpty();
    assertThatThrownBy(() -> empty.change(RELU))
        .isInstanceOf(RunFailure.class)
        .hasMessage(
            "activation ratio at the end less that at a quarter of the tokens, ReLU: no finished"
                + " run speaks to it");
  }

  private static SparsingResult result(SparsingLaw experiment, List<RunOutcome> runs) {
    Provenance record =
        new Provenance("", "", "", "", "", "", NOWHERE, Instant.EPOCH, 0, List.of(), List.of());
    return experiment.result(new Outcome(experiment.plan(), runs, List.of(), List.of(), record));
  }

  private static RunOutcome finished(SparsingTask task, double from, double to, double loss) {
    List<Reading> readings = new ArrayList<>();
    readings.add(new Reading(SparsityMeasures.CETT, "", .1));
    readings.add(new Reading(SparsityMeasures.PERPLEXITY, "", 1.01));
    for (int c = 1; c <= 16; c++) {
      String at = SparsityMeasures.after(task.tokensAt(c));
      double ratio = from + (to - from) * (c - 1) / 15;
      readings.add(new Reading(SparsityMeasures.ACTIVATION, at, ratio));
      readings.add(new Reading(SparsityMeasures.NON_ZERO, at, 1));
      readings.add(new Reading(SparsityMeasures.LOSS, at, loss));
    }
    return new RunOutcome.Finished<>(
        task, loss, new LossCurve(new int[0], new double[0]), Readings.of(readings), 1, "digest");
  }
}
