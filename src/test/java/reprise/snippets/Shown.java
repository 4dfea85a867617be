package reprise.snippets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A Java block that is shown to readers.
 *
 * @param where page and line
 * @param text the lines
 */
record Shown(String where, String text) {
  /** The start-up file that README names. */
  static final Path STARTUP = Path.of("dsl/src/main/resources/reprise/dsl/startup.jsh");

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\n(.*?)^```$");
  private static final List<Path> PAGES =
      List.of(Path.of("README.md"), Path.of(".github/CONTRIBUTING.md"));

  /** All of them, in reading order. */
  static List<Shown> all() throws IOException {
    List<Shown> found = new ArrayList<>();
    for (Path page : PAGES) {
      String text = Files.readString(page);
      var blocks = BLOCK.matcher(text);
      while (blocks.find()) {
        long line = text.substring(0, blocks.start()).lines().count() + 1;
        found.add(new Shown(page + ", line " + line, blocks.group(1)));
      }
    }
    return found;
  }

  @Override
  public String toString() {
    return where;
  }
}
