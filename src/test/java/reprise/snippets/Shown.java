package reprise.snippets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A block of a page that is shown to readers.
 *
 * @param where page and line
 * @param text the lines
 */
record Shown(String where, String text) {
  /** The start-up file that README names. */
  static final Path STARTUP = Path.of("dsl/src/main/resources/reprise/dsl/startup.jsh");

  static final Path README = Path.of("README.md");
  static final Path CONTRIBUTING = Path.of(".github/CONTRIBUTING.md");
  private static final Path DSL = Path.of("dsl/src/main/java");
  private static final Pattern SNIPPET =
      Pattern.compile("(?s)\\{@snippet lang=java :\\n(.*?)\\n *\\* \\}\\n");
  private static final Path GUIDES = Path.of("notebooks/guides");

  /** The Java blocks of the pages whose blocks stand alone, in reading order. */
  static List<Shown> all() throws IOException {
    List<Shown> found = new ArrayList<>();
    for (Path page : List.of(README, CONTRIBUTING)) {
      found.addAll(blocks(page, "java"));
    }
    return found;
  }

  /** The guides, whose blocks go on from one another. */
  static List<Path> guides() throws IOException {
    try (Stream<Path> pages = Files.list(GUIDES)) {
      return pages.filter(page -> page.toString().endsWith(".md")).sorted().toList();
    }
  }

  /** The blocks of a page in a language. */
  static List<Shown> blocks(Path page, String language) throws IOException {
    String text = Files.readString(page);
    List<Shown> found = new ArrayList<>();
    var blocks =
        Pattern.compile("(?ms)^```" + Pattern.quote(language) + "\\n(.*?)^```$").matcher(text);
    while (blocks.find()) {
      long line = text.substring(0, blocks.start()).lines().count() + 1;
      found.add(new Shown(page + ", line " + line, blocks.group(1)));
    }
    return found;
  }

  /** The {@code @snippet} blocks of the language's Javadoc, as they stand without its stars. */
  static List<Shown> ofJavadoc() throws IOException {
    List<Shown> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(DSL)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
        var blocks = SNIPPET.matcher(Files.readString(file));
        while (blocks.find()) {
          found.add(new Shown(file.toString(), blocks.group(1).replaceAll("(?m)^ *\\* ?", "")));
        }
      }
    }
    return found;
  }

  @Override
  public String toString() {
    return where;
  }
}
