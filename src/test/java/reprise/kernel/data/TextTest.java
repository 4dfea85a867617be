package reprise.kernel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.dsl.data.Novel;
import reprise.dsl.data.TextSource;

@Tag("unit")
class TextTest {
  @TempDir Path folder;

  @Test
  void theShippedNovelIsWhole() {
    Text text = Text.read(new TextSource.Shipped(Novel.PRIDE_AND_PREJUDICE));
    assertThat(text.sha256()).isEqualTo(Novel.PRIDE_AND_PREJUDICE.sha256());
    assertThat(text.vocabulary()).hasSize(75).startsWith("\n !\"'()*,-.0");
    assertThat(text.train().length + text.heldOut().length).isEqualTo(684_768);
    assertThat(text.heldOut()).hasSize(68_476);
    StringBuilder start = new StringBuilder();
    for (int i = 0; i < 19; i++) {
      start.append(text.vocabulary().charAt(text.train()[i]));
    }
    assertThat(start).hasToString("PRIDE AND PREJUDICE");
  }

  @Test
  void aFileIsCountedWhenNamedAndReadLater() throws IOException {
    Path file = folder.resolve("abab.txt");
    Files.writeString(file, "ab\n".repeat(5000));
    TextSource.File source = TextSource.File.of(file);
    assertThat(source.characters()).isEqualTo(3);
    assertThat(Text.read(source).train()).startsWith(1, 2, 0, 1, 2, 0);
    Files.writeString(file, "abc\n".repeat(5000));
    assertThatThrownBy(() -> Text.read(source))
        .hasMessage(
            "abab.txt has 4 distinct characters, the plan was made for 3; the file changed: name it"
                + " again");
  }

  @Test
  void badFilesAreRefusedWithWhatToDo() throws IOException {
    Path missing = folder.resolve("nothing.txt");
    assertThatThrownBy(() -> TextSource.File.of(missing))
        .hasMessage(
            "text file not found: " + missing.toAbsolutePath() + "; give the path of a UTF-8 text");
    Path latin = folder.resolve("latin.txt");
    Files.write(latin, new byte[] {'a', (byte) 0xE9, 'b'});
    assertThatThrownBy(() -> TextSource.File.of(latin))
        .hasMessage(
            "text file is not UTF-8: " + latin + "; convert it, for instance with iconv -t utf-8");
    Path small = folder.resolve("small.txt");
    Files.writeString(small, "too short");
    assertThatThrownBy(() -> TextSource.File.of(small))
        .hasMessage(
            "text file is too short to train on: "
                + small
                + " has 9 characters, at least 10,000 are needed");
  }
}
