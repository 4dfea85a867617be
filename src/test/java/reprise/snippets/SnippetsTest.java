package reprise.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every Java block that is shown runs as a reader would paste it: line by line through the JDK's
 * own jshell, with the start-up file and class path that README names.
 */
@Tag("snippet")
class SnippetsTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\n(.*?)^```$");
  private static final Path STARTUP = Path.of("dsl/src/main/resources/reprise/dsl/startup.jsh");
  private static final long PATIENCE_SECONDS = 180;

  @TempDir static Path home;

  /** A block of a page. */
  record Snippet(String where, String text) {
    @Override
    public String toString() {
      return where;
    }
  }

  static Stream<Snippet> shown() throws IOException {
    List<Snippet> found = new ArrayList<>();
    for (Path page : List.of(Path.of("README.md"), Path.of(".github/CONTRIBUTING.md"))) {
      String text = Files.readString(page);
      var blocks = BLOCK.matcher(text);
      while (blocks.find()) {
        long line = text.substring(0, blocks.start()).lines().count() + 1;
        found.add(new Snippet(page + ", line " + line, blocks.group(1)));
      }
    }
    return found.stream();
  }

  @ParameterizedTest
  @MethodSource("shown")
  void runsLineByLine(Snippet snippet) throws Exception {
    String output = jshell(snippet.text());
    assertThat(output)
        .as("what jshell says to the lines of %s", snippet.where())
        .doesNotContain("Error:", "Exception", "cannot find symbol")
        .contains("==>");
  }

  @Test
  void readmeShowsTheVerdictLine() throws Exception {
    String first = shown().findFirst().orElseThrow().text();
    assertThat(jshell(first))
        .contains("12 runs; chinchilla A=", "\nchinchilla A=")
        .containsPattern("(supported|contradicted|inconclusive) +irreducible-loss-is-entropy");
  }

  /** The harness itself must see a failure. */
  @Test
  void aBrokenSnippetIsSeen() throws Exception {
    assertThat(jshell("var broken = scalingLaw(CHINCHILLA)\n    .models(7);\n")).contains("Error:");
  }

  /** Leaving a mandatory part out is a compile error that names the next step. */
  @Test
  void aMissingPartIsACompileErrorThatNamesTheNextStep() throws Exception {
    assertThat(jshell("run(scalingLaw(CHINCHILLA).models(decoder(widths(8))))\n"))
        .contains("Error:")
        .contains("NeedsCorpus");
  }

  private static String jshell(String lines) throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "jshell");
    ProcessBuilder builder =
        new ProcessBuilder(
            java.toString(),
            "--class-path",
            classPath(),
            "--startup",
            "DEFAULT",
            "--startup",
            STARTUP.toString(),
            "-R--enable-native-access=ALL-UNNAMED",
            "-R--sun-misc-unsafe-memory-access=allow",
            "-R-Djava.awt.headless=true",
            "-J-Djava.util.prefs.userRoot=" + home);
    builder.environment().put("REPRISE_HOME", home.toString());
    builder.redirectErrorStream(true);
    File input = Files.writeString(Files.createTempFile(home, "snippet", ".jsh"), lines).toFile();
    builder.redirectInput(input);
    File output = Files.createTempFile(home, "output", ".txt").toFile();
    builder.redirectOutput(output);
    Process process = builder.start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(
          "jshell did not end in "
              + PATIENCE_SECONDS
              + " s; it printed:\n"
              + Files.readString(output.toPath()));
    }
    return Files.readString(output.toPath(), StandardCharsets.UTF_8);
  }

  // jshell refuses a class path with folders that do not exist
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> Files.exists(Path.of(entry)))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
