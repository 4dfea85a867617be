package reprise.tensor.checkpoint;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A strict reader of JSON (RFC 8259): no repeated keys, no depth beyond 64, nothing after the value
 * but white space. Objects become {@code Map}, arrays {@code List}, numbers {@code Long} where they
 * are whole and fit, else {@code Double}.
 */
final class Json {
  private static final int MAX_DEPTH = 64;

  /** What is wrong, and at which character. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed(String what, int at) {
      super(what + " at character " + at);
    }
  }

  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  static Object parse(byte[] utf8) throws Malformed {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException _) {
      throw new Malformed("not UTF-8", 0);
    }
    Json json = new Json(text);
    Object value = json.value(0);
    json.space();
    if (json.at < text.length()) {
      throw json.wrong("nothing more");
    }
    return value;
  }

  private Malformed wrong(String expected) {
    String got = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
    return new Malformed("expected " + expected + ", got " + got, at);
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean take(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char c) throws Malformed {
    if (!take(c)) {
      throw wrong("'" + c + "'");
    }
  }

  private Object value(int depth) throws Malformed {
    if (depth > MAX_DEPTH) {
      throw new Malformed("nesting deeper than " + MAX_DEPTH, at);
    }
    space();
    char c = at < text.length() ? text.charAt(at) : 0;
    return switch (c) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      case 't' -> word("true", Boolean.TRUE);
      case 'f' -> word("false", Boolean.FALSE);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Object word(String word, Object value) throws Malformed {
    if (!text.startsWith(word, at)) {
      throw wrong(word);
    }
    at += word.length();
    return value;
  }

  private Map<String, Object> object(int depth) throws Malformed {
    expect('{');
    Map<String, Object> map = new LinkedHashMap<>();
    space();
    if (take('}')) {
      return map;
    }
    do {
      space();
      int start = at;
      String key = string();
      space();
      expect(':');
      Object value = value(depth + 1);
      if (map.containsKey(key)) {
        throw new Malformed("key \"" + key + "\" appears twice, again", start);
      }
      map.put(key, value);
      space();
    } while (take(','));
    expect('}');
    return map;
  }

  private List<Object> array(int depth) throws Malformed {
    expect('[');
    List<Object> list = new ArrayList<>();
    space();
    if (take(']')) {
      return list;
    }
    do {
      list.add(value(depth + 1));
      space();
    } while (take(','));
    expect(']');
    return list;
  }

  private String string() throws Malformed {
    expect('"');
    StringBuilder out = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at++);
      if (c < ' ') {
        at--;
        throw wrong("no control character in a string");
      }
      out.append(c == '\\' ? escape() : c);
    }
    expect('"');
    return out.toString();
  }

  private char escape() throws Malformed {
    char c = at < text.length() ? text.charAt(at) : 0;
    int simple = "\"\\/bfnrt".indexOf(c);
    if (simple >= 0 && c != 0) {
      at++;
      return "\"\\/\b\f\n\r\t".charAt(simple);
    }
    if (c != 'u' || at + 5 > text.length()) {
      throw wrong("an escape sequence");
    }
    at++;
    int code = 0;
    for (int i = 0; i < 4; i++, at++) {
      int digit = Character.digit(text.charAt(at), 16);
      if (digit < 0 || text.charAt(at) > 'f') {
        throw wrong("a hexadecimal digit");
      }
      code = code * 16 + digit;
    }
    return (char) code;
  }

  private Object number() throws Malformed {
    int start = at;
    take('-');
    boolean zero = take('0');
    if (!zero) {
      digits();
    }
    boolean whole = true;
    if (take('.')) {
      whole = false;
      digits();
    }
    if (take('e') || take('E')) {
      whole = false;
      if (!take('+')) {
        take('-');
      }
      digits();
    }
    String digits = text.substring(start, at);
    if (whole && digits.length() <= 19) {
      try {
        return Long.parseLong(digits);
      } catch (NumberFormatException _) {
        return Double.parseDouble(digits);
      }
    }
    return Double.parseDouble(digits);
  }

  private void digits() throws Malformed {
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == start) {
      throw wrong(at == 0 || start == at && "-.eE+".indexOf(before()) < 0 ? "a value" : "a digit");
    }
  }

  private char before() {
    return at == 0 ? 0 : text.charAt(at - 1);
  }

  /** A string with quotes and escapes. */
  static String quote(String s) {
    StringBuilder out = new StringBuilder("\"");
    for (char c : s.toCharArray()) {
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
