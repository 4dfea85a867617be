package reprise.kernel.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import reprise.dsl.RunFailure;
import reprise.dsl.data.Columns;
import reprise.dsl.law.Column;
import reprise.dsl.law.Points;

/**
 * Lists of numbers that a Python script assigns to names: {@code x = [[1, 2], [3] * 2]}, with
 * comments. The script is read, never run.
 */
final class NumberLists {
  private static final Pattern TOKEN =
      Pattern.compile("\\G(?:\\s|,|#[^\\n]*)*([\\[\\]*]|[-+0-9.eE]+)");

  private final String file;
  private final String text;

  NumberLists(String file, String text) {
    this.file = file;
    this.text = text;
  }

  static NumberLists read(Path file) throws IOException {
    return new NumberLists(file.getFileName().toString(), Files.readString(file));
  }

  /**
   * The lists as columns.
   *
   * @throws RunFailure naming the list that is missing, not of numbers, or of another length
   */
  Points points(Columns.Named named) {
    List<Column> columns = new ArrayList<>();
    for (Columns.Name name : named.columns()) {
      double[] values = numbers(name.column()).stream().mapToDouble(x -> x).toArray();
      if (!columns.isEmpty() && columns.getFirst().size() != values.length) {
        throw new RunFailure(
            file
                + ": "
                + name.column()
                + " has "
                + values.length
                + " numbers, expected "
                + columns.getFirst().size());
      }
      columns.add(new Column(name.quantity(), values));
    }
    int n = columns.getFirst().size();
    return new Points(
        columns, IntStream.rangeClosed(1, n).mapToObj(i -> file + ", number " + i).toList());
  }

  /** All numbers of a list, in reading order. */
  List<Double> numbers(String variable) {
    Matcher assigned =
        Pattern.compile("(?m)^\\s*" + Pattern.quote(variable) + "\\s*=\\s*(?=\\[)").matcher(text);
    if (!assigned.find()) {
      throw new RunFailure(file + " assigns no list to " + variable);
    }
    Matcher tokens = TOKEN.matcher(text);
    tokens.region(assigned.end(), text.length());
    next(tokens, variable);
    return list(tokens, variable);
  }

  // what follows '[' to its ']'
  private List<Double> list(Matcher tokens, String variable) {
    List<Double> all = new ArrayList<>();
    int last = 0; // where the last list began, for what repeats it
    for (String token = next(tokens, variable);
        !token.equals("]");
        token = next(tokens, variable)) {
      switch (token) {
        case "[" -> {
          last = all.size();
          all.addAll(list(tokens, variable));
        }
        case "*" -> {
          List<Double> repeated = List.copyOf(all.subList(last, all.size()));
          int times = (int) number(next(tokens, variable), variable);
          for (int i = 1; i < times; i++) {
            all.addAll(repeated);
          }
        }
        default -> all.add(number(token, variable));
      }
    }
    return all;
  }

  private String next(Matcher tokens, String variable) {
    if (!tokens.find()) {
      throw new RunFailure(file + ": the list " + variable + " holds more than numbers");
    }
    return tokens.group(1);
  }

  private double number(String token, String variable) {
    try {
      return Double.parseDouble(token);
    } catch (NumberFormatException wrong) {
      throw new RunFailure(
          file + ": the list " + variable + " holds '" + token + "', not a number", wrong);
    }
  }
}
