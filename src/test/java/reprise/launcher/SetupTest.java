package reprise.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.launcher.FakeMachine.Outcome;

/** {@code ./reprise setup} against a curl that serves files of the test, so without a network. */
@Tag("unit")
class SetupTest {
  private static final String LINK = "https://github.com/adoptium/jdk_x64_linux_25.0.3_9.tar.gz";

  @TempDir Path temporary;
  FakeMachine machine;
  Path jdks;
  Path archive;

  @BeforeEach
  void freshMachine() throws Exception {
    machine = new FakeMachine(temporary);
    jdks = machine.home.resolve(".cache/reprise/jdk");
    archive = machine.folder.resolve("jdk.tar.gz");
    machine.jdk("pack/jdk-25.0.3+9", "25.0.3");
    Process tar =
        new ProcessBuilder("tar", "-czf", archive.toString(), "jdk-25.0.3+9")
            .directory(machine.folder.resolve("pack").toFile())
            .start();
    assertThat(tar.waitFor()).isZero();
    byte[] sha = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(archive));
    serve(HexFormat.of().formatHex(sha));
  }

  /** Adoptium's answer in its own layout, with an installer whose checksum must not be taken. */
  private void serve(String checksum) throws IOException {
    Path answer = machine.folder.resolve("answer.json");
    FakeMachine.write(
        answer,
        """
        [
            {
                "binary": {
                    "architecture": "x64",
                    "installer": {
                        "checksum": "0000",
                        "link": "https://example.org/wrong.pkg",
                        "size": 1
                    },
                    "package": {
                        "checksum": "%s",
                        "checksum_link": "%s.sha256.txt",
                        "download_count": 4711,
                        "link": "%s",
                        "name": "jdk_x64_linux_25.0.3_9.tar.gz",
                        "signature_link": "%s.sig",
                        "size": 141000000
                    },
                    "project": "jdk"
                },
                "release_name": "jdk-25.0.3+9",
                "vendor": "eclipse"
            }
        ]
        """
            .formatted(checksum, LINK, LINK, LINK));
    FakeMachine.script(
        machine.bin.resolve("curl"),
        "for last; do :; done",
        "while [ \"$1\" != -o ]; do shift; done",
        "echo \"$last\" >>'" + machine.folder + "/urls'",
        "case $last in",
        "  https://api.*) cp '" + answer + "' \"$2\" ;;",
        "  " + LINK + ") cp '" + archive + "' \"$2\" ;;",
        "  *) exit 22 ;;",
        "esac");
  }

  @Test
  void fetchesChecksAndUnpacksAJdkThatTheNextStartTakes() throws Exception {
    Outcome outcome = machine.reprise("setup", "--yes");
    assertThat(outcome)
        .isEqualTo(new Outcome(0, "", "reprise: the JDK is ~/.cache/reprise/jdk/jdk-25.0.3+9\n"));
    assertThat(FakeMachine.names(jdks)).containsExactly("jdk-25.0.3+9");
    assertThat(Files.readAllLines(machine.folder.resolve("urls")))
        .containsExactly(
            "https://api.adoptium.net/v3/assets/latest/25/hotspot"
                + "?architecture=x64&image_type=jdk&os=linux&vendor=eclipse",
            LINK);
    assertThat(machine.reprise("--print-java-home").out().strip())
        .isEqualTo("~/.cache/reprise/jdk/jdk-25.0.3+9");
    assertThat(machine.reprise("setup").err())
        .isEqualTo("reprise: nothing to fetch; the JDK is ~/.cache/reprise/jdk/jdk-25.0.3+9\n");
  }

  @Test
  void asksFirstAndTakesSilenceForNo() throws Exception {
    assertThat(machine.reprise("setup"))
        .isEqualTo(
            new Outcome(
                3,
                "",
                """
                Fetch jdk_x64_linux_25.0.3_9.tar.gz (141 MB) into ~/.cache/reprise/jdk? [y/N]\s
                reprise: nothing was fetched (./reprise setup --yes does not ask)
                """));
    assertThat(FakeMachine.names(jdks)).isEmpty();
  }

  @Test
  void throwsAwayWhatDoesNotMatchThePublishedChecksum() throws Exception {
    serve("abc123");
    Outcome outcome = machine.reprise("setup", "--yes");
    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.err())
        .startsWith("reprise: SHA-256 of jdk_x64_linux_25.0.3_9.tar.gz is ")
        .contains(", Adoptium says abc123; it was thrown away\nOther ways to get a JDK 25:\n");
    assertThat(FakeMachine.names(jdks)).isEmpty();
  }

  @Test
  void saysThatItIsOfflineAndHowElseToGetOne() throws Exception {
    FakeMachine.script(
        machine.bin.resolve("curl"),
        "echo 'curl: (6) Could not resolve host: api.adoptium.net' >&2; exit 6");
    Outcome outcome = machine.reprise("setup", "--yes");
    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.err())
        .startsWith(
            """
            curl: (6) Could not resolve host: api.adoptium.net
            reprise: cannot ask https://api.adoptium.net for a JDK (offline, or blocked?); nothing was changed
            Other ways to get a JDK 25:
              debian 12 has no JDK 25 of its own; from Temurin's package repository:
            """);
    assertThat(FakeMachine.names(jdks)).isEmpty();
  }

  @Test
  void leavesNothingOfABrokenArchive() throws Exception {
    Files.writeString(archive, "not an archive");
    byte[] sha = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(archive));
    serve(HexFormat.of().formatHex(sha));
    Outcome outcome = machine.reprise("setup", "--yes");
    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.err()).contains("reprise: cannot unpack jdk_x64_linux_25.0.3_9.tar.gz");
    assertThat(FakeMachine.names(jdks)).isEmpty();
  }

  @Test
  void putsTheJdkWhereRepriseHomePoints() throws Exception {
    machine.environment.put("REPRISE_HOME", machine.folder.resolve("elsewhere").toString());
    assertThat(machine.reprise("setup", "--yes").err())
        .isEqualTo("reprise: the JDK is ^/elsewhere/jdk/jdk-25.0.3+9\n");
  }

  @Test
  void needsSomethingToFetchWith() throws Exception {
    Files.delete(machine.bin.resolve("curl"));
    assertThat(machine.reprise("setup", "--yes").err())
        .startsWith("reprise: neither curl nor wget is installed\n");
  }
}
