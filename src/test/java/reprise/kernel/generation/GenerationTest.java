package reprise.kernel.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class GenerationTest {
  @Test
  void longestRunsAreThoseOfASearchByHand() {
    Random random = new Random(3);
    for (int round = 0; round < 60; round++) {
      int symbols = 2 + random.nextInt(5);
      int[] corpus = random.ints(1 + random.nextInt(60), 0, symbols).toArray();
      int[] text = random.ints(1 + random.nextInt(25), 0, symbols + 1).toArray();
      SuffixAutomaton automaton = new SuffixAutomaton(corpus);
      int[] expected = new int[text.length];
      for (int end = 0; end < text.length; end++) {
        for (int from = 0; from <= end; from++) {
          if (occurs(corpus, Arrays.copyOfRange(text, from, end + 1))) {
            expected[end] = end + 1 - from;
            break;
          }
        }
      }
      assertThat(automaton.matched(text)).isEqualTo(expected);
      assertThat(automaton.longestIn(text)).isEqualTo(Arrays.stream(expected).max().orElse(0));
    }
  }

  private static boolean occurs(int[] corpus, int[] run) {
    for (int i = 0; i + run.length <= corpus.length; i++) {
      if (Arrays.equals(corpus, i, i + run.length, run, 0, run.length)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void aLargeCorpusIsIndexed() {
    int[] corpus = new Random(5).ints(200_000, 0, 800).toArray();
    SuffixAutomaton automaton = new SuffixAutomaton(corpus);
    assertThat(automaton.longestIn(Arrays.copyOfRange(corpus, 1000, 1300))).isEqualTo(300);
    assertThat(automaton.longestIn(new int[] {900, 901})).isZero();
  }

  @Test
  void typesOverTokensOfTheLastWindow() {
    assertThat(Diversity.typeTokenRatio(new int[] {1, 1, 1, 1, 2, 3, 2, 3}, 4)).isEqualTo(.5);
    assertThat(Diversity.typeTokenRatio(new int[] {1, 2, 3}, 96)).isEqualTo(1);
    assertThat(Diversity.typeTokenRatio(List.of(new int[] {1, 2}, new int[] {1, 1})))
        .isEqualTo(.75);
    assertThatThrownBy(() -> Diversity.typeTokenRatio(new int[0], 4))
        .hasMessage("a type-token ratio needs a token, got 0 and a window of 4");
  }

  @Test
  void repeatedBigrams() {
    // bigrams 12 23 31 12 23: two of five stood before
    assertThat(Diversity.repetition(new int[] {1, 2, 3, 1, 2, 3}, 2)).isCloseTo(.4, within(1e-12));
    assertThat(Diversity.repetition(new int[] {1, 2, 3, 4}, 2)).isZero();
    assertThatThrownBy(() -> Diversity.repetition(new int[] {1}, 2))
        .hasMessage("repetition of 2-grams needs 2 tokens, got 1");
  }

  @Test
  void bleuIsOneForACopyAndCountsClippedMatches() {
    int[] text = {1, 2, 3, 4, 5, 6};
    assertThat(Bleu.of(text, List.of(text))).isCloseTo(1, within(1e-12));
    // "the the the the the the the" against "the cat is on the mat": clipped precision 2/7
    int[] the = {7, 7, 7, 7, 7, 7, 7};
    int[] mat = {7, 1, 2, 3, 7, 4};
    // orders 2 to 4 match nothing: 1/2, 1/4, 1/8 of a match; no brevity penalty
    double expected = Math.pow(2.0 / 7 * .5 / 6 * .25 / 5 * .125 / 4, .25);
    assertThat(Bleu.of(the, List.of(mat))).isCloseTo(expected, within(1e-12));
    // half the length of its reference
    assertThat(Bleu.of(new int[] {1, 2, 3}, List.of(text)))
        .isCloseTo(Math.exp(1 - 6 / 3.0), within(1e-12));
    assertThatThrownBy(() -> Bleu.of(text, List.of())).hasMessage("BLEU needs a reference");
  }

  @Test
  void selfBleuFallsWithVariety() {
    int[] a = {1, 2, 3, 4, 5, 6};
    int[] b = {7, 8, 9, 10, 11, 12};
    assertThat(Bleu.self(List.of(a, a, a))).isCloseTo(1, within(1e-12));
    assertThat(Bleu.self(List.of(a, b))).isLessThan(.2);
    assertThatThrownBy(() -> Bleu.self(List.of(a))).hasMessage("Self-BLEU needs two texts, got 1");
  }
}
