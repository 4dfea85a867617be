package reprise.dsl.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static reprise.dsl.Reprise.PRIDE_AND_PREJUDICE;
import static reprise.dsl.Reprise.characters;
import static reprise.dsl.Reprise.decoder;
import static reprise.dsl.Reprise.parallelScaling;
import static reprise.dsl.Reprise.tokens;
import static reprise.dsl.Reprise.width;
import static reprise.dsl.Reprise.widths;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.dsl.RunFailure;
import reprise.dsl.claim.Verdict;
import reprise.dsl.result.LossCurve;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Provenance;
import reprise.dsl.result.RunOutcome;
import reprise.dsl.unit.Counting;

/** What streams add, what they cost, and how they are compared with parameters. */
@Tag("unit")
class ParallelScalingTest {
  private static final Provenance.Machine NOWHERE = new Provenance.Machine("", 1, "", "");

  private static ParallelScaling experiment() {
    return parallelScaling(decoder(widths(16)))
        .streams(1, 4)
        .corpus(characters(PRIDE_AND_PREJUDICE))
        .tokens(tokens(1_000_000))
        .against(widths(32))
        .seeds(2);
  }

  /** Width 16, two layers, 8 entries: 4 16^2 + 16 + 64 + 4 and 2 2 4 8 16 numbers more. */
  @Test
  void extrasAndComputeAreCounted() {
    List<StreamTask> tasks =
        experiment().plan().runs().stream().map(StreamTask.class::cast).toList();
    assertThat(tasks)
        .extracting(StreamTask::id)
        .containsExactly(
            "d16-L2-h1-c64-P1-s1",
            "d32-L2-h2-c64-P1-s1",
            "d16-L2-h1-c64-P4-s1",
            "d16-L2-h1-c64-P1-s2",
            "d32-L2-h2-c64-P1-s2",
            "d16-L2-h1-c64-P4-s2");
    StreamTask one = tasks.get(0);
    StreamTask four = tasks.get(2);
    assertThat(one.aggregator() + one.prefixes()).isZero();
    assertThat(four.aggregator()).isEqualTo(1024 + 16 + 64 + 4);
    assertThat(four.prefixes()).isEqualTo(2048);
    assertThat(four.params().count() - one.params().count()).isEqualTo(1108 + 2048);
    assertThat(one.params()).isEqualTo(one.model().params(Counting.NON_EMBEDDING));
    // 6 D (4 x 6144 of the blocks + 1108 + head)
    double head = 16 * one.model().vocabulary();
    assertThat(four.tokens().count()).isEqualTo(1_000_000 / 256 * 256);
    assertThat(four.flops().count())
        .isEqualTo(6.0 * four.tokens().count() * (4 * 6144 + 1108 + head));
    assertThat(experiment().plan().text()).contains("8 prefix entries a layer, head and stream");
  }

  private static ParallelResult result(double one, double wide, double four) {
    ParallelScaling asked = experiment();
    List<RunOutcome> runs = new ArrayList<>();
    asked
        .plan()
        .runs()
        .forEach(task -> {
          StreamTask t = (StreamTask) task;
          double loss =
              (t.streams() == 4 ? four : t.model().width() == 32 ? wide : one) + .01 * t.seed();
          runs.add(
              new RunOutcome.Finished<>(
                  t, loss, new LossCurve(new int[] {1}, new double[] {3}), 1, "digest"));
        });
    Provenance record =
        new Provenance("", "", "", "", "", "", NOWHERE, Instant.EPOCH, 0, List.of(), List.of());
    return asked.result(new Outcome(asked.plan(), runs, List.of(), List.of(), record));
  }

  @Test
  void streamsAreComparedSeedBySeed() {
    ParallelResult result = result(2.0, 1.8, 1.9);
    assertThat(result.gain(4, width(16)).value()).isCloseTo(.1, within(1e-12));
    assertThat(result.leastStep().value()).isCloseTo(.1, within(1e-12));
    // halfway down in loss is halfway in log N
    double narrow = 7424;
    double wide = 27_136;
    assertThat(result.timesParameters(4, width(16)).value())
        .isCloseTo(Math.sqrt(wide / narrow), within(.01));
    double share = Math.log((narrow + 1108 + 2048) / narrow) / Math.log(wide / narrow);
    assertThat(result.gainBeyondExtras(4, width(16)).value())
        .isCloseTo(2.0 - .2 * share - 1.9, within(.001));
    assertThat(result.excessAtEqualCompute(4, width(16)).value()).isBetween(.09, .1);
    assertThat(result.claims()).singleElement().isInstanceOf(Verdict.Supported.class);
    assertThat(result(2.0, 1.8, 2.1).claims())
        .singleElement()
        .isInstanceOf(Verdict.Contradicted.class);
    assertThat(result.charts())
        .extracting(f -> f.name())
        .containsExactly("loss-against-parameters", "loss-against-compute");
    assertThat(result.frame().rowCount()).isEqualTo(6);
  }

  @Test
  void whatPlainDecodersDoNotReachIsNotGuessed() {
    assertThatThrownBy(() -> result(2.0, 1.8, 1.7).timesParameters(4, width(16)))
        .isInstanceOf(RunFailure.class)
        .hasMessage(
            "no plain decoders on both sides of a loss of 1.71: compare against(widths(...)) that"
                + " reach it");
    assertThatThrownBy(() -> result(2.0, 1.8, 1.7).gain(4, width(32)))
        .hasMessage("no finished run of width 32 with 4 streams and seed 1");
  }

  @Test
  void oneStreamBelongsToEveryComparison() {
    assertThatThrownBy(() -> parallelScaling(decoder(widths(16))).streams(2, 4))
        .hasMessage(
            "streams: give 1, which everything is compared with, and others once each, such as"
                + " streams(1, 2, 4); got [2, 4]");
  }
}
