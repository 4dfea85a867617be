package reprise.kernel.analysis;

import java.util.ArrayList;
import java.util.List;

/** Splits CSV text into records; see {@link Csv} for what it accepts. */
final class CsvRecords {
  /**
   * One record.
   *
   * @param line on which it begins, from 1
   * @param cells as written, quotes resolved
   */
  record Row(int line, List<String> cells) {}

  private final String name;
  private final String text;
  private char separator;
  private int at;
  private int line = 1;

  CsvRecords(String name, String text) {
    this.name = name;
    this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  List<Row> all() {
    List<Row> rows = new ArrayList<>();
    while (at < text.length()) {
      int end = endOfLine(at);
      String whole = text.substring(at, end);
      if (whole.isBlank() || whole.charAt(0) == '#') {
        at = afterLine(end);
        continue;
      }
      if (rows.isEmpty()) {
        separator = whole.indexOf(',') >= 0 ? ',' : whole.indexOf('\t') >= 0 ? '\t' : ';';
      }
      rows.add(row());
    }
    return rows;
  }

  private Row row() {
    int first = line;
    List<String> cells = new ArrayList<>();
    while (true) {
      cells.add(cell());
      if (at >= text.length()) {
        return new Row(first, cells);
      }
      if (text.charAt(at) == separator) {
        at++;
        continue;
      }
      at = afterLine(at);
      return new Row(first, cells);
    }
  }

  private String cell() {
    int start = at;
    while (start < text.length() && text.charAt(start) == ' ') {
      start++;
    }
    if (start < text.length() && text.charAt(start) == '"') {
      at = start + 1;
      return quoted();
    }
    int end = at;
    while (end < text.length() && text.charAt(end) != separator && !newline(text.charAt(end))) {
      end++;
    }
    String cell = text.substring(at, end);
    at = end;
    return cell;
  }

  private String quoted() {
    int opened = line;
    StringBuilder cell = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '"') {
        if (c == '\n') {
          line++;
        }
        cell.append(c);
      } else if (at < text.length() && text.charAt(at) == '"') {
        cell.append('"');
        at++;
      } else {
        while (at < text.length() && text.charAt(at) == ' ') {
          at++;
        }
        if (at < text.length() && text.charAt(at) != separator && !newline(text.charAt(at))) {
          throw new IllegalArgumentException(
              name + ", row " + opened + ": text after a closing quote");
        }
        return cell.toString();
      }
    }
    throw new IllegalArgumentException(name + ", row " + opened + ": a quote is never closed");
  }

  private int endOfLine(int from) {
    int end = from;
    while (end < text.length() && !newline(text.charAt(end))) {
      end++;
    }
    return end;
  }

  // Skips one of LF, CRLF, CR.
  private int afterLine(int end) {
    if (end >= text.length()) {
      return end;
    }
    line++;
    boolean crlf =
        text.charAt(end) == '\r' && end + 1 < text.length() && text.charAt(end + 1) == '\n';
    return crlf ? end + 2 : end + 1;
  }

  private static boolean newline(char c) {
    return c == '\n' || c == '\r';
  }
}
