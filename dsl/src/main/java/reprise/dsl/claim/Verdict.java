package reprise.dsl.claim;

import java.util.Locale;
import java.util.Optional;

/**
 * What became of a claim. A contradicted claim is a result, and is shown as plainly as a supported
 * one.
 */
public sealed interface Verdict {
  /** The claim it is about: its sentence, the paper's number and the rule. */
  Claim claim();

  /** What was measured; empty where nothing was. */
  Optional<Measured> measured();

  /** Why this verdict, in one sentence with the figures. */
  String reason();

  /** The measurement agrees with the claim by its rule. */
  record Supported(Claim claim, Optional<Measured> measured, String reason) implements Verdict {}

  /** The measurement disagrees with the claim by its rule. */
  record Contradicted(Claim claim, Optional<Measured> measured, String reason) implements Verdict {}

  /**
   * The measurement does not decide, or could not be made here; the reason says what is missing.
   */
  record Inconclusive(Claim claim, Optional<Measured> measured, String reason) implements Verdict {}

  /** No run at this scale can decide the claim. */
  record OutOfReach(Claim claim, Optional<Measured> measured, String reason) implements Verdict {}

  /** The name of the type, for machines: {@code Supported}, {@code OutOfReach}, ... */
  default String kind() {
    return switch (this) {
      case Supported s -> "Supported";
      case Contradicted c -> "Contradicted";
      case Inconclusive i -> "Inconclusive";
      case OutOfReach o -> "OutOfReach";
    };
  }

  /** The words shown to people in tables and badges. */
  default String word() {
    return switch (this) {
      case Supported s -> "supported";
      case Contradicted c -> "contradicted";
      case Inconclusive i -> "inconclusive";
      case OutOfReach o -> "out of reach";
    };
  }

  /** One line: verdict, claim, numbers. */
  default String line() {
    return String.format(
        Locale.ROOT,
        "%-12s  %-28s  claimed %s, measured %s",
        word(),
        claim().id(),
        claim().expected().map(Object::toString).orElse("a direction"),
        measured().map(Object::toString).orElse("nothing"));
  }
}
