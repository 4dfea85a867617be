package reprise.kernel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.dsl.RunFailure;

/** A tokenizer written by hand, in each form in which they are published. */
@Tag("unit")
class BytePairsTest {
  /** A space is written as U+0120, a line feed as U+010A. */
  private static final String VOCABULARY =
      "{\"t\":0,\"h\":1,\"e\":2,\"\u0120\":3,\"th\":4,\"the\":5,\"\u0120the\":6,\".\":7,\"\u010a\":8,"
          + "\"\u00c3\":9,\"\u00a9\":10,\"he\":11}";

  @TempDir Path folder;

  private BytePairs loaded() throws IOException {
    Files.writeString(folder.resolve("vocab.json"), VOCABULARY);
    Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\nt h\nth e\nh e\n\u0120 the\n");
    return BytePairs.load(folder);
  }

  @Test
  void pairsAreJoinedInTheOrderOfTheList() throws IOException {
    BytePairs pairs = loaded();
    assertThat(pairs.size()).isEqualTo(12);
    assertThat(pairs.fullStop()).isEqualTo(7);
    assertThat(pairs.encode("the the")).containsExactly(5, 6);
    // "t h" stands before "h e", so that "thhe" is th + he and "he" alone is one token
    assertThat(pairs.encode("thhe he.")).containsExactly(4, 11, 3, 11, 7);
    // the last space of several belongs to the word after it
    assertThat(pairs.encode("the  the")).containsExactly(5, 3, 6);
    assertThat(pairs.encode("t\ne")).containsExactly(0, 8, 2);
  }

  @Test
  void bytesOfLettersBeyondAsciiAreTokens() throws IOException {
    BytePairs pairs = loaded();
    assertThat(pairs.encode("th\u00e9")).containsExactly(4, 9, 10);
    assertThat(pairs.decode(4, 9, 10, 6, 7)).isEqualTo("th\u00e9 the.");
    assertThatThrownBy(() -> pairs.encode("tax"))
        .isInstanceOf(RunFailure.class)
        .hasMessage("the vocabulary has no token 'a', which the word 'tax' needs");
  }

  @Test
  void bothWaysOfWritingMergesAreRead() throws IOException {
    BytePairs apart = loaded();
    for (String merges :
        new String[] {
          "[\"t h\",\"th e\",\"h e\",\"\u0120 the\"]",
          "[[\"t\",\"h\"],[\"th\",\"e\"],[\"h\",\"e\"],[\"\u0120\",\"the\"]]"
        }) {
      Files.writeString(
          folder.resolve("tokenizer.json"),
          "{\"model\":{\"vocab\":"
              + VOCABULARY
              + ",\"merges\":"
              + merges
              + "},\"added_tokens\":[{\"id\":13,\"content\":\"<|endoftext|>\"}]}");
      BytePairs whole = BytePairs.load(folder);
      assertThat(whole.size()).isEqualTo(14);
      assertThat(whole.encode("the the. he\n")).isEqualTo(apart.encode("the the. he\n"));
    }
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    assertThatThrownBy(() -> BytePairs.load(folder))
        .hasMessage(
            "no tokenizer in "
                + folder
                + "; expected tokenizer.json, or vocab.json and merges.txt, as published with the"
                + " checkpoint");
    Files.writeString(folder.resolve("tokenizer.json"), "{\"model\":{\"type\":\"WordPiece\"}}");
    assertThatThrownBy(() -> BytePairs.load(folder))
        .hasMessageEndingWith(
            "tokenizer.json is not a byte-pair encoding: expected entries model.vocab and"
                + " model.merges");
    Files.writeString(folder.resolve("tokenizer.json"), "{");
    assertThatThrownBy(() -> BytePairs.load(folder))
        .hasMessageStartingWith("the tokenizer in " + folder + " cannot be read: ");
  }
}
