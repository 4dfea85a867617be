package reprise.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reprise.Spawned;

/**
 * The guides run as a reader would paste them: all Java blocks of a page one after the other, line
 * by line, into one JDK's jshell. Their links lead somewhere.
 */
@Tag("snippet")
class GuidesTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]*)(#[^)]*)?\\)");

  @TempDir private Path home;

  static List<Path> guides() throws Exception {
    return Shown.guides();
  }

  private List<String> answers(List<Shown> blocks) throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < blocks.size(); i++) {
      lines.append("System.out.println(\"@@\" + ").append(i).append(")\n");
      lines.append(blocks.get(i).text().stripTrailing()).append('\n');
    }
    Map<String, String> environment =
        Map.of("REPRISE_HOME", home.resolve("home").toString(), "REPRISE_NETWORK", "off");
    Spawned run = Spawned.jshell(home, environment, Shown.STARTUP, lines.toString());
    List<String> answers = new ArrayList<>(List.of(run.out().split("@@\\d+\\R")));
    answers.removeFirst();
    return answers;
  }

  @ParameterizedTest
  @MethodSource("guides")
  void everyBlockRunsAfterThoseBeforeIt(Path guide) throws Exception {
    runs(Shown.blocks(guide, "java"));
  }

  /** The same for the Javadoc of the language: each family's package shows its shortest form. */
  @Test
  void everySnippetOfTheJavadocRuns() throws Exception {
    List<Shown> blocks = Shown.ofJavadoc();
    assertThat(blocks).hasSizeGreaterThan(9);
    runs(blocks);
  }

  private void runs(List<Shown> blocks) throws Exception {
    List<String> answers = answers(blocks);
    assertThat(answers).hasSameSizeAs(blocks);
    for (int i = 0; i < blocks.size(); i++) {
      assertThat(answers.get(i))
          .as("what jshell says to the lines of %s", blocks.get(i).where())
          .doesNotContain("Error:", "Exception", "cannot find symbol")
          .containsPattern("==>|created (record|class|method)|replaced|plan: |\\|");
    }
  }

  /** The harness itself must see a failure, and where. */
  @Test
  void aBrokenBlockIsSeen() throws Exception {
    List<String> answers =
        answers(List.of(new Shown("a", "int n = 1;\n"), new Shown("b", "int n = nothing;\n")));
    assertThat(answers.getFirst()).contains("n ==> 1").doesNotContain("Error:");
    assertThat(answers.getLast()).contains("Error:");
  }

  @ParameterizedTest
  @MethodSource("guides")
  void everyLinkLeadsSomewhere(Path guide) throws Exception {
    String text = Files.readString(guide);
    Matcher links = LINK.matcher(text);
    while (links.find()) {
      String file = links.group(1);
      if (file.startsWith("https://")) {
        continue;
      }
      Path page = file.isEmpty() ? guide : guide.resolveSibling(file).normalize();
      assertThat(page).as("a link of %s", guide).exists();
      if (links.group(2) != null) {
        assertThat(anchors(Files.readString(page))).contains(links.group(2));
      }
    }
  }

  // as GitHub makes them: lower case, no punctuation, spaces to hyphens
  private static List<String> anchors(String text) {
    return text.lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(java.util.Locale.ROOT))
        .map(line -> "#" + line.replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
        .toList();
  }
}
