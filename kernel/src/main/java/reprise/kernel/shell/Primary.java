package reprise.kernel.shell;

/**
 * The expression a text ends with: {@code models(a, b).budget} of {@code x = models(a, b).budget}.
 *
 * @param qualifier what stands before the last dot, empty where there is none
 * @param qualifierEnd where it ends
 * @param name the identifier at the end
 * @param created whether {@code new} stands before it
 */
record Primary(String qualifier, int qualifierEnd, String name, boolean created) {

  /** The expression that ends with the identifier that ends at an offset. */
  static Primary endingAt(String code, int end) {
    int start = end;
    while (start > 0 && Character.isJavaIdentifierPart(code.charAt(start - 1))) {
      start--;
    }
    var name = code.substring(start, end);
    int begin = start;
    int dot = skipSpace(code, start);
    var qualifier = "";
    int qualifierEnd = 0;
    if (dot > 0 && code.charAt(dot - 1) == '.') {
      begin = start(code, dot - 1);
      qualifierEnd = skipSpace(code, dot - 1);
      qualifier = code.substring(begin, qualifierEnd).strip();
    }
    var before = code.substring(0, begin).stripTrailing();
    boolean created =
        before.endsWith("new")
            && (before.length() == 3
                || !Character.isJavaIdentifierPart(before.charAt(before.length() - 4)));
    return new Primary(qualifier, qualifierEnd, name, created);
  }

  /** The offset of the parenthesis of the call that an offset stands in; -1 outside of calls. */
  static int openCall(String code, int at) {
    int depth = 0;
    for (int i = at - 1; i >= 0; i--) {
      switch (code.charAt(i)) {
        case ')' -> depth++;
        case '(' -> {
          if (depth == 0) {
            return i;
          }
          depth--;
        }
        case ';', '{', '}' -> {
          if (depth == 0) {
            return -1;
          }
        }
        case '"' -> i = quote(code, i);
        default -> {}
      }
    }
    return -1;
  }

  private static int skipSpace(String code, int at) {
    int i = at;
    while (i > 0 && Character.isWhitespace(code.charAt(i - 1))) {
      i--;
    }
    return i;
  }

  /** Where the expression begins that ends before an offset. */
  private static int start(String code, int end) {
    int i = skipSpace(code, end);
    while (i > 0) {
      char c = code.charAt(i - 1);
      if (c == ')' || c == ']' || c == '}') {
        i = open(code, i - 1);
      } else if (c == '"') {
        return quote(code, i - 1);
      } else if (Character.isJavaIdentifierPart(c)) {
        while (i > 0 && Character.isJavaIdentifierPart(code.charAt(i - 1))) {
          i--;
        }
        int before = skipSpace(code, i);
        if (before > 0 && code.charAt(before - 1) == '.') {
          i = skipSpace(code, before - 1);
        } else {
          return code.substring(0, before).endsWith("new") ? before - 3 : i;
        }
      } else {
        return i;
      }
    }
    return i;
  }

  /** The bracket that matches the one at an offset. */
  private static int open(String code, int at) {
    int depth = 0;
    for (int i = at; i >= 0; i--) {
      switch (code.charAt(i)) {
        case ')', ']', '}' -> depth++;
        case '(', '[', '{' -> {
          if (--depth == 0) {
            return i;
          }
        }
        case '"' -> i = quote(code, i);
        default -> {}
      }
    }
    return 0;
  }

  /** The quote that opens the string whose closing quote is at an offset. */
  private static int quote(String code, int at) {
    for (int i = at - 1; i >= 0; i--) {
      if (code.charAt(i) == '"' && (i == 0 || code.charAt(i - 1) != '\\')) {
        return i;
      }
    }
    return 0;
  }
}
