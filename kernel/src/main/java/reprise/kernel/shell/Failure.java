package reprise.kernel.shell;

import java.util.List;
import java.util.Optional;

/**
 * Why a cell did not end well, ready to be shown.
 *
 * @param name the kind: "CompileError", or the class of the exception
 * @param message one line
 * @param styled the lines to show, with ANSI colours
 * @param thrown the exception itself, where user code threw one
 */
public record Failure(
    String name, String message, List<String> styled, Optional<Throwable> thrown) {
  public Failure {
    styled = List.copyOf(styled);
  }

  static Failure of(String name, String message, List<String> styled) {
    return new Failure(name, message, styled, Optional.empty());
  }

  /** The lines to show, without colours. */
  public List<String> lines() {
    return styled.stream().map(Ansi::plain).toList();
  }

  /** All lines, without colours. */
  public String text() {
    return String.join("\n", lines());
  }
}
