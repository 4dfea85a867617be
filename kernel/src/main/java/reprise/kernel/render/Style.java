package reprise.kernel.render;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The style sheets. A cell carries its own, so that it survives the export of a notebook; it
 * follows the theme of JupyterLab, and elsewhere that of the reader's system.
 */
final class Style {
  private Style() {}

  /** Holds the text once it is needed. */
  private static final class Loaded {
    static final String CELL = read("cell.css");
    static final String PAGE = read("page.css");
    static final String SITE = read("site.css");
    static final String SCRIPT = read("site.js");
  }

  /** HTML wrapped so that the style of a cell applies to it and to nothing else. */
  static String cell(String html) {
    return "<style>" + Loaded.CELL + "</style><div class=\"rp\">" + html + "</div>";
  }

  /** The style of a report: that of a cell and that of the page. */
  static String page() {
    return Loaded.CELL + Loaded.PAGE;
  }

  /** What the site's index has besides. */
  static String site() {
    return Loaded.SITE;
  }

  /** The search of the site's index. */
  static String siteScript() {
    return Loaded.SCRIPT;
  }

  private static String read(String name) {
    try (InputStream in = Style.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the style sheet " + name + " is missing from the jar", e);
    }
  }
}
