package reprise.dsl.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static reprise.dsl.Reprise.PRIDE_AND_PREJUDICE;
import static reprise.dsl.Reprise.decoder;
import static reprise.dsl.Reprise.decoding;
import static reprise.dsl.Reprise.greedy;
import static reprise.dsl.Reprise.hyperfitting;
import static reprise.dsl.Reprise.minP;
import static reprise.dsl.Reprise.mirostat;
import static reprise.dsl.Reprise.nucleus;
import static reprise.dsl.Reprise.pretrained;
import static reprise.dsl.Reprise.symbols;
import static reprise.dsl.Reprise.temperature;
import static reprise.dsl.Reprise.tokens;
import static reprise.dsl.Reprise.topH;
import static reprise.dsl.Reprise.topK;
import static reprise.dsl.Reprise.widths;
import static reprise.dsl.Reprise.words;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Plans of what writes: golden text, since the text is the key of the store, and refusals. */
@Tag("plan")
class DecodingPlanTest {
  private static final LanguageModel MODEL =
      pretrained(decoder(widths(32)).layers(1).context(64))
          .on(words(PRIDE_AND_PREJUDICE, symbols(400)))
          .tokens(tokens(300_000));

  @Test
  void aComparisonNamesItsRules() {
    assertThat(
            decoding(MODEL)
                .with(
                    greedy(),
                    temperature(0.8),
                    topK(40),
                    nucleus(0.9),
                    minP(0.1),
                    topH(0.4),
                    mirostat(3))
                .prompts(16)
                .tokens(32)
                .seeds(2)
                .plan()
                .text())
        .isEqualTo(
            """
            plan: decoders compared, d32-L1-h2-c64 on words of Pride and Prejudice (400 symbols)
            2 runs, 9.03e10 FLOP in all, at most 9.2 MiB a run
            AdamW(0.9, 0.95), clip 1, cosine to 0, 1024 tokens a step, peak lr 0.0042; 16 prompts \
            of 32 tokens, 32 new ones
              run      N  D tokens     FLOP   memory  seed  rules
              s1   25.1k   300,032  4.52e10  9.2 MiB     1  greedy, temperature 0.8, top-k 40, \
            nucleus 0.9, min-p 0.1, top-H 0.4, mirostat 3
              s2   25.1k   300,032  4.52e10  9.2 MiB     2  greedy, temperature 0.8, top-k 40, \
            nucleus 0.9, min-p 0.1, top-H 0.4, mirostat 3
            """);
  }

  @Test
  void hyperfittingSaysWhatIsFittedAndRead() {
    assertThat(
            hyperfitting(MODEL)
                .samples(16)
                .fewer(8)
                .updates(300)
                .given(16)
                .tokens(48)
                .prompts(16)
                .readAfter(1, 3, 10, 50)
                .plan()
                .text())
        .isEqualTo(
            """
            plan: hyperfitting on 16 windows, d32-L1-h2-c64 on words of Pride and Prejudice (400 \
            symbols)
            1 runs, 1.15e11 FLOP in all, at most 9.2 MiB a run
            AdamW(0.9, 0.95), clip 1, cosine to 0, 1024 tokens a step, peak lr 0.0042; \
            hyperfitted by Adam without decay, lr 0.001, batch 8, 300 updates; 16 prompts of 16 \
            tokens, 48 new ones
              run      N  D tokens  windows  orders  fewer     FLOP   memory  seed  read after \
            epochs  rules
              s1   25.1k   300,032       16       2  8      1.15e11  9.2 MiB     1  1, 3, 10, 50\
                   nucleus 0.9
            """);
  }

  /** The plan's text is the key of the store, so labels are exact. */
  @Test
  void rulesThatDifferAtAllAreOtherPlans() {
    assertThat(decoding(MODEL).with(nucleus(0.9)).tokens(32).plan().hash())
        .isNotEqualTo(decoding(MODEL).with(nucleus(0.9001)).tokens(32).plan().hash());
    var fit = hyperfitting(MODEL).samples(16).tokens(32);
    assertThat(fit.learningRate(0.0010001).plan().hash()).isNotEqualTo(fit.plan().hash());
  }

  @Test
  void optionsReplaceEachOther() {
    var twice = hyperfitting(MODEL).samples(16).prompts(8).given(4).tokens(20);
    assertThat(twice.prompts(16).prompting()).isEqualTo(new Prompting(16, 4, 20));
    assertThat(twice.with(greedy(), nucleus(0.5)).rules()).containsExactly(nucleus(0.5));
  }

  @Test
  void whatCannotBeDoneIsRefused() {
    assertThatThrownBy(() -> decoding(MODEL).with(greedy()).tokens(96).plan())
        .hasMessageContaining(
            "expected prompt and continuation to fit the context of 64 tokens, got 32 + 96; give"
                + " the model a longer context or ask for fewer tokens");
    assertThatThrownBy(() -> decoding(MODEL).with(greedy().blocking()).tokens(32).plan())
        .hasMessageContaining(
            "expected rules without citation blocking, since nothing is fine-tuned here, got"
                + " 'greedy, blocked'; compare it in hyperfitting(...)");
    assertThatThrownBy(() -> decoding(MODEL).with().tokens(32).plan())
        .hasMessageContaining("expected at least one way of decoding, such as greedy(), got none");
    assertThatThrownBy(() -> hyperfitting(MODEL).samples(20).tokens(32).plan())
        .hasMessageContaining("expected a number of windows that fills batches of 8, got 20");
    assertThatThrownBy(() -> hyperfitting(MODEL).samples(16).fewer(16).tokens(32).plan())
        .hasMessageContaining("expected smaller sets to have fewer windows than 16, got 16");
    assertThatThrownBy(() -> hyperfitting(MODEL).samples(64).updates(7).tokens(32).plan())
        .hasMessageContaining("expected at least one epoch of 8 updates, got 7");
    assertThatThrownBy(() -> pretrained(decoder(widths(16, 32))))
        .hasMessage("a language model has one width, got widths(16, 32); plan one run for each");
    assertThatThrownBy(() -> Prompting.DEFAULT.prompts(1))
        .hasMessage("prompts must be at least 2, since texts are compared with each other, got 1");
    assertThatThrownBy(() -> nucleus(1.5)).hasMessage("nucleus mass must lie in (0, 1], got 1.5");
    assertThatThrownBy(() -> temperature(0))
        .hasMessage("temperature must be a positive number of the softmax, got 0");
    assertThatThrownBy(() -> greedy().blocking().blocking())
        .hasMessage("a decoding is blocked once, got greedy, blocked");
  }

  @Test
  void aStageIsReadBackFromItsText() {
    for (Stage stage :
        new Stage[] {Stage.of("epoch 3"), Stage.of("epoch 3", greedy().blocking())}) {
      assertThat(Stage.parse(stage.at())).isEqualTo(stage);
    }
    assertThat(Stage.of("epoch 3", greedy().blocking()).at()).isEqualTo("epoch 3; greedy, blocked");
  }
}
