package reprise.kernel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.dsl.data.Corpus;
import reprise.dsl.data.Novel;
import reprise.dsl.data.TextSource;
import reprise.dsl.unit.Symbols;

/** Words by hand, and on a novel. */
@Tag("unit")
class WordsTest {
  @Test
  void frequentWordsAreTokensAndOthersAreSpelled() {
    // 16 letters and marks, first and further: 32 tokens; then the four most frequent parts
    Words words = Words.of("The cat, the dog; a bird. A cat? The the!", 36);
    assertThat(words.vocabulary().subList(32, 36)).containsExactly("the", "a", "cat", "!");
    assertThat(words.decode(words.tokens())).isEqualTo("the cat, the dog; a bird. a cat? the the!");
    int[] dog = words.encode("dog");
    assertThat(Arrays.stream(dog).mapToObj(words.vocabulary()::get))
        .containsExactly("^d", "+o", "+g");
    assertThat(words.encode("the")).hasSize(1);
    assertThat(words.decode(words.encode("dog dog"))).isEqualTo("dog dog");
  }

  @Test
  void signsOfPrintAreLevelled() {
    Words words = Words.of("Caf\u00e9 \u201cdon\u2019t\u201d _it_ caf\u00e9 -- x", 32);
    assertThat(words.decode(words.tokens())).isEqualTo("cafe \"don't\" it cafe -- x");
    // letters the vocabulary lacks are left out
    assertThat(words.decode(words.encode("zit"))).isEqualTo("it");
  }

  @Test
  void aVocabularyMustFitTheText() {
    assertThatThrownBy(() -> Words.of("abc abc", 6))
        .hasMessage(
            "a vocabulary of 6 cannot hold the 3 letters and marks of the text, first and further;"
                + " ask for more than 6");
    assertThatThrownBy(() -> Words.of("abc abc", 8))
        .hasMessage(
            "the text has only 7 letters and words for a vocabulary of 8; ask for at most that");
  }

  @Test
  void aNovelIsCutInThree() {
    TokenText novel =
        TokenText.words(
            new Corpus.Words(new TextSource.Shipped(Novel.PRIDE_AND_PREJUDICE), new Symbols(1200)));
    int all = novel.train().length + novel.tuning().length + novel.heldOut().length;
    assertThat(((Words) novel.vocabulary()).tokens()).hasSize(all);
    assertThat(novel.heldOut()).hasSize(all / 10);
    assertThat(novel.tuning()).hasSize(all / 10);
    assertThat(new HashSet<>(((Words) novel.vocabulary()).vocabulary())).hasSize(1200);
    assertThat(Arrays.stream(novel.train()).max().orElseThrow()).isLessThan(1200);
    assertThat(
            novel
                .vocabulary()
                .decode(novel.vocabulary().encode("It is a truth universally acknowledged,")))
        .isEqualTo("it is a truth universally acknowledged,");
  }
}
