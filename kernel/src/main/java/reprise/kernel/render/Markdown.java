package reprise.kernel.render;

import java.util.regex.Pattern;

/** Text as Markdown. */
final class Markdown {
  private static final Pattern SPECIAL = Pattern.compile("([\\\\`*_\\[\\]<>#|~])");

  private Markdown() {}

  /** The text with every character that Markdown would read as markup escaped. */
  static String escape(String text) {
    return SPECIAL.matcher(text).replaceAll("\\\\$1");
  }

  /** The same on one line, for the cell of a table. */
  static String cell(String text) {
    return escape(text).replace("\n", " ");
  }

  /** A block that is shown as it stands; the fence is longer than any in the text. */
  static String block(String language, String text) {
    String fence = "```";
    while (text.contains(fence)) {
      fence += "`";
    }
    return fence + language + "\n" + text.stripTrailing() + "\n" + fence + "\n";
  }
}
