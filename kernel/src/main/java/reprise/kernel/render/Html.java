package reprise.kernel.render;

/** Text as HTML: everything that comes from outside goes through here. */
final class Html {
  private Html() {}

  /** The text with the five characters that mean something in HTML written as entities. */
  static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  /** {@code <tag class="kind">text</tag>} with the text escaped. */
  static String of(String tag, String kind, String text) {
    String attribute = kind.isEmpty() ? "" : " class=\"" + kind + "\"";
    return "<" + tag + attribute + ">" + escape(text) + "</" + tag + ">";
  }

  static String of(String tag, String text) {
    return of(tag, "", text);
  }

  /** A folded part with a summary line. */
  static String folded(String summary, String html) {
    return "<details><summary>" + escape(summary) + "</summary>" + html + "</details>";
  }
}
