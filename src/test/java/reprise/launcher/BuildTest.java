package reprise.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.launcher.FakeMachine.Outcome;

/** When {@code ./reprise} builds, what it starts, and what it says when the build fails. */
@Tag("unit")
class BuildTest {
  private static final String BUILD = "-B -ntp -DskipTests -pl !src/test package";

  @TempDir Path temporary;
  FakeMachine machine;
  Path source;

  @BeforeEach
  void freshMachine() throws IOException {
    machine = new FakeMachine(temporary);
    machine.jdk("system/usr/lib/jvm/25", "25.0.3");
    machine.mvnw();
    source = machine.project.resolve("kernel/src/main/java/A.java");
  }

  /** Starts and returns whether that made a build. */
  private boolean builds() throws Exception {
    int before = machine.builds().size();
    assertThat(machine.reprise("papers").status()).isEqualTo(7);
    return machine.builds().size() > before;
  }

  @Test
  void firstUseSaysWhatItDoesAndTheSecondIsSilent() throws Exception {
    Outcome first = machine.reprise("papers");
    assertThat(first.err())
        .isEqualTo(
            """
            reprise: first use: building, a few minutes (log: @/reproductions/target/build.log)
              native [2/6]
            """);
    assertThat(machine.builds()).containsExactly(BUILD);
    Outcome second = machine.reprise("papers");
    assertThat(second.err()).isEmpty();
    assertThat(machine.builds()).hasSize(1);
    assertThat(second.out()).isEqualTo(first.out());
  }

  @Test
  void seesEveryKindOfChange() throws Exception {
    assertThat(builds()).isTrue();
    assertThat(builds()).isFalse();

    FakeMachine.write(machine.project.resolve("native/src/main/c/a.c"), "int a;\n");
    assertThat(builds()).as("added").isTrue();
    FakeMachine.write(machine.project.resolve("native/src/main/c/a.c"), "int a = 1;\n");
    assertThat(builds()).as("changed").isTrue();
    Files.delete(machine.project.resolve("native/src/main/c/a.c"));
    assertThat(builds()).as("deleted: the first build serves again").isFalse();
    Files.delete(machine.project.resolve("dsl/src/main/java/A.java"));
    assertThat(builds()).as("deleted").isTrue();

    FileTime time = Files.getLastModifiedTime(source);
    FakeMachine.write(source, "class B {}\n");
    Files.setLastModifiedTime(source, time);
    assertThat(builds()).as("same size, same time, other text").isTrue();
    Files.move(source, source.resolveSibling("C.java"));
    assertThat(builds()).as("renamed").isTrue();
    FakeMachine.write(machine.project.resolve("papers/pom.xml"), "<project> </project>\n");
    assertThat(builds()).as("a pom").isTrue();
    FakeMachine.write(machine.project.resolve("pom.xml"), "<project> </project>\n");
    assertThat(builds()).as("the parent pom").isTrue();
  }

  @Test
  void isNotMisledByTimesOutputsAndScratchFiles() throws Exception {
    assertThat(builds()).isTrue();
    Files.setLastModifiedTime(source, FileTime.fromMillis(0));
    FakeMachine.write(machine.project.resolve("kernel/target/classes/A.class"), "x");
    FakeMachine.write(source.resolveSibling(".A.java.swp"), "x");
    FakeMachine.write(source.resolveSibling("A.java~"), "x");
    FakeMachine.write(machine.project.resolve("src/test/java/T.java"), "class T {}\n");
    assertThat(builds()).isFalse();
  }

  @Test
  void startsTheCommandLineWithExactlyTheseArguments() throws Exception {
    Outcome outcome = machine.reprise("fit", "--csv", "my file.csv", "", "*", "\"$x\"");
    assertThat(outcome.status()).isEqualTo(7);
    List<String> lines = outcome.out().lines().toList();
    assertThat(lines)
        .containsSequence(
            "<reprise.kernel.cli.Main>",
            "<fit>",
            "<--csv>",
            "<my file.csv>",
            "<>",
            "<*>",
            "<\"$x\">")
        .contains(
            "<--enable-native-access=ALL-UNNAMED>",
            "<--sun-misc-unsafe-memory-access=allow>",
            "<-Djava.awt.headless=true>",
            "<-Dreprise.root=@>");
  }

  @Test
  void theClassPathNamesEachJarOnceOursFirst() throws Exception {
    String classPath = machine.reprise("--print-class-path").out().strip();
    assertThat(classPath.split(":"))
        .extracting(jar -> jar.substring(jar.lastIndexOf('/') + 1))
        .containsExactly("reprise-dsl-0.1.jar", "reprise-reproductions-0.1.jar", "picocli-4.jar");
    assertThat(machine.reprise("papers").out()).contains("<" + classPath + ">");
  }

  @Test
  void aNewerJdksNewWarningsDoNotStopAUser() throws Exception {
    machine.environment.put("REPRISE_JAVA_HOME", machine.jdk("home/jdk26", "26").toString());
    assertThat(builds()).isTrue();
    assertThat(machine.builds())
        .containsExactly("-B -ntp -DskipTests -Dwarnings=-Xlint:none -pl !src/test package");
  }

  @Test
  void aRunKeepsItsJarsWhileTheNextBuildWritesNewOnes() throws Exception {
    String before = machine.reprise("--print-class-path").out().strip();
    FakeMachine.write(source, "class B {}\n");
    String after = machine.reprise("--print-class-path").out().strip();
    assertThat(after).isNotEqualTo(before);
    for (String jar : before.split(":")) {
      assertThat(Path.of(jar.replaceFirst("^@", machine.project.toString()))).exists();
    }
  }

