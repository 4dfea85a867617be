package reprise.kernel.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Paths with a pattern in their last name, as in {@code lib/*.jar}. */
final class Globs {
  private Globs() {}

  /** The files that match, sorted; a path without a pattern stands for itself if it exists. */
  static List<Path> expand(String pattern) {
    var home = System.getProperty("user.home");
    var text = pattern.startsWith("~/") ? home + pattern.substring(1) : pattern;
    if (!text.matches(".*[*?\\[{].*")) {
      var path = Path.of(text);
      return Files.exists(path) ? List.of(path) : List.of();
    }
    int slash = Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\'));
    var folder = slash < 0 ? Path.of(".") : Path.of(text.substring(0, slash + 1));
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    var found = new ArrayList<Path>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, text.substring(slash + 1))) {
      files.forEach(found::add);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
    found.sort(null);
    return found;
  }
}
