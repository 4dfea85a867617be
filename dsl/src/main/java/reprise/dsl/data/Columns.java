package reprise.dsl.data;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import reprise.dsl.unit.Checks;

/** Which columns of a table hold the points of a scaling law. */
public sealed interface Columns {
  /**
   * A table with tokens.
   *
   * @param params column of N
   * @param tokens column of D
   * @param loss column of L
   */
  record WithTokens(String params, String tokens, String loss) implements Columns {
    public WithTokens {
      Checks.text("column of parameters", params);
      Checks.text("column of tokens", tokens);
      Checks.text("column of losses", loss);
    }
  }

  /**
   * A table with compute instead of tokens: {@code D = C / (6 N)}.
   *
   * @param params column of N
   * @param flops column of C
   * @param loss column of L
   */
  record WithFlops(String params, String flops, String loss) implements Columns {
    public WithFlops {
      Checks.text("column of parameters", params);
      Checks.text("column of compute", flops);
      Checks.text("column of losses", loss);
    }
  }

  /**
   * Any columns under the names that a law gives to its inputs and its output.
   *
   * @param columns at least two, each name once
   */
  record Named(List<Name> columns) implements Columns {
    public Named {
      columns = List.copyOf(columns);
      if (columns.size() < 2) {
        throw new IllegalArgumentException(
            "points need a column for an input and one for the output, got " + columns);
      }
      Set<String> seen = new HashSet<>();
      for (Name column : columns) {
        if (!seen.add(column.quantity())) {
          throw new IllegalArgumentException(column.quantity() + " is named twice");
        }
      }
    }

    /** Only the rows that say {@code value} in {@code column}. */
    public Rows where(String column, String value) {
      return new Rows(this, column, value);
    }
  }

  /**
   * Some rows of a table.
   *
   * @param named what they hold
   * @param column of the file that chooses them
   * @param value what it says in them
   */
  record Rows(Named named, String column, String value) implements Columns {
    public Rows {
      Checks.present("columns", named);
      Checks.text("column that chooses rows", column);
      Checks.text("value of column " + column, value);
    }
  }

  /**
   * Lists of numbers in a script, read and never run: assignments such as {@code p = [[1] * 6, [2]
   * * 6]}, nested ones in reading order.
   *
   * @param named quantities, and the variables that are assigned
   */
  record Lists(Named named) implements Columns {
    public Lists {
      Checks.present("lists", named);
    }
  }

  /** No table: a list of words or names, one a line. */
  record Lines() implements Columns {}

  /** Lists of a script, given as in {@link #named}. */
  static Lists lists(String... pairs) {
    return new Lists(named(pairs));
  }

  /**
   * A table of named things: one column names the rows, the others hold finite numbers of any sign;
   * a cell that is empty or says nan is NaN.
   *
   * @param label column of the names
   * @param columns each quantity once
   */
  record Sheet(String label, List<Name> columns) implements Columns {
    public Sheet {
      Checks.text("column of names", label);
      columns = List.copyOf(columns);
      if (columns.isEmpty()) {
        throw new IllegalArgumentException("a sheet needs at least one column of numbers");
      }
    }
  }

  /**
   * A sheet whose columns of numbers are given as in {@link #named}.
   *
   * @param label column of the names
   */
  static Sheet sheet(String label, String... pairs) {
    return new Sheet(label, named(pairs).columns());
  }

  /**
   * A column of the file and the quantity it holds.
   *
   * @param quantity as the law names it: {@code N}, {@code P}, {@code loss}
   * @param column of the file
   */
  record Name(String quantity, String column) {
    public Name {
      Checks.text("quantity", quantity);
      Checks.text("column of " + quantity, column);
    }
  }

  /**
   * Columns from texts {@code quantity=column}; one name alone stands for both.
   *
   * @throws IllegalArgumentException for a text with two equals signs, or an empty side
   */
  static Named named(String... pairs) {
    return new Named(
        Arrays.stream(pairs)
            .map(pair -> {
              String[] sides = pair.split("=", -1);
              if (sides.length > 2) {
                throw new IllegalArgumentException(
                    "'" + pair + "': write quantity=column, for example N=params");
              }
              return new Name(sides[0].strip(), sides[sides.length - 1].strip());
            })
            .toList());
  }
}
