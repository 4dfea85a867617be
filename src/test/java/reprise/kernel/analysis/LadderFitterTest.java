package reprise.kernel.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.dsl.density.LadderChoices;
import reprise.dsl.density.LadderScale;
import reprise.dsl.density.Metric;
import reprise.dsl.density.TwoStepLaw;
import reprise.dsl.ladder.ClozeBenchmark;
import reprise.dsl.ladder.InventedLadder;
import reprise.dsl.ladder.LadderTask;
import reprise.dsl.result.RunOutcome;
import reprise.dsl.result.RunOutcome.Finished;

/** Both steps are recovered from models that follow them, one law a seed. */
@Tag("unit")
class LadderFitterTest {
  private static final LadderChoices CHOICES =
      new LadderChoices(ClozeBenchmark.STANDARD.metric(), 524_288);

  private static List<Finished<LadderTask>> models() {
    return RunOutcome.finished(
        InventedLadder.runs(InventedLadder.LADDER.seeds(2), _ -> 1), LadderTask.class);
  }

  @Test
  void aKnownLawIsRecovered() {
    List<LadderScale> scales = LadderFitter.fit(CHOICES, models());
    assertThat(scales).extracting(LadderScale::seed).containsExactly(1, 2);
    TwoStepLaw truth = InventedLadder.LAW;
    for (LadderScale scale : scales) {
      TwoStepLaw law = scale.law();
      assertThat(law.gamma()).isCloseTo(truth.gamma(), within(1e-6));
      assertThat(law.l()).isCloseTo(truth.l(), within(1e-6));
      assertThat(law.c()).isEqualTo(0.75);
      assertThat(law.d()).isEqualTo(0.25);
      assertThat(law.alpha()).isCloseTo(truth.alpha(), within(0.01));
      assertThat(law.beta()).isCloseTo(truth.beta(), within(0.01));
      assertThat(scale.lossR2()).isGreaterThan(0.9999);
      assertThat(scale.scoreR2()).isCloseTo(1, within(1e-9));
      assertThat(scale.smallest()).isEqualTo(192 + 1600);
      assertThat(scale.largest()).isEqualTo(12_288 + 12_800);
      double score = truth.score(truth.loss(8000, 524_288));
      assertThat(scale.place(4000, score).density()).isCloseTo(2, within(0.02));
    }
  }

  @Test
  void tooFewModelsAndScoresThatSayNothingAreRefused() {
    assertThatThrownBy(() -> LadderFitter.fit(CHOICES, List.of()))
        .hasMessage("a ladder needs finished reference models, got none");
    assertThatThrownBy(() -> LadderFitter.fit(CHOICES, models().subList(0, 4)))
        .hasMessage(
            "the ladder of seed 1 needs more models than the 4 constants of its law, 4 finished;"
                + " name more widths or token counts");
    // scores of .47 to .79 say nothing where guessing gives 0.9
    LadderChoices hard = new LadderChoices(new Metric("cloze", 0.9), 524_288);
    assertThatThrownBy(() -> LadderFitter.fit(hard, models()))
        .hasMessageContaining("its cloze score must rise as the loss falls in at least three")
        .hasMessageEndingWith("train longer or ask more items");
  }
}
