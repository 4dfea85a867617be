package reprise.kernel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.dsl.data.Corpus;

/** Pictures and problems as examples. */
@Tag("unit")
class SequencesTest {
  @Test
  void headsAndLastsAreTheExampleInTwoParts() {
    Sequences s = new Sequences(3, new int[] {1, 2, 3, 4, 5, 6}, new int[] {7, 8, 9}, new float[2]);
    assertThat(s.trainCount()).isEqualTo(2);
    assertThat(s.heads(s.train())).containsExactly(1, 2, 4, 5);
    assertThat(s.lasts(s.train())).containsExactly(3, 6);
    assertThat(s.scoredCount()).isZero();
  }

  @Test
  void picturesAreLevelsBehindAStartAndAreNotNoise() {
    Sequences pictures = GreyPictures.of(new Corpus.Pictures(1));
    assertThat(pictures.length()).isEqualTo(65);
    assertThat(pictures.scoredCount()).isEqualTo(64);
    int[] held = pictures.heldOut();
    double alike = 0;
    double apart = 0;
    for (int i = 0; i < pictures.heldOutCount(); i++) {
      assertThat(held[i * 65]).isEqualTo(16);
      int first = i * 65 + 1;
      assertThat(Arrays.stream(held, first, first + 64).max().orElseThrow()).isLessThan(16);
      alike += Math.abs(held[i * 65 + 28] - held[i * 65 + 29]);
      apart += Math.abs(held[i * 65 + 1] - held[i * 65 + 29]);
    }
    // neighbours in the middle are more alike than a corner and the middle
    assertThat(alike).isLessThan(0.6 * apart);
    assertThat(GreyPictures.of(new Corpus.Pictures(1)).heldOut()).isEqualTo(held);
    assertThat(GreyPictures.of(new Corpus.Pictures(2)).heldOut()).isNotEqualTo(held);
  }

  @Test
  void answersAreRightAndHeldOutProblemsAreNeverTrained() {
    Sequences problems = ArithmeticProblems.of(new Corpus.Arithmetic(1));
    assertThat(problems.scoredCount()).isEqualTo(16);
    assertThat(problems.scored()[6]).isEqualTo(1);
    assertThat(problems.scored()[5]).isZero();
    for (boolean held : new boolean[] {false, true}) {
      int[] side = held ? problems.heldOut() : problems.train();
      for (int w = 0; w < 500; w++) {
        assertThat(side[w * 65]).isEqualTo(17);
        for (int p = 0; p < 8; p++) {
          int at = w * 65 + 1 + 8 * p;
          int a = 10 * side[at] + side[at + 1];
          int o = side[at + 2] - 10;
          int b = 10 * side[at + 3] + side[at + 4];
          assertThat(side[at + 5]).isEqualTo(16);
          assertThat(10 * side[at + 6] + side[at + 7])
              .isEqualTo(ArithmeticProblems.answer(o, a, b));
          assertThat(ArithmeticProblems.heldOut(o, a, b)).isEqualTo(held);
        }
      }
    }
  }

  @Test
  void operationsAreThoseNamed() {
    assertThat(IntStream.range(0, 6).map(o -> ArithmeticProblems.answer(o, 37, 85)))
        .containsExactly(22, 52, 45, 85, 37, 37);
    assertThat(ArithmeticProblems.answer(5, 85, 0)).isEqualTo(85);
    assertThatThrownBy(() -> ArithmeticProblems.answer(6, 1, 1))
        .hasMessage("operations are 0 to 5, got 6");
    long held =
        IntStream.range(0, 60_000)
            .filter(i -> ArithmeticProblems.heldOut(i / 10_000, i / 100 % 100, i % 100))
            .count();
    assertThat(held / 60_000.0).isCloseTo(0.1, within(0.005));
  }

  @Test
  void learnedPairsAreTheMostFrequentAndTheTextComesBack() {
    BytePairs pairs = BytePairs.learn("the then them. the cat", 260);
    // "he" and "th" stand 4 times, "the" then too, " the" 3 times; no other pair stands twice
    assertThat(pairs.size()).isEqualTo(259);
    assertThat(pairs.decode(256)).isEqualTo("he");
    assertThat(pairs.decode(257)).isEqualTo("the");
    assertThat(pairs.decode(258)).isEqualTo(" the");
    String other = "Mother, caf\u00e9: the\n end";
    assertThat(pairs.decode(pairs.encode(other))).isEqualTo(other);
    assertThat(pairs.encode(" the")).containsExactly(258);
    // nothing to learn
    assertThat(BytePairs.learn("abc", 300).size()).isEqualTo(256);
    assertThat(Arrays.stream(pairs.encode("the cat")).max().orElseThrow()).isLessThan(259);
  }
}
