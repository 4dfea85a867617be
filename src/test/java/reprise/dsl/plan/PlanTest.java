package reprise.dsl.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static reprise.dsl.Reprise.CHINCHILLA;
import static reprise.dsl.Reprise.PRIDE_AND_PREJUDICE;
import static reprise.dsl.Reprise.characters;
import static reprise.dsl.Reprise.decoder;
import static reprise.dsl.Reprise.flops;
import static reprise.dsl.Reprise.markov;
import static reprise.dsl.Reprise.order;
import static reprise.dsl.Reprise.scalingLaw;
import static reprise.dsl.Reprise.symbols;
import static reprise.dsl.Reprise.tokens;
import static reprise.dsl.Reprise.widths;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.dsl.scaling.ScalingLaw;
import reprise.dsl.unit.Bytes;

/** Plans as text: the text is the key of the store, so a change here makes every stored run new. */
@Tag("plan")
class PlanTest {
  private static final ScalingLaw GRID =
      scalingLaw(CHINCHILLA)
          .models(decoder(widths(8, 32)).layers(1).context(32))
          .corpus(markov(symbols(64), order(1)))
          .tokens(tokens(65_536), tokens(131_072), tokens(262_144));

  @Test
  void aPlanPrintsItsRunsAndAnalyses() {
    assertThat(GRID.plan().text())
        .isEqualTo(
            """
            plan: L = E + A/N^alpha + B/D^beta on markov(symbols(64), order(1)) cosine, \
            decoder(widths(8, 32)).layers(1).context(32), 3 token counts
            6 runs, 4.3e10 FLOP in all, at most 2.9 MiB a run
            AdamW(0.9, 0.95), clip 1, warm-up 5 %, cosine to 0, 512 tokens a step, peak lr 0.012 \
            sqrt(32/d)
              run                 N  D tokens  steps     FLOP   memory  peak lr  seed
              d8-D65536-s1    1.28k    65,536    128   5.03e8  960 KiB    0.024     1
              d8-D131072-s1   1.28k   131,072    256   1.01e9  960 KiB    0.024     1
              d8-D262144-s1   1.28k   262,144    512   2.01e9  960 KiB    0.024     1
              d32-D65536-s1   14.3k    65,536    128   5.64e9  2.9 MiB    0.012     1
              d32-D131072-s1  14.3k   131,072    256  1.13e10  2.9 MiB    0.012     1
              d32-D262144-s1  14.3k   262,144    512  2.25e10  2.9 MiB    0.012     1
            then law: fit L = E + A/N^alpha + B/D^beta to the runs above, Huber, delta 0.001, log \
            loss, 1000 bootstrap resamples, seed 42
            """);
  }

  @Test
  void theHashFollowsTheTextAndNotTheCost() {
    Plan plan = GRID.plan();
    assertThat(plan.hash()).hasSize(16).isEqualTo(GRID.plan().hash());
    assertThat(plan.costing(new Cost(60, 2, new Bytes(3 << 20), "a guess")).hash())
        .isEqualTo(plan.hash());
    assertThat(plan.costing(new Cost(60, 2, new Bytes(3 << 20), "a guess")).toString())
        .endsWith("expected: about 60 s and 3.0 MiB with 2 at once (a guess)\n");
    assertThat(GRID.seeds(2).plan().hash()).isNotEqualTo(plan.hash());
  }

  @Test
  void anIsoFlopDesignSpendsItsBudgets() {
    Plan plan =
        scalingLaw(CHINCHILLA)
            .models(decoder(widths(6, 12, 24)).context(64))
            .corpus(characters(PRIDE_AND_PREJUDICE))
            .budgets(flops(7.5e9), flops(3e10))
            .seeds(2)
            .plan();
    assertThat(plan.runs()).hasSize(12);
    assertThat(plan.runs(TrainTask.class))
        .allSatisfy(run ->
            assertThat(run.flops().count() / run.budget().orElseThrow().count())
                .isBetween(0.99, 1.01));
    assertThat(plan.analyses()).extracting(AnalysisTask::id).containsExactly("valleys", "law");
  }

  @Test
  void anOptionSetAgainReplacesTheFirst() {
    assertThat(GRID.seeds(5).seeds(2)).isEqualTo(GRID.seeds(2));
    assertThat(GRID.learningRate(0.1).learningRate(0.02).optimisation().referenceRate())
        .isEqualTo(0.02);
  }

  @Test
  void anImpossiblePlanNamesTheRunTheExpectedAndTheGiven() {
    TrainTask run = GRID.plan().runs(TrainTask.class).getFirst();
    TrainTask odd =
        new TrainTask(
            "odd",
            run.model(),
            run.corpus(),
            tokens(65_537),
            new Optimisation(500, 0.01),
            1,
            Optional.empty());
    assertThatThrownBy(() -> new Plan("odd plan", List.of(odd, odd), List.of()))
        .hasMessage(
            """
            the plan 'odd plan' cannot be carried out:
              odd: expected a unique id, got it twice
              odd: expected tokens a step to be a multiple of the context 32, got 500
              odd: expected tokens to be a multiple of the tokens a step 500, got 65537
              odd: expected tokens a step to be a multiple of the context 32, got 500
              odd: expected tokens to be a multiple of the tokens a step 500, got 65537\
            """);
  }

  @Test
  void aParabolaNeedsThreeSizes() {
    ScalingLaw two =
        scalingLaw(CHINCHILLA)
            .models(decoder(widths(8, 16)))
            .corpus(characters(PRIDE_AND_PREJUDICE))
            .budgets(flops(1e9), flops(2e9), flops(4e9));
    assertThatThrownBy(two::plan)
        .hasMessageContaining(
            "valleys: expected at least 3 model sizes at 1e9 FLOP for a parabola, got 2");
  }

  @Test
  void aHigherOrderSourceIsRefusedWithTheReason() {
    assertThatThrownBy(() -> markov(symbols(64), order(2)))
        .hasMessageStartingWith("markov: order must be 1, got 2; small models stay on the order-1");
  }
}
