package reprise.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import reprise.launcher.FakeMachine.Outcome;

/** Which JDK {@code ./reprise} takes, and what it says where there is none. */
@Tag("unit")
class JdkChoiceTest {
  @TempDir Path temporary;
  FakeMachine machine;

  @BeforeEach
  void freshMachine() throws IOException {
    machine = new FakeMachine(temporary);
  }

  /** The shells of this computer that people have as /bin/sh. */
  static List<String> shells() {
    return List.of("/usr/bin/dash", "/usr/bin/bash --posix", "/usr/bin/busybox sh", "/bin/ksh")
        .stream()
        .filter(shell -> Files.isExecutable(Path.of(shell.split(" ")[0])))
        .toList();
  }

  private String chosen() throws Exception {
    Outcome outcome = machine.reprise("--print-java-home");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    return outcome.out().strip();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          system/usr/lib/jvm/java-25-openjdk-amd64       | /usr/lib/jvm/java-25-openjdk-amd64
          system/usr/lib64/jvm/java-25-openjdk           | /usr/lib64/jvm/java-25-openjdk
          system/opt/jdk-25.0.3                          | /opt/jdk-25.0.3
          system/usr/local/openjdk-25                    | /usr/local/openjdk-25
          home/.sdkman/candidates/java/25-tem            | ~/.sdkman/candidates/java/25-tem
          home/.jdks/temurin-25                          | ~/.jdks/temurin-25
          home/.jdks/my jdk                              | ~/.jdks/my jdk
          home/.asdf/installs/java/temurin-25            | ~/.asdf/installs/java/temurin-25
          home/.local/share/mise/installs/java/25        | ~/.local/share/mise/installs/java/25
          home/.jenv/versions/25                         | ~/.jenv/versions/25
          home/.gradle/jdks/adoptium-25                  | ~/.gradle/jdks/adoptium-25
          home/.cache/reprise/jdk/jdk-25.0.3+9           | ~/.cache/reprise/jdk/jdk-25.0.3+9
          system/opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home \
          | /opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home
          system/Library/Java/JavaVirtualMachines/t.jdk/Contents/Home \
          | /Library/Java/JavaVirtualMachines/t.jdk/Contents/Home
          """)
  void findsTheOnlyJdk(String place, String expected) throws Exception {
    machine.jdk(place, "25.0.3");
    assertThat(chosen()).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("shells")
  void theEnvironmentGoesFirstThenPathThenTheSystem(String shell) throws Exception {
    machine.shell = shell;
    machine.jdk("system/usr/lib/jvm/temurin-25", "25.0.3");
    assertThat(chosen()).isEqualTo("/usr/lib/jvm/temurin-25");

    Path onPath = machine.jdk("home/on path", "26");
    Files.createSymbolicLink(machine.folder.resolve("alternative"), onPath.resolve("bin/javac"));
    Files.createSymbolicLink(machine.bin.resolve("javac"), Path.of("../alternative"));
    assertThat(chosen()).isEqualTo("~/on path");

    machine.environment.put("JAVA_HOME", machine.jdk("home/java-home", "25").toString());
    assertThat(chosen()).isEqualTo("~/java-home");

    machine.environment.put("JAVA25_HOME", machine.jdk("home/java25", "25.0.1").toString());
    assertThat(chosen()).isEqualTo("~/java25");

    machine.environment.put("REPRISE_JAVA_HOME", machine.jdk("home/mine", "27-ea").toString());
    assertThat(chosen()).isEqualTo("~/mine");
  }

  @Test
  void passesOverOldAndIncompleteJdks() throws Exception {
    machine.environment.put("JAVA_HOME", machine.jdk("home/jdk17", "17.0.15").toString());
    machine.environment.put("JAVA25_HOME", "/nowhere");
    Files.delete(machine.jdk("system/usr/lib/jvm/a-jre-25", "25.0.3").resolve("bin/javac"));
    machine.jdk("system/usr/lib/jvm/b-eight", "1.8.0_412");
    machine.jdk("system/usr/lib/jvm/c-right", "25.0.3");
    assertThat(chosen()).isEqualTo("/usr/lib/jvm/c-right");
  }

  @Test
  void prefersTheTestedReleaseToANewerOne() throws Exception {
    machine.jdk("system/usr/lib/jvm/a", "26.0.1");
    assertThat(chosen()).isEqualTo("/usr/lib/jvm/a");
    machine.jdk("home/.jdks/z", "25.0.3");
    assertThat(chosen()).isEqualTo("~/.jdks/z");
  }

  @Test
  void asksJavaWhereThereIsNoReleaseFile() throws Exception {
    Files.delete(machine.jdk("system/usr/lib/jvm/a", "25.0.3").resolve("release"));
    assertThat(chosen()).isEqualTo("/usr/lib/jvm/a");
  }

  @Test
  void looksBehindAShimOnPath() throws Exception {
    FakeMachine.script(machine.bin.resolve("javac"), "exec asdf-javac \"$@\"");
    machine.jdk("home/.asdf/installs/java/25", "25.0.3");
    assertThat(chosen()).isEqualTo("~/.asdf/installs/java/25");
  }

  @Test
  void asksMacOsForItsJdk() throws Exception {
    Path jdk = machine.jdk("home/mac jdk", "25.0.3");
    FakeMachine.script(
        machine.system.resolve("usr/libexec/java_home"),
        "[ \"$*\" = '-v 25+' ] && echo '" + jdk + "'");
    assertThat(chosen()).isEqualTo("~/mac jdk");
  }

  @Test
  void refusesAWrongExplicitJdkInsteadOfTakingAnother() throws Exception {
    machine.jdk("system/usr/lib/jvm/good", "25.0.3");
    machine.environment.put("REPRISE_JAVA_HOME", machine.jdk("home/old", "21.0.2").toString());
    assertThat(machine.reprise("--print-java-home"))
        .isEqualTo(
            new Outcome(
                3,
                "",
                "reprise: REPRISE_JAVA_HOME=~/old is Java 21; a JDK 25 or newer is needed\n"));
    machine.environment.put("REPRISE_JAVA_HOME", machine.home + "/none");
    assertThat(machine.reprise("papers").err())
        .isEqualTo(
            "reprise: REPRISE_JAVA_HOME=~/none has no bin/javac; a JDK 25 or newer is needed\n");
  }

  @Test
  void saysExactlyWhatToDoOnDebian12() throws Exception {
    machine.jdk("system/usr/lib/jvm/java-17-openjdk-amd64", "17.0.15");
    machine.jdk("home/.jdks/corretto-21", "21.0.2");
    assertThat(machine.reprise("papers"))
        .isEqualTo(
            new Outcome(
                3,
                "",
                """
                reprise: needs a JDK 25 or newer, and found none.
                Found only:
                  /usr/lib/jvm/java-17-openjdk-amd64 (Java 17)
                  ~/.jdks/corretto-21 (Java 21)
                Get one in one of these ways, then run the same command again:
                  ./reprise setup   fetches Temurin 25 into your cache, without root
                  debian 12 has no JDK 25 of its own; from Temurin's package repository:
                    sudo apt-get update && sudo apt-get install -y wget gpg
                    wget -qO- https://packages.adoptium.net/artifactory/api/gpg/key/public |
                      sudo gpg --dearmor -o /etc/apt/trusted.gpg.d/adoptium.gpg
                    echo 'deb https://packages.adoptium.net/artifactory/deb bookworm main' |
                      sudo tee /etc/apt/sources.list.d/adoptium.list
                    sudo apt-get update && sudo apt-get install -y temurin-25-jdk
                  SDKMAN:  sdk install java 25-tem
                  conda:   conda install -c conda-forge openjdk=25
                  or unpack any JDK 25 and set REPRISE_JAVA_HOME to its folder
                """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ID=debian,VERSION_ID=13  | debian 13:  sudo apt-get update \
          && sudo apt-get install -y openjdk-25-jdk-headless
          ID=ubuntu,VERSION_ID=24.04 | ubuntu 24.04:  sudo apt-get update \
          && sudo apt-get install -y openjdk-25-jdk-headless
          ID=linuxmint,VERSION_ID=22,ID_LIKE='ubuntu debian' | ubuntu:  sudo apt-get update \
          && sudo apt-get install -y openjdk-25-jdk-headless
          ID=fedora,VERSION_ID=43  | fedora 43:  sudo dnf install -y java-25-openjdk-devel
          ID=rocky,VERSION_ID=9.5,ID_LIKE='rhel centos fedora' \
          | rhel:  sudo dnf install -y java-25-openjdk-devel
          ID=opensuse-leap,ID_LIKE='suse opensuse' | suse:  sudo zypper install -y java-25-openjdk-devel
          ID=arch                  | arch:  sudo pacman -S jdk25-openjdk
          ID=alpine,VERSION_ID=3.23 | alpine 3.23:  sudo apk add openjdk25
          """)
  void namesThePackageOfTheSystem(String release, String advice) throws Exception {
    machine.osRelease(release.replace(",", "\n") + "\n");
    assertThat(machine.reprise("papers").err().lines()).contains("  " + advice);
  }

