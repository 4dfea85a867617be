package reprise;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import com.tngtech.archunit.library.dependencies.SliceRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The house rules that a machine can check: which layer may import what, no circles, no empty
 * names, no long files. Each rule is shown a class that breaks it, so that none can go blind.
 */
@Tag("unit")
class LayersTest {
  private static final Path ROOT = Path.of("").toAbsolutePath();
  private static final int MOST_LINES = 600;

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("reprise");

  /** Every rule with a source that breaks it; the first line of a source names its file. */
  enum Rule {
    TENSOR_USES_ONLY_THE_JDK(
        layer("reprise.tensor.."),
        """
        // reprise/tensor/Planted.java
        package reprise.tensor;
        class Planted { tech.tablesaw.api.Table table; }
        """),
    DSL_USES_TABLESAW_AND_XCHART(
        layer("reprise.dsl..", "tech.tablesaw..", "org.knowm.xchart.."),
        """
        // reprise/dsl/Planted.java
        package reprise.dsl;
        class Planted { reprise.kernel.Planted kernel; }
        // reprise/kernel/Planted.java
        package reprise.kernel;
        public class Planted { }
        """),
    PAPERS_USE_THE_DSL(
        layer("reprise.papers..", "reprise.dsl.."),
        """
        // reprise/papers/Planted.java
        package reprise.papers;
        class Planted { reprise.tensor.Planted tensor; }
        // reprise/tensor/Planted.java
        package reprise.tensor;
        public class Planted { }
        """),
    KERNEL_KNOWS_NO_PAPER(
        layer(
            "reprise.kernel..",
            "reprise.dsl..",
            "reprise.tensor..",
            "tech.tablesaw..",
            "org.knowm.xchart..",
            "com.google.gson..",
            "blue.strategic.parquet..",
            "org.apache.parquet..",
            "picocli..",
            "me.tongfei..",
            "org.apache.batik..",
            "com.sun.source..",
            "com.sun.jdi..",
            "com.sun.tools.attach..",
            "org.zeromq..",
            "zmq.."),
        """
        // reprise/kernel/Planted.java
        package reprise.kernel;
        class Planted { reprise.papers.Planted paper; }
        // reprise/papers/Planted.java
        package reprise.papers;
        public class Planted { }
        """),
    REPRODUCTIONS_USE_PAPERS_AND_DSL(
        layer("reprise.repro..", "reprise.papers..", "reprise.dsl..", "tech.tablesaw.."),
        """
        // reprise/repro/Planted.java
        package reprise.repro;
        class Planted { reprise.kernel.Planted kernel; }
        // reprise/kernel/Planted.java
        package reprise.kernel;
        public class Planted { }
        """),
    ONLY_THE_JUPYTER_KERNEL_KNOWS_ZEROMQ(
        noClasses()
            .that()
            .resideOutsideOfPackage("reprise.kernel.jupyter..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.zeromq..", "zmq.."),
        """
        // reprise/kernel/shell/Planted.java
        package reprise.kernel.shell;
        class Planted { org.zeromq.ZContext context; }
        """),
    ONLY_THE_KERNEL_KNOWS_JSHELL(
        noClasses()
            .that()
            .resideOutsideOfPackage("reprise.kernel..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jdk.jshell.."),
        """
        // reprise/repro/Planted.java
        package reprise.repro;
        class Planted { jdk.jshell.JShell shell; }
        """),
    NO_CIRCLES_IN_TENSOR(
        noCircles("reprise.tensor.(*).."), circle("reprise.tensor.a", "reprise.tensor.b")),
    NO_CIRCLES_IN_DSL(noCircles("reprise.dsl.(*).."), circle("reprise.dsl.a", "reprise.dsl.b")),
    NO_CIRCLES_IN_KERNEL(
        noCircles("reprise.kernel.(*).."), circle("reprise.kernel.a", "reprise.kernel.b")),
    NO_PAPER_NEEDS_ANOTHER_IN_A_CIRCLE(
        noCircles("reprise.papers.(*).."), circle("reprise.papers.a", "reprise.papers.b")),
    NAMES_SAY_WHAT_A_CLASS_IS(
        noClasses()
            .should()
            .haveNameMatching(".*(Impl|Manager|Utils?)")
            .because("such a name says nothing of what the class does"),
        """
        // reprise/dsl/PlantedUtils.java
        package reprise.dsl;
        class PlantedUtils { }
        """);

    private final ArchRule rule;
    private final String violation;

