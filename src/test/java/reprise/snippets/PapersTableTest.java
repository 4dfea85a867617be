package reprise.snippets;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reprise.dsl.repro.Reproduction;
import reprise.dsl.repro.Reproductions;
import reprise.dsl.repro.Scale;

/** The README's table of papers says what the records say. */
@Tag("unit")
class PapersTableTest {
  private static final Pattern COUNT =
      Pattern.compile("(\\d+) (supported|contradicted|inconclusive|out of reach)");
  private static final Map<String, String> WORDS =
      Map.of(
          "Supported", "supported",
          "Contradicted", "contradicted",
          "Inconclusive", "inconclusive",
          "OutOfReach", "out of reach");

  static List<Reproduction> reproductions() {
    return Reproductions.all();
  }

  @ParameterizedTest
  @MethodSource("reproductions")
  void rowsCountTheRecordedVerdicts(Reproduction reproduction) throws IOException {
    String title = reproduction.card().citation().title();
    List<String> rows = rows().stream().filter(row -> title.contains(shortTitle(row))).toList();
    assertThat(rows).as("rows of README.md with " + title).hasSize(1);
    String[] cells = rows.getFirst().split("\\|");
    assertThat(cells[2].strip())
        .as("claims in the row of " + title)
        .isEqualTo(String.valueOf(reproduction.card().claims().size()));
    assertThat(shown(cells[4]))
        .as("verdicts in the row of " + title)
        .isEqualTo(recorded(reproduction));
  }

  @Test
  void noRowIsOfAPaperThatIsNotReplayed() throws IOException {
    assertThat(rows()).hasSize(Reproductions.all().size());
  }

  private static List<String> rows() throws IOException {
    String text = Files.readString(Shown.README);
    String table = text.substring(text.indexOf("| paper | claims |"));
    return table.lines().takeWhile(line -> line.startsWith("|")).skip(2).toList();
  }

  private static String shortTitle(String row) {
    return row.substring(row.indexOf('*') + 1, row.indexOf('*', row.indexOf('*') + 1));
  }

  // what stands in brackets explains, and may count something else
  private static Map<String, Long> shown(String cell) {
    Map<String, Long> found = new HashMap<>();
    var counts = COUNT.matcher(cell.replaceAll("\\([^)]*\\)", ""));
    while (counts.find()) {
      found.put(counts.group(2), Long.parseLong(counts.group(1)));
    }
    return found;
  }

  private static Map<String, Long> recorded(Reproduction reproduction) throws IOException {
    try (InputStream in =
        reproduction.recorded(Scale.LAPTOP, "record.json").orElseThrow().openStream()) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return JsonParser.parseString(text)
          .getAsJsonObject()
          .getAsJsonArray("verdicts")
          .asList()
          .stream()
          .map(JsonElement::getAsJsonObject)
          .collect(groupingBy(v -> WORDS.get(v.get("verdict").getAsString()), counting()));
    }
  }
}
