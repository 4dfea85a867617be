package reprise.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import reprise.Spawned;
import reprise.kernel.cli.Main;

/**
 * The shell commands of README, CONTRIBUTING and the guides: every option is one that the command
 * line knows, and what needs no network, cluster, browser or hours is carried out.
 */
@Tag("kernel")
class ShownCommandsTest {
  private static final String PREFIX = "./reprise ";
  private static final Pattern WORD = Pattern.compile("(?:<[^>]*>|\\S)+");

  /** Words of the launcher's own, with the test that carries them out or why none does. */
  private static final Map<String, String> OF_THE_LAUNCHER =
      Map.of(
          "test", "is this",
          "format", "the build checks what it does",
          "setup", "SetupTest",
          "jshell", "SnippetsTest",
          "--print-class-path", "BuildTest");

  /** Begins of commands that are only parsed, with the reason. */
  private static final Map<String, String> ONLY_PARSED =
      Map.of(
          "kernel", "writes into the user's folders; InstallTest",
          "notebook", "opens a browser; browser_test.py",
          "sweep", "needs a cluster; SlurmArrayTest",
          "bench", "measures this machine",
          "worker", "needs the folder of a plan; SlurmArrayTest",
          "verify", "needs a run",
          "runs import", "needs a file of others; ImportedRunsTest",
          "new-paper", "writes into the sources; NewPaperCommandTest");

  private record Command(String where, List<String> words) {
    @Override
    public String toString() {
      return String.join(" ", words) + " (" + where + ")";
    }
  }

  @TempDir static Path home;
  @TempDir Path folder;

  static List<Command> commands() throws Exception {
    List<Path> pages = new ArrayList<>(List.of(Shown.README, Shown.CONTRIBUTING));
    pages.addAll(Shown.guides());
    List<Command> found = new ArrayList<>();
    for (Path page : pages) {
      for (Shown block : Shown.blocks(page, "sh")) {
        String text = block.text().replace("\\\n", " ");
        for (String line : text.lines().filter(l -> l.startsWith(PREFIX)).toList()) {
          for (String one : line.replaceFirst("\\s#.*", "").split(";")) {
            String words = one.strip().substring(PREFIX.length());
            found.add(new Command(block.where(), words(words)));
          }
        }
      }
    }
    return found;
  }

  // <folder of the plan> is one word
  private static List<String> words(String line) {
    return WORD.matcher(line).results().map(MatchResult::group).toList();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void itIsOneThatThereIs(Command command) {
    List<String> words = command.words();
    if (OF_THE_LAUNCHER.containsKey(words.getFirst())) {
      return;
    }
    CommandLine.ParseResult parsed = Main.commandLine().parseArgs(words.toArray(String[]::new));
    assertThat(parsed.subcommand()).as(command.toString()).isNotNull();
  }

  static List<Command> carriedOut() throws Exception {
    return commands().stream()
        .filter(c -> !OF_THE_LAUNCHER.containsKey(c.words().getFirst()))
        .filter(
            c -> ONLY_PARSED.keySet().stream().noneMatch(String.join(" ", c.words())::startsWith))
        .filter(c -> Stream.of("<", "...").noneMatch(c.words().toString()::contains))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("carriedOut")
  void itDoesWhatItSays(Command command) throws Exception {
    Files.writeString(
        folder.resolve("runs.csv"),
        """
        N,D,L
        1e6,2e7,4.51
        1e6,8e7,4.22
        4e6,2e7,3.98
        4e6,8e7,3.61
        1.6e7,8e7,3.22
        1.6e7,3.2e8,3.01
        6.4e7,3.2e8,2.74
        6.4e7,1.28e9,2.62
        """);
    Files.writeString(folder.resolve("script.java"), "System.out.println(flops(6e19));\n");
    List<String> arguments = new ArrayList<>(List.of("reprise.kernel.cli.Main"));
    arguments.addAll(command.words());
    if (command.words().getFirst().equals("reproduce")
        && !command.words().contains("--scale")
        && !command.words().contains("--from-record")) {
      arguments.addAll(List.of("--scale", "smoke"));
    }
    // what a command writes or reads lies in a folder of the test
    Spawned run =
        Spawned.java(
            folder,
            Map.of("REPRISE_HOME", home.toString(), "REPRISE_NETWORK", "off"),
            arguments.toArray(String[]::new));
    assertThat(run.status()).as(run.out() + run.err()).isZero();
    int out = command.words().indexOf("--out");
    if (out >= 0 && Files.isRegularFile(folder.resolve(command.words().get(out + 1)))) {
      assertThat(folder.resolve(command.words().get(out + 1))).isNotEmptyFile();
    } else {
      assertThat(run.out()).isNotBlank();
    }
  }
}