  @Test
  void namesHomebrewOnMacOsAndOnlyTheGeneralWaysElsewhere() throws Exception {
    FakeMachine.script(machine.bin.resolve("uname"), "echo Darwin");
    assertThat(machine.reprise().err().lines()).contains("  macOS:   brew install openjdk@25");
    FakeMachine.script(machine.bin.resolve("uname"), "echo FreeBSD");
    assertThat(machine.reprise().err().lines())
        .contains("  SDKMAN:  sdk install java 25-tem")
        .noneMatch(line -> line.contains("apt-get") || line.contains("brew"));
  }

  @Test
  void leavesOutSudoForRoot() throws Exception {
    FakeMachine.script(machine.bin.resolve("id"), "echo 0");
    assertThat(machine.reprise().err())
        .contains("    apt-get update && apt-get install -y temurin-25-jdk\n")
        .doesNotContain("sudo");
  }

  @Test
  void doctorTellsWhatCanBeToldWithoutJava() throws Exception {
    machine.jdk("home/.jdks/seventeen", "17.0.15");
    Outcome outcome = machine.reprise("doctor");
    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.out())
        .isEqualTo(
            """
            system      debian 12, Linux x86_64
            JDK         none of 25 or newer
                        too old: ~/.jdks/seventeen (Java 17)
            C compiler  ^/bin/cc
            Maven       none; ./mvnw fetches its own
            downloads   neither curl nor wget
            """);
    assertThat(outcome.err()).startsWith("reprise: needs a JDK 25 or newer, and found none.\n");
  }
}
