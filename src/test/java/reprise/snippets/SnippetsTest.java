package reprise.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import reprise.kernel.run.Watcher;
import reprise.kernel.run.Watchers;
import reprise.kernel.shell.Outcome;
import reprise.kernel.shell.Shell;

/**
 * Every Java block that is shown runs as a reader would paste it: line by line through the JDK's
 * own jshell, with the start-up file and class path that README names. The first one runs in all
 * places.
 */
@Tag("snippet")
class SnippetsTest {
  private static final Pattern FITTED =
      Pattern.compile("chinchilla A=\\S+ B=\\S+ E=\\S+ alpha=\\S+ beta=\\S+ \\(.*n=12.*\\)");

  @TempDir static Path home;

  static List<Shown> shown() throws IOException {
    return Shown.all();
  }

  private static String jshell(String lines) throws Exception {
    Spawned run = Spawned.jshell(home, environment("jshell"), Shown.STARTUP, lines);
    return run.out() + run.err();
  }

  // a home for each place, so that each trains the models itself
  private static Map<String, String> environment(String place) {
    return Map.of("REPRISE_HOME", home.resolve(place).toString());
  }

  private static String fitted(String output) {
    Matcher line = FITTED.matcher(output);
    assertThat(line.find()).as("a fitted law in:\n%s", output).isTrue();
    return line.group();
  }

  @ParameterizedTest
  @MethodSource("shown")
  void runsLineByLine(Shown snippet) throws Exception {
    assertThat(jshell(snippet.text()))
        .as("what jshell says to the lines of %s", snippet.where())
        .doesNotContain("Error:", "Exception", "cannot find symbol")
        .contains("==>");
  }

  /** The same lines, the same numbers: in JShell, in a Java source file, as a script, in a cell. */
  @Test
  void theSameLinesGiveTheSameNumbersEverywhere() throws Exception {
    String lines = shown().getFirst().text();
    String expected = fitted(jshell(lines));

    Path source = home.resolve("Script.java");
    Files.writeString(
        source, "import static reprise.dsl.Reprise.*;\n\nvoid main() {\n" + lines + "}\n");
    Spawned java = Spawned.java(home, environment("java"), source.toString());
    assertThat(java.status()).as(java.err()).isZero();
    assertThat(fitted(java.out())).isEqualTo(expected);

    Path script = Files.writeString(home.resolve("script.java"), lines);
    Spawned run =
        Spawned.java(home, environment("run"), "reprise.kernel.cli.Main", "run", script.toString());
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(fitted(run.out())).isEqualTo(expected);
    assertThat(run.out())
        .containsPattern("(supported|contradicted|inconclusive) +irreducible-loss-is-entropy");

    Watchers.use(Watcher.SILENT);
    try (Shell cell = Shell.open()) {
      Outcome outcome = cell.eval(lines + "law.fit().get().toString()");
      assertThat(outcome).isInstanceOf(Outcome.Value.class);
      assertThat(((Outcome.Value) outcome).value()).isEqualTo(expected);
    } finally {
      Watchers.use(null);
    }
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
}
