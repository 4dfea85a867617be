package reprise.dsl.ladder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static reprise.dsl.Reprise.GPTQ_INT4;
import static reprise.dsl.Reprise.INT4;
import static reprise.dsl.Reprise.INT8;
import static reprise.dsl.Reprise.PRIDE_AND_PREJUDICE;
import static reprise.dsl.Reprise.decoder;
import static reprise.dsl.Reprise.density;
import static reprise.dsl.Reprise.densityLadder;
import static reprise.dsl.Reprise.params;
import static reprise.dsl.Reprise.recipe;
import static reprise.dsl.Reprise.symbols;
import static reprise.dsl.Reprise.tokens;
import static reprise.dsl.Reprise.width;
import static reprise.dsl.Reprise.widths;
import static reprise.dsl.Reprise.words;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.dsl.RunFailure;
import reprise.dsl.claim.Measured;
import reprise.dsl.density.LadderScale;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.Finding;
import reprise.dsl.result.Outcome;
import reprise.dsl.unit.Counting;

/** A ladder as a plan, what it refuses, and what its readings say. */
@Tag("plan")
class DensityLadderTest {
  private static final Recipe DENSE = recipe("Twice as dense").learningRate(0.01);

  private static LadderResult result(DensityLadder ladder) {
    List<LadderScale> scales =
        IntStream.rangeClosed(1, ladder.seeds())
            .mapToObj(seed ->
                new LadderScale(
                    seed, InventedLadder.LAW, 1, 0.99, ladder.reference().count(), 1792, 25_088))
            .toList();
    Outcome outcome =
        InventedLadder.outcome(
            ladder,
            InventedLadder.runs(ladder, t -> t.reference() ? 1 : 2 + 0.01 * t.seed()),
            List.of(new Finding.Ladder(DensityLadder.SCALES, scales)));
    return ladder.result(outcome);
  }

  @Test
  void everyWidthReadsEveryTokenCountAndOneModelIsAlsoCompressed() {
    Plan plan = InventedLadder.LADDER.recipes(DENSE).pruned(0.5).rounded(INT8).plan();
    assertThat(plan.runs(LadderTask.class))
        .extracting(LadderTask::id)
        .hasSize(13)
        .startsWith("d4-t262144-s1", "d4-t524288-s1", "d4-t1048576-s1", "d8-t262144-s1")
        .contains("d8-twice-as-dense-s1");
    assertThat(plan.runs(LadderTask.class).stream().filter(t -> !t.compressions().isEmpty()))
        .singleElement()
        .satisfies(t -> {
          assertThat(t.id()).isEqualTo("d8-t524288-s1");
          assertThat(t.compressions())
              .extracting(Compression::word)
              .containsExactly("pruned 50 %", "int8");
        });
    assertThat(plan.text())
        .contains("cloze: 6,000 held-out words, the true one among 4 (seed 1)")
        .contains(
            "ladder: fit L = a N^-alpha + b D^-beta and S = c/(1 + exp(-gamma (L - l))) + d,"
                + " d = 0.25, c = 1 - d, for each seed; sizes at D0 = 524,288 tokens");
  }

  @Test
  void whatMakesNoLadderIsRefused() {
    assertThatThrownBy(() -> densityLadder(decoder(widths(8, 16))))
        .hasMessage("a ladder needs at least three widths, got widths(8, 16)");
    var words = words(PRIDE_AND_PREJUDICE, symbols(400));
    assertThatThrownBy(
            () -> densityLadder(decoder(widths(4, 8, 16))).corpus(words).tokens(tokens(1024)))
        .hasMessageContaining("a ladder needs at least two token counts")
        .hasMessageEndingWith("got 1");
    assertThatThrownBy(() -> InventedLadder.LADDER.subject(width(12)))
        .hasMessage(
            "the model to compress is one of the ladder's, widths(4, 8, 16, 32), got width(12)");
    assertThatThrownBy(() -> InventedLadder.LADDER.readAt(tokens(1024)))
        .hasMessageContaining("sizes are read off at a token count of the ladder")
        .hasMessageEndingWith("got 1,024 tokens");
    assertThatThrownBy(() -> InventedLadder.LADDER.pruned(50))
        .hasMessage("a pruned share lies between 0 and 1, got 50.0; divide percent by 100");
    assertThatThrownBy(() -> InventedLadder.LADDER.rounded(GPTQ_INT4))
        .hasMessageContaining("rounded to the nearest: INT8 or INT4, got GPTQ_INT4");
    assertThatThrownBy(() -> recipe("a/b"))
        .hasMessageContaining("letters, digits, spaces, '.', '_' and '-', got 'a/b'");
    assertThatThrownBy(() ->
            densityLadder(decoder(widths(4, 8, 16)).context(8))
                .corpus(words)
                .tokens(tokens(1024), tokens(2048))
                .plan())
        .hasMessageContaining(
            "expected a context of more than the 8 tokens that precede an item, got 8");
    assertThatThrownBy(() -> new ClozeBenchmark(10, 1, 1))
        .hasMessage("a cloze item needs at least two words, got 1");
  }

