package reprise.kernel.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Completion, documentation, "is this a whole cell". */
@Tag("kernel")
class AssistTest {
  private static final Shell SHELL = Shell.open();

  @AfterAll
  static void close() {
    SHELL.close();
  }

  private static Completions complete(String codeWithCursor) {
    int cursor = codeWithCursor.indexOf('|');
    return SHELL.complete(codeWithCursor.replace("|", ""), cursor);
  }

  private static List<String> texts(Completions found) {
    return found.items().stream().map(Completions.Item::text).toList();
  }

  @Test
  void membersOfAValue() {
    var found = complete("\"text\".subs|");
    assertThat(texts(found)).containsExactly("substring(");
    assertThat(found.start()).isEqualTo(7);
    assertThat(found.end()).isEqualTo(11);
    assertThat(found.items().getFirst().kind()).isEqualTo("method");
  }

  @Test
  void namesDeclaredEarlierInTheCellThatHasNotRun() {
    var found =
        complete("import java.util.zip.*;\nvar builder = new StringBuilder();\nbuilder.appendC|");
    assertThat(texts(found)).containsExactly("appendCodePoint(");
    assertThat(found.start()).isEqualTo(found.end() - "appendC".length());
  }

  @Test
  void namesOfEarlierCells() {
    SHELL.eval("int veryLongName = 1;");
    assertThat(texts(complete("int x = veryL|"))).containsExactly("veryLongName");
  }

  @Test
  void magicsAtTheBeginOfALine() {
    assertThat(texts(complete("%ti|"))).containsExactly("%time", "%timeit");
    assertThat(texts(complete("int a = 1;\n%%loadF|"))).containsExactly("%%loadFromPOM");
  }

  @ParameterizedTest
  @CsvSource({"0", "3", "7", "9", "14", "15", "16"})
  void documentationWhereverTheCursorIsInTheCall(int cursor) {
    var found = SHELL.inspect("String.valueOf(1)", cursor);
    assertThat(found).isPresent();
    assertThat(found.get().plain())
        .contains(cursor <= 6 ? "java.lang.String" : "String String.valueOf(");
  }

  @Test
  void documentationIsTextAndHtml() {
    var doc = SHELL.inspect("Math.floorMod(1, 2)", 8).orElseThrow();
    assertThat(doc.plain())
        .startsWith(
            "int Math.floorMod(int x, int y)\nReturns the floor modulus of the int arguments.");
    assertThat(doc.string("text/html").orElseThrow())
        .contains("<b>int Math.floorMod(int x, int y)</b>", "<code>int</code>");
    assertThat(SHELL.inspect("nothingOfThisName", 5)).isEmpty();
    assertThat(SHELL.inspect("", 0)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '1 + 1'                     | COMPLETE
          'int x = 1; x'              | COMPLETE
          'for (;;) {'                | INCOMPLETE
          'String s = \"""\n text'    | INCOMPLETE
          'foo('                      | INCOMPLETE
          '1x + ;'                    | INVALID
          'int x = 1; )'              | INVALID
          '%time f()'                 | COMPLETE
          '%%time'                    | INCOMPLETE
          ''                          | COMPLETE
          """)
  void wholeCells(String code, Completeness.State expected) {
    assertThat(SHELL.completeness(code).state()).isEqualTo(expected);
  }

  @Test
  void anUnfinishedBlockIsIndented() {
    assertThat(SHELL.completeness("if (true) {").indent()).isEqualTo("    ");
  }
}
