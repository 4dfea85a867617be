package reprise.kernel.shell;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Javadoc comment as HTML, and as plain text for consoles. */
final class Javadoc {
  private static final Pattern INLINE = Pattern.compile("\\{@(\\w+)\\s*([^{}]*)\\}");
  private static final Pattern BLOCK =
      Pattern.compile(
          "(?m)^\\s*@(param|return|throws|exception|since|see|author|apiNote|implSpec|implNote|jls|version|serial|deprecated)\\b\\s*(<?\\w*>?)");

  private Javadoc() {}

  static String html(String javadoc) {
    if (javadoc == null || javadoc.isBlank()) {
      return "";
    }
    var html = inline(javadoc);
    return BLOCK
        .matcher(html)
        .replaceAll(m ->
            Matcher.quoteReplacement(
                "<br><b>" + heading(m.group(1)) + "</b> " + escape(m.group(2))));
  }

  static String plain(String javadoc) {
    if (javadoc == null || javadoc.isBlank()) {
      return "";
    }
    var text = inline(javadoc);
    text =
        BLOCK
            .matcher(text)
            .replaceAll(m -> Matcher.quoteReplacement(heading(m.group(1)) + " " + m.group(2)));
    text =
        text.replaceAll("(?i)<li>\\s*", "\n  - ")
            .replaceAll("(?i)</?(p|ul|ol|div|pre|table|tr|h\\d)[^>]*>", "\n");
    text = text.replaceAll("<[^>]+>", "");
    text =
        text.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ").replace("&amp;", "&");
    return text.replaceAll("[ \\t]+", " ")
        .replaceAll("\\s*\\n\\s*\\n\\s*(\\n\\s*)*", "\n\n")
        .strip();
  }

  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** Innermost tags first, so that nested ones work. */
  private static String inline(String javadoc) {
    var text = javadoc;
    for (int round = 0; round < 4; round++) {
      var next =
          INLINE
              .matcher(text)
              .replaceAll(m -> Matcher.quoteReplacement(inline(m.group(1), m.group(2))));
      if (next.equals(text)) {
        return next;
      }
      text = next;
    }
    return text;
  }

  private static String inline(String tag, String content) {
    return switch (tag) {
      case "code" -> "<code>" + escape(content) + "</code>";
      case "literal" -> escape(content);
      case "link", "linkplain" -> "<code>" + escape(label(content)) + "</code>";
      case "value" -> "<code>" + escape(content.replace('#', '.')) + "</code>";
      case "inheritDoc", "docRoot" -> "";
      default -> content;
    };
  }

  /** {@code List#of(Object) text} is shown as its text, or as {@code List.of(Object)}. */
  private static String label(String content) {
    var trimmed = content.strip();
    int paren = trimmed.indexOf('(');
    int end = paren < 0 ? trimmed.indexOf(' ') : trimmed.indexOf(' ', trimmed.indexOf(')', paren));
    var label = end < 0 ? trimmed : trimmed.substring(end + 1);
    return label.startsWith("#") ? label.substring(1) : label.replace('#', '.');
  }

  private static String heading(String tag) {
    return switch (tag) {
      case "param" -> "Parameter";
      case "return" -> "Returns";
      case "throws", "exception" -> "Throws";
      case "since" -> "Since";
      case "see" -> "See";
      case "apiNote", "implSpec", "implNote" -> "Note";
      case "deprecated" -> "Deprecated:";
      default -> Character.toUpperCase(tag.charAt(0)) + tag.substring(1);
    };
  }
}