  @Test
  void densityIsEffectiveOverRemainingSize() {
    LadderResult result =
        result(InventedLadder.LADDER.recipes(DENSE).pruned(0.5).rounded(INT8, INT4).seeds(3));
    // 2.01, 2.02, 2.03
    Measured dense = result.density(DENSE);
    assertThat(dense.value()).isCloseTo(2.02, within(1e-9));
    assertThat(dense.interval().orElseThrow().low())
        .isCloseTo(2.02 - 4.303 * 0.01 / Math.sqrt(3), within(1e-6));
    assertThat(dense.checks()).allMatch(c -> c.held());
    assertThat(result.over(DENSE).value()).isCloseTo(2.02, within(1e-9));
    // nine tenths of the size in half of the weights
    assertThat(result.over(new Compression.Pruned(0.5)).value()).isCloseTo(1.8, within(1e-9));
    assertThat(result.over(new Compression.Rounded(INT8)).value()).isCloseTo(0.9, within(1e-9));
    assertThat(result.ownSizes().value()).isCloseTo(1, within(1e-9));
    assertThat(result.lossExplainsScore().value()).isCloseTo(0.99, within(1e-12));
    assertThat(result.frame().rowCount()).isEqualTo(3 * (12 + 1 + 3));
    Rung int4 =
        result.rungs().stream().filter(r -> r.kind().equals("int4")).findFirst().orElseThrow();
    assertThat(int4.bytes().count()).isEqualTo(3968 / 2);
    assertThat(int4.params().count()).isEqualTo(3968);
    assertThat(result.laws().rowCount()).isEqualTo(3);
    assertThat(result.charts()).hasSize(2);
    assertThat(result.toString())
        .isEqualTo(
            "3 ladders of 4 sizes; density: pruned 50 % 1.8, int8 0.9, int4 0.9, Twice as dense"
                + " 2.02");
    assertThatThrownBy(() -> result.density(recipe("other")))
        .hasMessage("density of other: no finished run speaks to it");
  }

  @Test
  void oneLadderIsTooFewAndBeyondItIsSaid() {
    LadderResult one = result(InventedLadder.LADDER.recipes(DENSE).subject(width(32)));
    Measured beyond = one.over(DENSE);
    assertThat(beyond.interval()).isEmpty();
    assertThat(beyond.checks()).noneMatch(c -> c.held());
    assertThat(beyond.checks().getLast().detail())
        .isEqualTo("d32-twice-as-dense-s1 extrapolated: above the ladder's largest model, 25.1k");
  }

  @Test
  void aModelOfOnesOwnIsPlacedByItsScore() {
    LadderResult ladder = result(InventedLadder.LADDER.seeds(3));
    double score = ladder.scales().getFirst().score(8000);
    PlacedModels mine =
        density(ladder)
            .model("mine", params(4000).matrix(), score)
            .model("guessing", params(4000).matrix(), 0.2)
            .model("huge", params(4000).matrix(), ladder.scales().getFirst().score(50_000));
    PlacedResult placed =
        mine.result(InventedLadder.outcome(ladder.experiment(), List.of(), List.of()));
    assertThat(placed.density("mine").value()).isCloseTo(2, within(1e-9));
    assertThat(placed.frame().doubleColumn("density").get(0)).isCloseTo(2, within(1e-9));
    assertThat(placed.frame().stringColumn("note").asList())
        .containsExactly(
            "",
            "no size: the score 0.2 is not above guessing, 0.25",
            "extrapolated: above the ladder's largest model, 25.1k");
    assertThatThrownBy(() -> placed.density("guessing"))
        .isInstanceOf(RunFailure.class)
        .hasMessage("guessing: no size: the score 0.2 is not above guessing, 0.25");
    assertThat(placed.density("huge").checks().getFirst().held()).isFalse();
    assertThatThrownBy(() -> placed.density("yours"))
        .hasMessage("no model 'yours'; there are [mine, guessing, huge]");
    assertThat(placed.charts()).hasSize(1);
    assertThat(mine.plan().text()).contains("read scores of one's own models (3 rows)");
  }

  @Test
  void aModelThatCannotBePlacedIsRefused() {
    LadderResult ladder = result(InventedLadder.LADDER);
    assertThatThrownBy(() -> density(ladder).model("m", params(4000), 0.5))
        .hasMessage(
            "m: a ladder counts weights of matrix products, got 4k parameters (all); say"
                + " params(..).matrix()");
    assertThatThrownBy(() -> density(ladder).model("m", params(4000).matrix(), 50))
        .hasMessage("m: a score is a share in [0, 1], got 50.0; divide percent by 100");
    Path none = Path.of("none.safetensors");
    assertThatThrownBy(
            () -> density(ladder).checkpoint("m", decoder(widths(8)).layers(1).context(64), none))
        .hasMessageContaining("asks its models in a context of 32 tokens, the checkpoint has 64");
    assertThatThrownBy(
            () -> density(ladder).checkpoint("m", decoder(widths(8, 16)).context(32), none))
        .hasMessage("m: a checkpoint has one width, got widths(8, 16)");
    assertThatThrownBy(
            () -> density(ladder).checkpoint("m", decoder(widths(8)).layers(1).context(32), none))
        .hasMessageContaining("m: no checkpoint " + none.toAbsolutePath())
        .hasMessageEndingWith("such as weights.safetensors in the folder of a run");
    assertThat(params(1).matrix().counting()).isEqualTo(Counting.MATRIX);
  }
}