    Rule(ArchRule rule, String violation) {
      this.rule = rule.allowEmptyShould(true);
      this.violation = violation;
    }
  }

  /** Classes of the package use only the JDK, themselves and the others named. */
  private static ArchRule layer(String own, String... others) {
    List<String> allowed =
        new ArrayList<>(List.of(own, "java..", "javax..", "jdk..", "org.w3c.dom..", "org.xml.."));
    allowed.addAll(List.of(others));
    return classes()
        .that()
        .resideInAPackage(own)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed.toArray(String[]::new));
  }

  private static SliceRule noCircles(String packages) {
    return slices().matching(packages).should().beFreeOfCycles();
  }

  private static String circle(String one, String two) {
    return """
    // %3$s/Planted.java
    package %1$s;
    public class Planted { %2$s.Planted other; }
    // %4$s/Planted.java
    package %2$s;
    public class Planted { %1$s.Planted other; }
    """
        .formatted(one, two, one.replace('.', '/'), two.replace('.', '/'));
  }

  @ParameterizedTest
  @EnumSource
  void holds(Rule rule) {
    rule.rule.check(CLASSES);
  }

  @ParameterizedTest
  @EnumSource
  void canFail(Rule rule, @TempDir Path folder) throws IOException {
    EvaluationResult result = rule.rule.evaluate(compile(rule.violation, folder));
    assertThat(result.hasViolation()).isTrue();
    assertThat(result.getFailureReport().toString()).contains("Planted");
  }

  /** A rule over classes that were not found holds always: each module must have been read. */
  @ParameterizedTest
  @EnumSource
  void seesTheClassesOf(Module module) throws IOException {
    Path sources = ROOT.resolve(module.folder).resolve("src/main/java");
    long files = filesUnder(sources).filter(file -> !file.endsWith("package-info.java")).count();
    long seen =
        CLASSES.stream()
            .filter(type -> (type.getPackageName() + ".").startsWith(module.root + "."))
            .count();
    assertThat(seen).isGreaterThanOrEqualTo(files);
  }

  /** The modules with their folders and root packages. */
  enum Module {
    NATIVE("native", "reprise.tensor"),
    DSL("dsl", "reprise.dsl"),
    PAPERS("papers", "reprise.papers"),
    KERNEL("kernel", "reprise.kernel"),
    REPRODUCTIONS("reproductions", "reprise.repro");

    private final String folder;
    private final String root;

    Module(String folder, String root) {
      this.folder = folder;
      this.root = root;
    }
  }

  @Test
  void filesStayShort() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String folder : List.of("native", "dsl", "papers", "kernel", "reproductions", "src")) {
      filesUnder(ROOT.resolve(folder)).forEach(sources::add);
    }
    assertThat(sources).hasSizeGreaterThan(50);
    assertThat(longFiles(sources)).isEmpty();
  }

  @Test
  void aLongFileIsNamed(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("long.c"), "\n".repeat(MOST_LINES + 1));
    Path fine = Files.writeString(folder.resolve("Fine.java"), "\n".repeat(MOST_LINES));
    assertThat(longFiles(List.of(file, fine)))
        .containsExactly(file + " has 601 lines; split it, files stop at 600");
  }

  private static List<String> longFiles(List<Path> files) throws IOException {
    List<String> messages = new ArrayList<>();
    for (Path file : files) {
      try (Stream<String> lines = Files.lines(file, UTF_8)) {
        long count = lines.count();
        if (count > MOST_LINES) {
          messages.add(
              "%s has %d lines; split it, files stop at %d".formatted(file, count, MOST_LINES));
        }
      }
    }
    return messages;
  }

  /** Java and C sources, without what a build made. */
  private static Stream<Path> filesUnder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Stream.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().matches(".*\\.(java|c|h)"))
          .filter(file -> !ROOT.relativize(file).toString().contains("/target/"))
          .toList()
          .stream();
    }
  }

  private static JavaClasses compile(String sources, Path folder) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", folder + "/classes"));
    for (String source : sources.split("(?m)^// ")) {
      if (!source.isBlank()) {
        Path file = folder.resolve(source.lines().findFirst().orElseThrow());
        Files.createDirectories(file.getParent());
        Files.writeString(file, source.lines().skip(1).collect(joining("\n")));
        arguments.add(file.toString());
      }
    }
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(status).as("the violating source compiles").isZero();
    return new ClassFileImporter().importPath(folder.resolve("classes"));
  }
}
