package reprise.kernel.shell;

import jdk.jshell.SourceCodeAnalysis;

/**
 * Whether a text is a whole cell, asked by consoles when the user hits Enter.
 *
 * @param indent for an unfinished text, how far its next line is indented
 */
public record Completeness(State state, String indent) {
  /** The answers of the protocol. */
  public enum State {
    COMPLETE,
    INCOMPLETE,
    INVALID,
    UNKNOWN
  }

  private static final String STEP = "    ";

  static Completeness of(SourceCodeAnalysis analysis, String code) {
    if (code.stripLeading().startsWith("%")) {
      // A cell magic takes lines until an empty one, a line magic ends with its line.
      boolean open =
          code.stripLeading().startsWith("%%") && !code.endsWith("\n\n") && !code.endsWith("\n");
      return new Completeness(open ? State.INCOMPLETE : State.COMPLETE, "");
    }
    var rest = code;
    while (true) {
      var info = analysis.analyzeCompletion(rest);
      switch (info.completeness()) {
        case UNKNOWN -> {
          return new Completeness(State.INVALID, "");
        }
        case DEFINITELY_INCOMPLETE, CONSIDERED_INCOMPLETE -> {
          return new Completeness(State.INCOMPLETE, indent(code));
        }
        case EMPTY, COMPLETE, COMPLETE_WITH_SEMI -> {
          if (info.remaining().isBlank()) {
            return new Completeness(State.COMPLETE, "");
          }
          rest = info.remaining();
        }
      }
    }
  }

  private static String indent(String code) {
    int open = 0;
    for (char c : code.toCharArray()) {
      open +=
          switch (c) {
            case '{', '(' -> 1;
            case '}', ')' -> -1;
            default -> 0;
          };
    }
    return STEP.repeat(Math.clamp(open, 0, 20));
  }
}
