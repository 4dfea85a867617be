package reprise.dsl.ladder;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Tokens;

/**
 * Another way to train than the ladder's.
 *
 * @param name letters, digits, spaces, '.', '_' and '-'
 * @param learningRate lr0 of a model of width 32, the ladder's unless set
 * @param tokens what is read, the ladder's reference tokens unless set
 */
public record Recipe(String name, OptionalDouble learningRate, Optional<Tokens> tokens) {
  public Recipe {
    Checks.text("recipe", name);
    if (!name.matches("[A-Za-z0-9 ._-]+")) {
      throw new IllegalArgumentException(
          "a recipe's name is part of its runs' names: letters, digits, spaces, '.', '_' and '-',"
              + " got '"
              + name
              + "'");
    }
    learningRate.ifPresent(lr0 -> Checks.positive("learning rate", lr0, "step size"));
  }

  /** The ladder's own, under another name. */
  public static Recipe named(String name) {
    return new Recipe(name, OptionalDouble.empty(), Optional.empty());
  }

  /** Peak learning rate of a model of width 32; others use {@code lr0 sqrt(32/d)}. */
  public Recipe learningRate(double lr0) {
    return new Recipe(name, OptionalDouble.of(lr0), tokens);
  }

  /** What is read. */
  public Recipe tokens(Tokens read) {
    return new Recipe(name, learningRate, Optional.of(read));
  }

  /** In names of runs. */
  String id() {
    return name.toLowerCase(Locale.ROOT).replace(' ', '-');
  }
}
