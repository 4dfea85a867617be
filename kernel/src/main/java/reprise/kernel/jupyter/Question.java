package reprise.kernel.jupyter;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A cell that asks what a name is, as IPython's users write it: {@code Math.abs?}, {@code ?String}.
 * No Java text begins or ends so.
 */
record Question(String name) {
  private static final String DOTTED =
      "([\\p{L}_$][\\p{L}\\p{N}_$]*(?:\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*)";
  private static final Pattern ASKED =
      Pattern.compile("\\s*(?:\\?{1,2}\\s*" + DOTTED + "|" + DOTTED + "\\s*\\?{1,2})\\s*");

  /** Empty for any other cell. */
  static Optional<Question> of(String code) {
    var asked = ASKED.matcher(code);
    if (!asked.matches()) {
      return Optional.empty();
    }
    var first = asked.group(1);
    return Optional.of(new Question(first == null ? asked.group(2) : first));
  }
}
