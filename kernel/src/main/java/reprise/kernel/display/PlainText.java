package reprise.kernel.display;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Map;

/** The text of any value, bounded: a list of a million numbers must not fill the page. */
final class PlainText {
  private static final int ELEMENTS = 200;
  private static final int CHARACTERS = 100_000;
  private static final int DEPTH = 4;

  private PlainText() {}

  static String of(Object value) {
    if (value instanceof Throwable thrown) {
      var text = new StringWriter();
      thrown.printStackTrace(new PrintWriter(text));
      return bounded(text.toString().stripTrailing());
    }
    var text = new StringBuilder();
    append(text, value, 0);
    return bounded(text.toString());
  }

  static MimeBundle failed(Class<?> renderer, Object value, Throwable e) {
    return MimeBundle.text(
        value.getClass().getName()
            + " could not be shown: "
            + renderer.getName()
            + " threw "
            + e
            + ". Its toString() or the renderer must be repaired.");
  }

  private static void append(StringBuilder text, Object value, int depth) {
    if (text.length() > CHARACTERS) {
      return;
    }
    if (value != null && value.getClass().isArray() && depth < DEPTH) {
      appendArray(text, value, depth);
    } else if (value instanceof Collection<?> c && usual(value) && depth < DEPTH) {
      appendAll(text, c, c.size(), '[', ']', depth);
    } else if (value instanceof Map<?, ?> m && usual(value) && depth < DEPTH) {
      appendAll(text, m.entrySet(), m.size(), '{', '}', depth);
    } else if (value instanceof Map.Entry<?, ?> e && usual(value) && depth < DEPTH) {
      append(text, e.getKey(), depth + 1);
      text.append('=');
      append(text, e.getValue(), depth + 1);
    } else {
      text.append(toText(value));
    }
  }

  /** A type of the JDK: its toString would list every element. Others know best themselves. */
  private static boolean usual(Object value) {
    return value.getClass().getName().startsWith("java.");
  }

  private static void appendAll(
      StringBuilder text, Iterable<?> all, int size, char open, char close, int depth) {
    text.append(open);
    int shown = 0;
    for (var element : all) {
      if (shown > 0) {
        text.append(", ");
      }
      if (shown == ELEMENTS) {
        text.append("... ").append(size - shown).append(" more");
        break;
      }
      append(text, element, depth + 1);
      shown++;
    }
    text.append(close);
  }

  private static void appendArray(StringBuilder text, Object array, int depth) {
    int length = Array.getLength(array);
    text.append(array.getClass().getComponentType().getSimpleName()).append('[').append(length);
    text.append("] {");
    for (int i = 0; i < length; i++) {
      text.append(i == 0 ? " " : ", ");
      if (i == ELEMENTS) {
        text.append("... ").append(length - i).append(" more");
        break;
      }
      append(text, Array.get(array, i), depth + 1);
    }
    text.append(" }");
  }

  private static String toText(Object value) {
    try {
      return String.valueOf(value);
    } catch (RuntimeException | StackOverflowError e) {
      return value.getClass().getName() + " whose toString() threw " + e;
    }
  }

  private static String bounded(String text) {
    return text.length() <= CHARACTERS
        ? text
        : text.substring(0, CHARACTERS)
            + "\n... "
            + (text.length() - CHARACTERS)
            + " more characters";
  }
}
