package reprise.kernel.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("kernel")
class MagicTest {
  private Shell shell;
  @TempDir private Path folder;

  @BeforeEach
  void open() {
    shell = Shell.open();
  }

  @AfterEach
  void close() {
    shell.close();
  }

  private String failure(String text) {
    return ((Outcome.Failed) shell.eval(text)).failure().text();
  }

  @Test
  void loadRunsAFileAndNamesItInErrors() throws IOException {
    var file =
        Files.writeString(
            folder.resolve("helpers.jshell"), "int help(int n) {\n  return 7 / n;\n}");
    shell.eval("%load " + file);
    assertThat(shell.eval("help(7)")).isEqualTo(new Outcome.Value(1));
    assertThat(failure("help(0)")).contains("at help (helpers.jshell, line 2)    return 7 / n;");
    assertThat(failure("%load " + folder.resolve("none.jshell")))
        .isEqualTo("MagicError: %load: there is no file " + folder.resolve("none.jshell"));
  }

  @Test
  void loadRunsTheCodeOfANotebook() throws IOException {
    var file =
        Files.writeString(
            folder.resolve("n.ipynb"),
            """
            {"cells": [{"cell_type": "markdown", "source": ["not code"]},
                       {"cell_type": "code", "source": ["int fromNotebook =\\n", " 11;"]}]}\
            """);
    shell.eval("%load " + file);
    assertThat(shell.eval("fromNotebook")).isEqualTo(new Outcome.Value(11));
  }

