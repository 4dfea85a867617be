package reprise.kernel.shell;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import reprise.kernel.display.MimeBundle;

/** Finds signature and Javadoc of the name the cursor is in, or of the call it stands in. */
final class Inspection {
  private static final int OVERLOADS = 8;

  private Inspection() {}

  static Optional<MimeBundle> of(JShell jshell, String code, int cursor) {
    int at = Math.clamp(cursor, 0, code.length());
    int end = at;
    while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
      end++;
    }
    boolean inWord = end > 0 && Character.isJavaIdentifierPart(code.charAt(end - 1));
    if (!inWord) {
      // Behind "name(": the call that is being written.
      return documented(jshell, code, at);
    }
    int paren = end;
    while (paren < code.length() && code.charAt(paren) == ' ') {
      paren++;
    }
    boolean call = paren < code.length() && code.charAt(paren) == '(';
    var found = call ? documented(jshell, code, paren + 1) : Optional.<MimeBundle>empty();
    if (found.isEmpty()) {
      found = documented(jshell, code, end);
    }
    if (found.isEmpty() && !call) {
      // A method without its parenthesis.
      var withParen = code.substring(0, end) + "(";
      found = documented(jshell, withParen, withParen.length());
    }
    return found;
  }

  private static Optional<MimeBundle> documented(JShell jshell, String code, int cursor) {
    var context = Context.before(jshell.sourceCodeAnalysis(), code, cursor);
    var docs =
        jshell.sourceCodeAnalysis().documentation(context.code(), context.cursor(), true).stream()
            .filter(doc -> doc.signature() != null)
            .limit(OVERLOADS)
            .toList();
    return docs.isEmpty() ? Optional.empty() : Optional.of(bundle(docs));
  }

  private static MimeBundle bundle(List<Documentation> docs) {
    var plain =
        docs.stream()
            .map(doc -> doc.signature() + text(Javadoc.plain(doc.javadoc())))
            .collect(Collectors.joining("\n\n"));
    var html =
        docs.stream()
            .map(doc ->
                "<pre><b>"
                    + Javadoc.escape(doc.signature())
                    + "</b></pre>"
                    + Javadoc.html(doc.javadoc()))
            .collect(Collectors.joining("<hr>"));
    return MimeBundle.text(plain).html(html);
  }

  private static String text(String javadoc) {
    return javadoc.isBlank() ? "" : "\n" + javadoc;
  }
}
