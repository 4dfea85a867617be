package reprise.kernel.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static reprise.dsl.Reprise.grammar;
import static reprise.dsl.Reprise.symbols;
import static reprise.dsl.Reprise.translationScaling;
import static reprise.dsl.Reprise.width;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.dsl.claim.Check;
import reprise.dsl.scaling.ScalingClaims;
import reprise.dsl.translation.Grammar;
import reprise.dsl.translation.TranslationResult;
import reprise.dsl.translation.TranslationScaling;
import reprise.dsl.translation.TranslationTask;
import reprise.kernel.run.LocalEngine;
import reprise.kernel.store.RunStore;
import reprise.tensor.Backends;

/** Sentences are what the grammar says, and a grid of depths becomes points of the law. */
@Tag("backend")
class TranslationTrainerTest {
  private static final Grammar GRAMMAR = grammar(symbols(8)).length(4);

  @TempDir Path folder;

  /** Reversed, each word by the dictionary of the word before it; token 0 between sentences. */
  @Test
  void sentencesAreReversedAndTranslated() {
    Sentences sentences = new Sentences(GRAMMAR.noise(0));
    Sentences.Pairs pairs = sentences.draw(3, 50);
    assertThat(pairs.sources()).hasSize(50 * 4 + 1);
    assertThat(pairs.targets()).hasSize(50 * 5 + 1);
    for (int pair = 0; pair < 50; pair++) {
      int[] source = Arrays.copyOfRange(pairs.sources(), pair * 4, pair * 4 + 4);
      int[] words = Arrays.stream(source).map(w -> w - 1).toArray();
      assertThat(pairs.targets()[pair * 5]).isZero();
      for (int j = 0; j < 4; j++) {
        assertThat(pairs.targets()[pair * 5 + 1 + j])
            .isEqualTo(1 + sentences.translate(words, 3 - j));
      }
    }
    assertThat(sentences.draw(3, 50).targets()).isEqualTo(pairs.targets());
    assertThat(sentences.draw(4, 50).targets()).isNotEqualTo(pairs.targets());
  }

  /** Words 1/i of sum 1/1 + .. + 1/8; a tenth of the targets, less one in eight of them, differ. */
  @Test
  void wordsAndNoiseHaveTheirShares() {
    int n = 5000;
    Sentences.Pairs clean = new Sentences(GRAMMAR.noise(0)).draw(1, n);
    double harmonic = 761.0 / 280;
    double[] seen = new double[9];
    Arrays.stream(clean.sources()).forEach(w -> seen[w]++);
    for (int w = 1; w <= 8; w++) {
      assertThat(seen[w] / (4 * n)).isCloseTo(1 / (w * harmonic), within(.012));
    }
    Sentences noisy = new Sentences(GRAMMAR);
    Sentences.Pairs pairs = noisy.draw(2, n);
    int wrong = 0;
    for (int pair = 0; pair < n; pair++) {
      int[] words = new int[4];
      for (int i = 0; i < 4; i++) {
        words[i] = pairs.sources()[pair * 4 + i] - 1;
      }
      for (int j = 0; j < 4; j++) {
        int right = 1 + noisy.translate(words, 3 - j);
        wrong += pairs.targets()[pair * 5 + 1 + j] == right ? 0 : 1;
      }
    }
    assertThat(wrong / (4.0 * n)).isCloseTo(.1 * 7 / 8, within(.008));
  }

  /** h = -(p ln p + 7 q ln q) 4/5 with q = .0125, p = .9125. */
  @Test
  void theEntropyIsThatOfTheNoise() {
    double word = -.9125 * Math.log(.9125) - 7 * .0125 * Math.log(.0125);
    assertThat(GRAMMAR.entropy()).isCloseTo(word * 4 / 5, within(1e-12));
    assertThat(GRAMMAR.noise(0).entropy()).isZero();
    assertThatThrownBy(() -> GRAMMAR.noise(1))
        .hasMessage("noise must be a share in [0, 1), got 1.0");
  }

  @Test
  void aGridIsTrainedAndFitted() {
    TranslationScaling experiment =
        translationScaling(GRAMMAR, width(8)).depths(1, 2, 3).pairs(3_200).batch(16);
    LocalEngine engine = new LocalEngine(Backends.best(), new RunStore(folder), 1);
    TranslationResult result = experiment.result(engine.run(experiment.plan()));
    assertThat(result.outcome().failed()).isEmpty();
    for (var run : result.outcome().finished(TranslationTask.class)) {
      // better than evenly drawn words, not better than one who knows the language
      assertThat(run.loss()).isBetween(GRAMMAR.entropy(), Math.log(9));
    }
    assertThat(result.law().n()).isEqualTo(9);
    assertThat(result.law().plan().points().names()).containsExactly("N_e", "N_d", "N", "loss");
    assertThat(result.forms().row("nmt").crossValidated()).isPositive();
    assertThat(result.errorOfTheSum().value()).isPositive();
    boolean determined = result.law().converged() && result.law().identified();
    assertThat(result.leastExponent().checks())
        .extracting(Check::condition, Check::held)
        .containsExactly(tuple(ScalingClaims.IDENTIFIED, determined));
    assertThat(result.frame().rowCount()).isEqualTo(9);
    assertThat(result.charts())
        .extracting(f -> f.name())
        .containsExactly("loss-against-encoder", "loss-against-decoder", "residuals");
  }

  @Test
  void depthsStandOnceEach() {
    assertThatThrownBy(() -> translationScaling(GRAMMAR, width(8)).depths(2, 2))
        .hasMessage(
            "depths: give numbers of blocks once each, such as depths(1, 2, 3), got [2, 2]");
  }
}
