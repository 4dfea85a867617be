package reprise.dsl.lowprecision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static reprise.dsl.Reprise.E1M1;
import static reprise.dsl.Reprise.E2M1;
import static reprise.dsl.Reprise.E4M3;
import static reprise.dsl.Reprise.E8M7;
import static reprise.dsl.Reprise.PRIDE_AND_PREJUDICE;
import static reprise.dsl.Reprise.characters;
import static reprise.dsl.Reprise.decoder;
import static reprise.dsl.Reprise.markov;
import static reprise.dsl.Reprise.order;
import static reprise.dsl.Reprise.symbols;
import static reprise.dsl.Reprise.tokens;
import static reprise.dsl.Reprise.trainingIn;
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
import reprise.dsl.result.RunOutcome;

/** The experiment as text, what it refuses, and what its readings say. */
@Tag("plan")
class LowPrecisionTest {
  private static final Provenance.Machine NOWHERE = new Provenance.Machine("", 1, "", "");
  private static final Corpus NOVEL = characters(PRIDE_AND_PREJUDICE);

  /** A format that needs no scale is trained once, whatever the blocks. */
  @Test
  void aPlanSaysFormatsAndBlocks() {
    assertThat(
            trainingIn(E8M7, E2M1)
                .models(decoder(widths(32)).context(64))
                .corpus(NOVEL)
                .tokens(tokens(131_072))
                .blocks(128, 32)
                .plan()
                .text())
        .isEqualTo(
            """
            plan: training in E8M7, E2M1 with blocks of 32, 128: \
            decoder(widths(32)).layers(2).context(64) on characters of Pride and Prejudice
            3 runs, 6.36e10 FLOP in all, at most 3.3 MiB a run
            AdamW(0.9, 0.95), clip 1, warm-up 5 %, cosine to 0, 256 tokens a step, peak lr 0.006 \
            sqrt(32/d); X, W and dY rounded to the nearest in the three products of every block's \
            matrix
              run                                 format  block    N  D tokens  steps     FLOP  \
             memory  peak lr  seed
              d32-L2-h2-c64-E8M7-D131072-s1       E8M7    none   27k   131,072    512  2.12e10  \
            3.3 MiB    0.006     1
              d32-L2-h2-c64-E2M1-B32-D131072-s1   E2M1    32     27k   131,072    512  2.12e10  \
            3.3 MiB    0.006     1
              d32-L2-h2-c64-E2M1-B128-D131072-s1  E2M1    128    27k   131,072    512  2.12e10  \
            3.3 MiB    0.006     1
            """);
  }

  @Test
  void whatCannotBeTrainedIsRefused() {
    assertThatThrownBy(() -> new FloatFormat(0, 3))
        .hasMessage("a format has 1 to 8 exponent bits and 1 to 7 mantissa bits, got E0M3");
    assertThatThrownBy(() -> new FloatFormat(4, 8)).hasMessageContaining("got E4M8");
    assertThatThrownBy(() -> trainingIn()).hasMessage("name at least one format, such as E4M3");
    assertThatThrownBy(() -> trainingIn(E4M3).models(decoder(widths(16))).corpus(NOVEL).tokens())
        .hasMessage("name at least one number of tokens and one block");
    assertThatThrownBy(() ->
            trainingIn(E4M3)
                .models(decoder(widths(16)))
                .corpus(markov(symbols(16), order(1)))
                .tokens(tokens(256))
                .plan())
        .hasMessageContaining("expected characters of a text, got markov(");
    assertThat(E4M3.bits()).isEqualTo(8);
    assertThat(E8M7.bits()).isEqualTo(16);
    assertThat(new FloatFormat(3, 2)).hasToString("E3M2");
  }

  /** Invented losses: 2 + lost, where lost = .1 log2(B) D/65536 in E1M1 and .01 in E2M1. */
  @Test
  void readingsCompareRunsOfOneSeed() {
    LowPrecision experiment =
        trainingIn(E8M7, E2M1, E1M1)
            .models(decoder(widths(16)))
            .corpus(NOVEL)
            .tokens(tokens(65_536), tokens(131_072))
            .blocks(32, 128)
            .seeds(3);
    List<RunOutcome> runs = new ArrayList<>();
    for (LowPrecisionTask task : experiment.plan().runs(LowPrecisionTask.class)) {
      double lost = task.format().equals(E8M7) ? 0 : .01;
      if (task.format().equals(E1M1)) {
        lost = .1 * task.logBlock() * task.tokens().count() / 65_536;
      }
      runs.add(
          new RunOutcome.Finished<>(
              task,
              2 + .1 * task.seed() + lost,
              new LossCurve(new int[0], new double[0]),
              1,
              "digest"));
    }
    LowPrecisionResult result = result(experiment, runs);
    assertThat(result.finished()).hasSize(3 * 2 * (1 + 2 + 2));
    // smallest block, most tokens
    Measured gap = result.gap(E1M1, E8M7);
    assertThat(gap.value()).isCloseTo(1, within(1e-12));
    assertThat(gap.how()).isEqualTo("held-out loss in E1M1 less that in E8M7, nats: 1, 1, 1");
    assertThat(gap.checks()).extracting(c -> c.held()).containsExactly(true);
    assertThat(result.gap(E2M1, E8M7).value()).isCloseTo(.01, within(1e-12));
    assertThat(result.blockSlope(E1M1).value()).isCloseTo(.2, within(1e-12));
    assertThat(result.gapGrowth(E1M1, E8M7).value()).isCloseTo(.5, within(1e-12));
    assertThat(result.order().value()).isCloseTo(1, within(1e-12));
    assertThat(result.charts()).hasSize(2);
    assertThat(result.frame().rowCount()).isEqualTo(30);
    assertThat(result.toString()).startsWith("held-out loss: E8M7 2.2, E2M1 2.21, E1M1 ");
    LowPrecisionResult empty = result(experiment, List.of());
    assertThat(empty).hasToString("training in low precision: no run finished");
    assertThat(empty.charts()).isEmpty();
    assertThatThrownBy(() -> empty.gap(E1M1, E8M7))
        .isInstanceOf(RunFailure.class)
        .hasMessage("held-out loss in E1M1 less that in E8M7, nats: no finished run speaks to it");
  }

  private static LowPrecisionResult result(LowPrecision experiment, List<RunOutcome> runs) {
    Provenance record =
        new Provenance("", "", "", "", "", "", NOWHERE, Instant.EPOCH, 0, List.of(), List.of());
    return experiment.result(new Outcome(experiment.plan(), runs, List.of(), List.of(), record));
  }
}
