package reprise.kernel.shell;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jdk.jshell.JShell;

/** What runs before the first cell: imports, then start-up scripts. */
final class Startup {
  /** Provided by the DSL's jar; without it the shell is one for plain Java. */
  static final String RESOURCE = "/reprise/dsl/startup.jsh";

  private static final int TRIED = 25;

  private static final List<String> IMPORTS =
      List.of(
          "import java.io.*;",
          "import java.math.*;",
          "import java.net.*;",
          "import java.nio.file.*;",
          "import java.util.*;",
          "import java.util.concurrent.*;",
          "import java.util.function.*;",
          "import java.util.regex.*;",
          "import java.util.stream.*;",
          "import static reprise.kernel.display.Display.*;",
          "import static reprise.kernel.shell.InCell.*;");

  private Startup() {}

  /** Imports what every cell has; runs no code. */
  static void imports(JShell jshell) {
    var imports = new LinkedHashSet<>(IMPORTS);
    dsl(imports);
    together(jshell, imports);
  }

  /** Runs what the DSL has beyond imports, then the user's scripts. */
  static void scripts(Shell shell, List<Cell> scripts) {
    dsl(new LinkedHashSet<>()).ifPresent(cell -> check(shell.eval(cell), RESOURCE));
    for (var script : scripts) {
      check(shell.eval(script), script.name());
    }
  }

  /** What every shell imports, as text. */
  static String imports() {
    var imports = new LinkedHashSet<>(IMPORTS);
    dsl(imports);
    return String.join(" ", imports);
  }

  /**
   * Adds the imports of the DSL; empty unless it wants more than imports. What it repeats is not
   * imported twice.
   */
  private static Optional<Cell> dsl(Set<String> imports) {
    try (InputStream in = Startup.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        return Optional.empty();
      }
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      if (!text.lines().allMatch(Startup::isImport)) {
        return Optional.of(new Cell(RESOURCE, text));
      }
      text.lines().filter(line -> line.startsWith("import ")).forEach(imports::add);
    } catch (IOException e) {
      System.err.println("Start-up: " + RESOURCE + " cannot be read: " + e);
    }
    return Optional.empty();
  }

  /**
   * All imports as one snippet: each alone is compiled on its own, which would take longer than the
   * first cell. That JShell takes them so is no promise of its own: on a Java where it was not
   * tried they come one after the other.
   */
  private static void together(JShell jshell, Set<String> imports) {
    if (Runtime.version().feature() == TRIED) {
      jshell.eval(String.join(" ", imports));
    } else {
      imports.forEach(jshell::eval);
    }
  }

  private static boolean isImport(String line) {
    return line.isBlank() || line.startsWith("//") || line.matches("import [^;]+;\\s*(//.*)?");
  }

  /** A start-up that fails must not take the shell away; it says so and goes on. */
  private static void check(Outcome outcome, String name) {
    switch (outcome) {
      case Outcome.Failed(var failure) ->
          System.err.println("Start-up: " + name + " ended early.\n" + failure.text());
      case Outcome.Stopped(var failure) ->
          System.err.println("Start-up: " + name + " was stopped.");
      case Outcome.Value v -> {}
      case Outcome.Done d -> {}
    }
  }
}