  @Test
  void jarsAreSeenByCells() throws IOException {
    var jar = folder.resolve("resource.jar");
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("greeting.txt"));
      out.write('!');
    }
    var add = "%jars " + folder.resolve("*.jar");
    assertThat(shell.eval(add)).isEqualTo(new Outcome.Done());
    assertThat(
            shell.eval(
                "Thread.currentThread().getContextClassLoader().getResource(\"greeting.txt\") != null"))
        .isEqualTo(new Outcome.Value(true));
    assertThat(failure("%jars " + folder.resolve("*.war")))
        .startsWith("MagicError: %jars: nothing is at '" + folder.resolve("*.war") + "'");
  }

  @Test
  void timeReturnsTheValueAndAMagicMayBeAssigned() {
    assertThat(shell.eval("%time 40 + 2")).isEqualTo(new Outcome.Value(42));
    assertThat(shell.eval("%%time\nint a = 1;\na + 1")).isEqualTo(new Outcome.Value(2));
    shell.eval("int viaMagic = %time 5 * 5");
    assertThat(shell.eval("viaMagic")).isEqualTo(new Outcome.Value(25));
  }

  @Test
  void aMagicOfTheUser() {
    shell
        .magics()
        .register(
            new Magic() {
              @Override
              public List<String> names() {
                return List.of("echo");
              }

              @Override
              public String help() {
                return "%echo words: gives them back";
              }

              @Override
              public Object run(Call call) {
                return call.words();
              }
            });
    assertThat(shell.eval("%echo a \"b c\"")).isEqualTo(new Outcome.Value(List.of("a", "b c")));
    assertThat(shell.complete("%ec", 3).items())
        .containsExactly(new Completions.Item("%echo", "magic"));
  }

  @Test
  void mistakesAreNamed() {
    assertThat(failure("%nothing x"))
        .startsWith("MagicError: %nothing: there is no such magic; known are %addMaven");
    assertThat(failure("%maven nonsense"))
        .isEqualTo(
            "MagicError: %maven: 'nonsense' is not group:artifact:version, such as"
                + " tech.tablesaw:tablesaw-core:0.44.4");
    assertThat(failure("%time"))
        .isEqualTo("MagicError: %time: nothing to run; write %time statement");
  }

  @Test
  void dependenciesBecomeAPom() {
    var call = new Magic.Call(shell, "maven", "", null);
    assertThat(MavenResolver.pom(call, List.of("g:a:jar:tests:1.0"), ""))
        .contains(
            "<dependencies><dependency><groupId>g</groupId><artifactId>a</artifactId>"
                + "<version>1.0</version><type>jar</type><classifier>tests</classifier>"
                + "</dependency></dependencies>");
    assertThat(MavenResolver.wrap("<project>x</project>", "<r/>"))
        .isEqualTo("<project>x</project>");
    assertThat(MavenResolver.wrap("<dependency/>", "<repositories/>"))
        .contains("<dependencies><dependency/></dependencies><repositories/></project>");
  }

  @Test
  void theVariablesOfIJavaAreRead() throws IOException {
    var script = Files.writeString(folder.resolve("start.jshell"), "int started = 3;");
    var options =
        ShellOptions.fromEnvironment(
            Map.of(
                "IJAVA_STARTUP_SCRIPTS_PATH", folder.toString(),
                "IJAVA_STARTUP_SCRIPT", "int alsoStarted = 4;",
                "IJAVA_CLASSPATH", folder.toString(),
                "IJAVA_COMPILER_OPTS", "-Xlint:none --enable-preview",
                "IJAVA_TIMEOUT", "1500"));
    assertThat(options.startup())
        .containsExactly(
            new Cell(script.toString(), "int started = 3;"),
            new Cell("IJAVA_STARTUP_SCRIPT", "int alsoStarted = 4;"));
    assertThat(options.classPath()).containsExactly(folder);
    assertThat(options.compilerOptions()).containsExactly("-Xlint:none", "--enable-preview");
    assertThat(options.timeout()).isEqualTo(Duration.ofMillis(1500));
  }

  /** A repository in a folder: no network. */
  @Test
  void librariesComeFromARepository() throws Exception {
    var lib = Files.createDirectories(folder.resolve("repo/shop/bread/1.0"));
    Files.writeString(
        lib.resolve("bread-1.0.pom"),
        "<project><modelVersion>4.0.0</modelVersion><groupId>shop</groupId>"
            + "<artifactId>bread</artifactId><version>1.0</version></project>");
    try (var jar =
        new java.util.jar.JarOutputStream(Files.newOutputStream(lib.resolve("bread-1.0.jar")))) {
      jar.putNextEntry(new java.util.jar.JarEntry("shop/recipe.txt"));
      jar.write("flour".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    var local = Path.of(System.getProperty("user.home"), ".m2/repository/shop");
    try {
      assertThat(shell.eval("%mavenRepo shop " + folder.resolve("repo").toUri()))
          .isEqualTo(new Outcome.Done());
      var outcome =
          shell.eval(
              "%maven shop:bread:1.0\n"
                  + "new String(Thread.currentThread().getContextClassLoader()"
                  + ".getResourceAsStream(\"shop/recipe.txt\").readAllBytes())");
      assertThat(outcome).isEqualTo(new Outcome.Value("flour"));
    } finally {
      try (var files = Files.walk(local)) {
        for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  @Test
  void repositoriesAreAddresses() {
    assertThat(failure("%mavenRepo jitpack"))
        .isEqualTo(
            "MagicError: %mavenRepo: give a name and an address, for example %mavenRepo jitpack"
                + " https://jitpack.io");
    assertThat(failure("%repo a b\"<\"")).contains("give a name and an address");
  }

  @Test
  void mavenIsFoundWhereAWrapperPutIt() throws IOException {
    var bin = Files.createDirectories(folder.resolve(".m2/wrapper/dists/maven-3/abc/bin"));
    assertThat(MavenResolver.find(Map.of("PATH", ""), folder)).isEmpty();
    var mvn = Files.writeString(bin.resolve("mvn"), "");
    assertThat(mvn.toFile().setExecutable(true)).isTrue();
    assertThat(MavenResolver.find(Map.of("PATH", ""), folder)).contains(mvn);
    var other = Files.createDirectories(folder.resolve("tools/bin"));
    Files.copy(mvn, other.resolve("mvn"), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    assertThat(MavenResolver.find(Map.of("MAVEN_HOME", folder.resolve("tools").toString()), folder))
        .contains(other.resolve("mvn"));
  }
}
