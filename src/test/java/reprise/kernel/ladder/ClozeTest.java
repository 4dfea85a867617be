package reprise.kernel.ladder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static reprise.dsl.Reprise.PRIDE_AND_PREJUDICE;
import static reprise.dsl.Reprise.symbols;
import static reprise.dsl.Reprise.words;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.dsl.ladder.ClozeBenchmark;
import reprise.kernel.data.TokenText;
import reprise.kernel.data.Words;

/** The items: whole words of held-out text, each true word among others that differ. */
@Tag("unit")
class ClozeTest {
  private static final TokenText TEXT = TokenText.words(words(PRIDE_AND_PREJUDICE, symbols(400)));

  @Test
  void everyItemHasTheTrueWordFirstAndOthersThatDiffer() {
    Words words = (Words) TEXT.vocabulary();
    Cloze cloze = Cloze.of(new ClozeBenchmark(1000, 4, 1), TEXT, 32);
    int items = 0;
    for (int i = 0; i < cloze.options().length; i++) {
      int[] options = cloze.options()[i];
      if (options == null) {
        continue;
      }
      items++;
      assertThat(i % 32 + 1).isGreaterThanOrEqualTo(ClozeBenchmark.SEEN);
      assertThat(options[0]).isEqualTo(cloze.windows().list().get(i / 32)[i % 32 + 1]);
      assertThat(Arrays.stream(options).distinct()).hasSize(4);
      for (int option : options) {
        assertThat(words.vocabulary().get(option)).matches("\\p{L}+('\\p{L}+)*");
      }
    }
    assertThat(items).isEqualTo(1000);
  }

  /** The other words follow the frequencies of the text, so the most frequent tell nothing. */
  @Test
  void frequencyAloneDoesNotAnswer() {
    int[] counts = new int[400];
    Arrays.stream(TEXT.train()).forEach(t -> counts[t]++);
    Cloze cloze = Cloze.of(new ClozeBenchmark(4000, 4, 1), TEXT, 32);
    long right =
        Arrays.stream(cloze.options())
            .filter(o -> o != null)
            .filter(o -> Arrays.stream(o).skip(1).allMatch(w -> counts[w] < counts[o[0]]))
            .count();
    assertThat(right / 4000.0).isBetween(0.2, 0.3);
  }

  @Test
  void anotherSeedDrawsOtherWordsAndTheSameItems() {
    int[][] one = Cloze.of(new ClozeBenchmark(100, 4, 1), TEXT, 32).options();
    assertThat(Cloze.of(new ClozeBenchmark(100, 4, 1), TEXT, 32).options()).isDeepEqualTo(one);
    int[][] two = Cloze.of(new ClozeBenchmark(100, 4, 2), TEXT, 32).options();
    assertThat(Arrays.deepEquals(one, two)).isFalse();
    for (int i = 0; i < one.length; i++) {
      assertThat(two[i] == null).isEqualTo(one[i] == null);
    }
  }

  @Test
  void moreItemsThanTheTextHasAreRefused() {
    assertThatThrownBy(() -> Cloze.of(new ClozeBenchmark(1_000_000, 4, 1), TEXT, 32))
        .hasMessageContaining("fewer than the 1000000 items; ask for fewer, or take a longer text");
  }
}