  @Test
  void worksThroughASymbolicLinkFromAnotherFolder() throws Exception {
    Path link = machine.bin.resolve("reprise");
    Files.createSymbolicLink(link, Path.of("../my project/reprise"));
    Path second = machine.home.resolve("replay");
    Files.createSymbolicLink(second, link);
    assertThat(machine.run(machine.home, second, "papers").out()).contains("<-Dreprise.root=@>");
  }

  @Test
  void aFailedBuildShowsItsErrorsAndIsTriedAgain() throws Exception {
    machine.mvnw("echo '[INFO] noise'", "echo '[ERROR] A.java:[3,1] missing ;'", "exit 1");
    Outcome failed = machine.reprise("papers");
    assertThat(failed.status()).isEqualTo(4);
    assertThat(failed.out()).isEmpty();
    assertThat(failed.err())
        .isEqualTo(
            """
            reprise: first use: building, a few minutes (log: @/reproductions/target/build.log)
            reprise: the build failed; the errors of @/reproductions/target/build.log:
            [ERROR] A.java:[3,1] missing ;
            """);
    machine.mvnw();
    assertThat(builds()).isTrue();
  }

  @Test
  void ofTwoFirstStartsOneBuildsAndTheOtherWaits() throws Exception {
    machine.mvnw("sleep 1");
    Path launcher = machine.project.resolve("reprise");
    Process one = machine.start(machine.project, launcher, "papers");
    Process two = machine.start(machine.project, launcher, "papers");
    Outcome first = machine.finish(one);
    Outcome second = machine.finish(two);
    assertThat(List.of(first.status(), second.status())).containsExactly(7, 7);
    assertThat(first.err() + second.err()).contains("reprise: waiting for another build (process ");
    assertThat(machine.builds()).containsExactly(BUILD);
    assertThat(machine.project.resolve("reproductions/target/build.lock")).doesNotExist();
  }

  @Test
  void breaksTheLockOfADeadBuild() throws Exception {
    Path target = Files.createDirectories(machine.project.resolve("reproductions/target"));
    // The largest process number that Linux gives out is 2^22.
    Files.createSymbolicLink(target.resolve("build.lock"), Path.of("99999999@Linux"));
    assertThat(builds()).isTrue();
  }

  @Test
  void saysOnceWhatToInstallWithoutACompilerAndUsesOneThatComesLater() throws Exception {
    Files.delete(machine.bin.resolve("cc"));
    assertThat(machine.reprise("papers").err())
        .contains(
            "reprise: no C compiler: the plain-Java reference backend serves, which is slow; for the"
                + " native one: sudo apt-get install -y gcc libc6-dev\n");
    assertThat(machine.reprise("papers").err()).isEmpty();
    FakeMachine.script(machine.bin.resolve("gcc"), "exit 0");
    assertThat(builds()).isTrue();
    assertThat(builds()).isFalse();
    Files.delete(machine.bin.resolve("gcc"));
    assertThat(builds()).as("a native build serves on nodes without a compiler").isFalse();
  }

  @Test
  void takesTheSystemsMavenWhereTheWrapperCannotFetchIts() throws Exception {
    Files.move(machine.project.resolve("mvnw"), machine.folder.resolve("real"));
    FakeMachine.script(machine.project.resolve("mvnw"), "echo 'cannot fetch' >&2; exit 1");
    Outcome without = machine.reprise("papers");
    assertThat(without.status()).isEqualTo(4);
    assertThat(without.err())
        .endsWith(
            """
            reprise: ./mvnw could not fetch Maven, and there is no mvn on PATH:
              cannot fetch
            reprise: the first build needs the network (Maven Central) or an installed Maven
            """);
    Files.move(machine.folder.resolve("real"), machine.bin.resolve("mvn"));
    assertThat(machine.reprise("papers").err())
        .contains("reprise: ./mvnw could not fetch its Maven; using ^/bin/mvn\n");
    assertThat(machine.builds()).containsExactly(BUILD);
  }

  @Test
  void neverBuildsWhenToldSo() throws Exception {
    machine.environment.put("REPRISE_BUILD", "never");
    Outcome outcome = machine.reprise("papers");
    assertThat(outcome.status()).isEqualTo(4);
    assertThat(outcome.err())
        .startsWith("reprise: not built (@/reproductions/target/reprise-reproductions-");
    assertThat(machine.builds()).isEmpty();
  }

  @Test
  void testAndFormatAreMavensWithAllArgumentsAndItsStatus() throws Exception {
    assertThat(machine.reprise("test", "-Dgroups=unit").status()).isZero();
    assertThat(machine.reprise("format").status()).isZero();
    assertThat(machine.builds())
        .containsExactly("-B -ntp verify -Dgroups=unit", "-B -ntp -q spotless:apply");
    machine.mvnw("exit 5");
    assertThat(machine.reprise("test").status()).isEqualTo(5);
    assertThat(machine.project.resolve("reproductions/target/build.lock")).doesNotExist();
  }

  @Test
  void jshellGetsClassPathStartUpFileAndRuntimeOptions() throws Exception {
    FakeMachine.script(
        machine.system.resolve("usr/lib/jvm/25/bin/jshell"), "printf '<%s>\\n' \"$@\"");
    String classPath = machine.reprise("--print-class-path").out().strip();
    assertThat(machine.reprise("jshell", "a file.jsh").out().lines())
        .containsSequence("<--class-path>", "<" + classPath + ">")
        .containsSequence("<--startup>", "<@/dsl/src/main/resources/reprise/dsl/startup.jsh>")
        .contains("<-R--enable-native-access=ALL-UNNAMED>", "<-R-Dreprise.root=@>")
        .endsWith("<a file.jsh>");
  }
}
