package reprise.kernel.shell;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jdk.jshell.JShell;

/** What runs before the first cell: imports, then start-up scripts. */
final class Startup {
  /** Provided by the DSL's jar; without it the shell is one for plain Java. */
  static final String RESOURCE = "/reprise/dsl/startup.jsh";

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

  static void run(Shell shell, JShell jshell, List<Cell> scripts) {
    IMPORTS.forEach(jshell::eval);
    dsl(shell, jshell);
    for (var script : scripts) {
      check(shell.eval(script), script.name());
    }
  }

  private static void dsl(Shell shell, JShell jshell) {
    try (InputStream in = Startup.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        return;
      }
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      boolean onlyImports = text.lines().allMatch(Startup::isImport);
      if (onlyImports) {
        // No need to find out where each ends.
        text.lines().filter(line -> line.startsWith("import ")).forEach(jshell::eval);
      } else {
        check(shell.eval(new Cell(RESOURCE, text)), RESOURCE);
      }
    } catch (IOException e) {
      System.err.println("Start-up: " + RESOURCE + " cannot be read: " + e);
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
