package reprise.dsl.plan;

import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Numbers;

/**
 * A column of a task's row in its plan.
 *
 * @param name heads the column
 * @param text as printed
 * @param number what it counts, or NaN for words
 */
public record Field(String name, String text, double number) {
  public Field {
    Checks.text("field", name);
    Checks.present("text of field " + name, text);
  }

  /** Words, printed to the left. */
  public static Field words(String name, String text) {
    return new Field(name, text, Double.NaN);
  }

  /** A whole number, with a comma every three digits. */
  public static Field whole(String name, long value) {
    return new Field(name, Numbers.grouped(value), value);
  }

  /** A number that prints in its own way. */
  public static Field number(String name, double value, String text) {
    return new Field(name, text, value);
  }

  /** A number of three significant digits. */
  public static Field number(String name, double value) {
    return new Field(name, Numbers.significant(value, 3), value);
  }

  /** Whether it is printed to the left. */
  public boolean isWords() {
    return Double.isNaN(number);
  }
}
