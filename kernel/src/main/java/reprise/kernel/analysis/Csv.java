package reprise.kernel.analysis;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import reprise.dsl.law.Nearest;

/**
 * A table of text cells with the line of the file that each row begins on.
 *
 * <p>RFC 4180 with what people's files have besides: a byte-order mark, CRLF, blank lines, lines
 * that begin with #, and tab or semicolon where the header has no comma.
 *
 * @param name of the file, for messages
 * @param header column names, trimmed
 * @param rows as many cells as the header has names
 * @param lines for each row the line it begins on, counted from 1 with every line of the file
 */
public record Csv(String name, List<String> header, List<List<String>> rows, List<Integer> lines) {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  public Csv {
    header = List.copyOf(header);
    rows = List.copyOf(rows);
    lines = List.copyOf(lines);
  }

  /**
   * Reads a UTF-8 file.
   *
   * @throws IOException when it cannot be read
   * @throws IllegalArgumentException for an unclosed quote, or a row with too many or few cells
   */
  public static Csv read(Path file) throws IOException {
    String name = file.getFileName().toString();
    try {
      return parse(name, Files.readString(file, StandardCharsets.UTF_8));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(name + " is not UTF-8 text: save it as CSV in UTF-8", e);
    }
  }

  /** Parses text; {@code name} serves messages. */
  public static Csv parse(String name, String text) {
    var records = new CsvRecords(name, text).all();
    if (records.isEmpty()) {
      throw new IllegalArgumentException(name + " has no header row");
    }
    List<String> header = records.getFirst().cells().stream().map(String::strip).toList();
    List<List<String>> rows = new ArrayList<>();
    List<Integer> lines = new ArrayList<>();
    for (var row : records.subList(1, records.size())) {
      if (row.cells().size() != header.size()) {
        throw new IllegalArgumentException(
            name
                + ", row "
                + row.line()
                + ": "
                + row.cells().size()
                + " cells, but the header has "
                + header.size()
                + ": "
                + String.join(", ", header));
      }
      rows.add(row.cells());
      lines.add(row.line());
    }
    return new Csv(name, header, rows, lines);
  }

  /**
   * The positive numbers of a column.
   *
   * @throws IllegalArgumentException for no such column, or a cell that is not a positive number,
   *     naming row and column
   */
  public double[] positive(String column) {
    return numbers(column, false);
  }

  /** The numbers of a column, 0 or positive; otherwise as {@link #positive}. */
  public double[] notNegative(String column) {
    return numbers(column, true);
  }

  /** The numbers of a column, of any sign; NaN where a cell is empty or says nan. */
  public double[] anyOrMissing(String column) {
    int at = column(column);
    double[] values = new double[rows.size()];
    for (int i = 0; i < values.length; i++) {
      String cell = rows.get(i).get(at).strip();
      boolean missing = cell.isEmpty() || cell.equalsIgnoreCase("nan");
      if (!missing && !NUMBER.matcher(cell).matches()) {
        throw notANumber(cell, lines.get(i), column);
      }
      values[i] = missing ? Double.NaN : Double.parseDouble(cell);
    }
    return values;
  }

  /** The cells of a column as they are. */
  public List<String> texts(String column) {
    int at = column(column);
    return rows.stream().map(row -> row.get(at)).toList();
  }

  private double[] numbers(String column, boolean zero) {
    int at = column(column);
    double[] values = new double[rows.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = number(rows.get(i).get(at).strip(), lines.get(i), column, zero);
    }
    return values;
  }

  private int column(String column) {
    int at = header.indexOf(column);
    if (at < 0) {
      throw new IllegalArgumentException(
          name
              + " has no column "
              + column
              + Nearest.hint(column, header)
              + " Columns: "
              + String.join(", ", header));
    }
    if (header.lastIndexOf(column) != at) {
      throw new IllegalArgumentException(
          name + " has two columns called " + column + ": rename one of them");
    }
    return at;
  }

  private double number(String cell, int line, String column, boolean zero) {
    String where = name + ", row " + line + ", column " + column + ": ";
    if (cell.isEmpty()) {
      throw new IllegalArgumentException(where + "empty, expected a positive number");
    }
    if (!NUMBER.matcher(cell).matches()) {
      throw notANumber(cell, line, column);
    }
    double value = Double.parseDouble(cell);
    if (!(value > 0 || zero && value == 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          where
              + cell
              + (zero ? " is negative or not finite" : " is not a positive finite number")
              + "; laws are fitted in logarithms");
    }
    return value;
  }

  private IllegalArgumentException notANumber(String cell, int line, String column) {
    return new IllegalArgumentException(
        name
            + ", row "
            + line
            + ", column "
            + column
            + ": \""
            + cell
            + "\" is not a number; write 1.5e9, not 1,5 or 1.5B");
  }
}
