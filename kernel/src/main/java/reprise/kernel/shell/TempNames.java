package reprise.kernel.shell;

import java.util.function.Supplier;

/** Names for the values of expressions: {@code $1} is the first of the user's, not of start-up. */
final class TempNames implements Supplier<String> {
  private boolean begun;
  private int number;

  void begin() {
    begun = true;
    number = 0;
  }

  @Override
  public String get() {
    return (begun ? "$" : "$start") + ++number;
  }
}
