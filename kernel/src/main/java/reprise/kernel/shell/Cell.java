package reprise.kernel.shell;

import java.util.Objects;

/**
 * A piece of Java to run, of any number of statements and declarations.
 *
 * @param name what errors call it: "cell 3", or the name of a file
 * @param text the source, magics included
 */
public record Cell(String name, String text) {
  public Cell {
    Objects.requireNonNull(name);
    Objects.requireNonNull(text);
  }

  /** The cell with this execution count. */
  public static Cell of(int number, String text) {
    return new Cell("cell " + number, text);
  }

  /** Where an offset into the text is, both counted from 1. */
  Position position(int offset) {
    int at = Math.clamp(offset, 0, text.length());
    int line = 1;
    int start = 0;
    for (int i = 0; i < at; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        start = i + 1;
      }
    }
    return new Position(line, at - start + 1);
  }

  /** A line of the text, counted from 1; empty where there is none. */
  String line(int number) {
    return text.lines().skip(Math.max(0, number - 1)).findFirst().orElse("");
  }

  /** A line and a column, both from 1. */
  record Position(int line, int column) {}
}
