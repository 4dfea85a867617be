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

  private static String inspect(String codeWithCursor) {
    int cursor = codeWithCursor.indexOf('|');
    return SHELL.inspect(codeWithCursor.replace("|", ""), cursor).orElseThrow().plain();
  }

  @Test
  void documentationOfTheDsl() {
    assertThat(inspect("run(scalingL|aw(CHINCHILLA))"))
        .contains(".scalingLaw(Law law)")
        .contains(javadocOf("dsl/src/main/java/reprise/dsl/Nouns.java", "scalingLaw("));
    assertThat(inspect("plan(scalingLaw(CHINCHILLA).mod|els("))
        .as("a step of a chain in an unfinished cell")
        .contains(".models(");
  }

  /** The first line of the Javadoc above a method. */
  private static String javadocOf(String file, String method) {
    try {
      var lines = java.nio.file.Files.readAllLines(root().resolve(file));
      int at = 0;
      while (!lines.get(at).contains(" " + method)) {
        at++;
      }
      while (!lines.get(at).contains("/**")) {
        at--;
      }
      var line = lines.get(at).replace("/**", "").replace("*/", "").strip();
      if (line.isEmpty()) {
        line = lines.get(at + 1).replace("*", "").strip();
      }
      return line.replaceAll("[{<].*", "").strip();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static java.nio.file.Path root() {
    var folder = java.nio.file.Path.of("").toAbsolutePath();
    while (!java.nio.file.Files.exists(folder.resolve("dsl"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  @Test
  void documentationOfTypesConstructorsFieldsAndValues() {
    assertThat(inspect("Map.Ent|ry e"))
        .startsWith("interface java.util.Map.Entry<K, V>\nA map entry (key-value pair).");
    assertThat(inspect("var a = new ArrayLi|st<String>(3)"))
        .contains("new ArrayList(int initialCapacity)", "the specified initial capacity");
    assertThat(inspect("Integer.MAX_VA|LUE"))
        .startsWith("int Integer.MAX_VALUE\nA constant holding the maximum value");
    SHELL.eval("var words = new ArrayList<String>();");
    assertThat(inspect("words.ad|d(\"x\")")).contains("boolean ArrayList.add(E e)\nAppends");
    assertThat(inspect("words.stream().filter(w -> w.isEm|pty())"))
        .as("inside a lambda its parameter has a type")
        .contains("boolean String.isEmpty()");
    assertThat(inspect("List.of(1).iterator().hasNe|xt()"))
        .contains("boolean Iterator.hasNext()\nReturns");
    assertThat(inspect("words.iterator().hasNext(|")).contains("boolean Iterator.hasNext()");
    assertThat(inspect("java.time.Duration.ofMi|llis(1)"))
        .contains("Duration.ofMillis(long millis)");
  }

  @Test
  void whatACellDeclaresHidesWhatIsImported() {
    SHELL.eval("double widths(String s) { return 1; }");
    assertThat(inspect("wid|ths(\"\")")).startsWith("double widths(String s)");
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
