package reprise.kernel.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class CsvTest {
  @Test
  void readsWhatPeopleWrite() {
    Csv csv =
        Csv.parse(
            "runs.csv",
            "\uFEFF# a comment, with \"quotes\r\n"
                + "name,\"N, total\" , loss\r\n"
                + "\r\n"
                + "\"two\nlines\",\"1e9\",3.5\r\n"
                + "# between\r\n"
                + "\"say \"\"hi\"\"\", 2.5E+9 ,.25");
    assertThat(csv.header()).containsExactly("name", "N, total", "loss");
    assertThat(csv.positive("N, total")).containsExactly(1e9, 2.5e9);
    assertThat(csv.positive("loss")).containsExactly(3.5, .25);
    assertThat(csv.rows().get(0).get(0)).isEqualTo("two\nlines");
    assertThat(csv.rows().get(1).get(0)).isEqualTo("say \"hi\"");
    assertThat(csv.lines()).isEqualTo(List.of(4, 7));
  }

  @Test
  void takesTabsAndSemicolons() {
    assertThat(Csv.parse("t", "a\tb\n1\t2\n").positive("b")).containsExactly(2);
    assertThat(Csv.parse("t", "a;b\n1;2\n").positive("b")).containsExactly(2);
    assertThat(Csv.parse("t", "a\n7\n").positive("a")).containsExactly(7);
    assertThat(Csv.parse("t", "a,b\r1,2\r").positive("b")).containsExactly(2);
  }

  @Test
  void aMissingColumnNamesTheOthers() {
    assertThatThrownBy(() -> Csv.parse("runs.csv", "N_params,D_tokens,loss\n").positive("N_parms"))
        .hasMessage(
            "runs.csv has no column N_parms. Did you mean N_params? "
                + "Columns: N_params, D_tokens, loss");
    assertThatThrownBy(() -> Csv.parse("runs.csv", "a,b\n").positive("perplexity"))
        .hasMessage("runs.csv has no column perplexity. Columns: a, b");
    assertThatThrownBy(() -> Csv.parse("runs.csv", "a,a\n1,2").positive("a"))
        .hasMessage("runs.csv has two columns called a: rename one of them");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "abc  | \"abc\" is not a number; write 1.5e9, not 1,5 or 1.5B",
        "1.5B | \"1.5B\" is not a number; write 1.5e9, not 1,5 or 1.5B",
        "NaN  | \"NaN\" is not a number; write 1.5e9, not 1,5 or 1.5B",
        "''   | empty, expected a positive number",
        "0    | 0 is not a positive finite number; laws are fitted in logarithms",
        "-2   | -2 is not a positive finite number; laws are fitted in logarithms",
        "1e999| 1e999 is not a positive finite number; laws are fitted in logarithms",
      })
  void aBadCellIsNamedByRowAndColumn(String cell, String expected) {
    assertThatThrownBy(
            () -> Csv.parse("runs.csv", "# c\nN,loss\n1,2\n3," + cell + "\n").positive("loss"))
        .hasMessage("runs.csv, row 4, column loss: " + expected);
  }

  @Test
  void aFileThatIsNotTextIsNamed(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("runs.xlsx"), new byte[] {'P', 'K', (byte) 0xff, 0});
    assertThatThrownBy(() -> Csv.read(file))
        .hasMessage("runs.xlsx is not UTF-8 text: save it as CSV in UTF-8");
  }

  @Test
  void aBrokenShapeIsNamedByRow() {
    assertThatThrownBy(() -> Csv.parse("r.csv", "a,b\n1,2\n3\n"))
        .hasMessage("r.csv, row 3: 1 cells, but the header has 2: a, b");
    assertThatThrownBy(() -> Csv.parse("r.csv", "a,b\n1,\"2\n3,4\n"))
        .hasMessage("r.csv, row 2: a quote is never closed");
    assertThatThrownBy(() -> Csv.parse("r.csv", "a,b\n1,\"2\"3\n"))
        .hasMessage("r.csv, row 2: text after a closing quote");
    assertThatThrownBy(() -> Csv.parse("r.csv", "# nothing\n\n"))
        .hasMessage("r.csv has no header row");
  }
}
