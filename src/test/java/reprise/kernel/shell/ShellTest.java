package reprise.kernel.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Cells and their errors; every error text names cell, line and column. */
@Tag("kernel")
class ShellTest {
  private static final Shell SHELL = Shell.open();
  private int number;

  @AfterAll
  static void close() {
    SHELL.close();
  }

  @BeforeEach
  void fresh() {
    number = 0;
  }

  private Outcome eval(String text) {
    return SHELL.eval(Cell.of(++number, text));
  }

  private Object value(String text) {
    var outcome = eval(text);
    assertThat(outcome).as(text).isInstanceOf(Outcome.Value.class);
    return ((Outcome.Value) outcome).value();
  }

  private Failure failure(String text) {
    var outcome = eval(text);
    assertThat(outcome).as(text).isInstanceOf(Outcome.Failed.class);
    return ((Outcome.Failed) outcome).failure();
  }

  @Test
  void theLastExpressionIsTheValueAsALiveObject() {
    assertThat(value("1 + 1")).isEqualTo(2);
    assertThat(value("int a = 3;\nint b = 4;\nMath.hypot(a, b)")).isEqualTo(5.0);
    assertThat(value("var list = new ArrayList<>(List.of(1)); list")).isInstanceOf(List.class);
    assertThat(value("list.add(2); list")).isEqualTo(List.of(1, 2));
    assertThat(value("(Object) null")).isNull();
  }

  @Test
  void statementsAndAssignmentsHaveNoValue() {
    assertThat(eval("int c = 1;")).isEqualTo(new Outcome.Done());
    assertThat(eval("c = 2")).isEqualTo(new Outcome.Done());
    assertThat(eval("")).isEqualTo(new Outcome.Done());
    assertThat(eval("// only a comment")).isEqualTo(new Outcome.Done());
    assertThat(value("c")).isEqualTo(2);
  }

  @Test
  void classesOfOneCellMayNeedEachOther() {
    assertThat(
            value(
                """
                sealed interface Shape permits Disc, Box {}
                record Disc(double r) implements Shape {}
                record Box(double a) implements Shape {}
                double area(Shape s) {
                  return switch (s) { case Disc(var r) -> 3 * r * r; case Box(var a) -> a * a; };
                }
                class Ping { Pong other; }
                class Pong { Ping other = new Ping(); }
                new Pong().other == null ? -1 : area(new Disc(2)) + area(new Box(3))\
                """))
        .isEqualTo(21.0);
  }

  @Test
  void aDeclarationMayBeWrittenAgain() {
    eval("int twice(int n) { return 2 * n; }");
    eval("int four() { return twice(2); }");
    eval("int twice(int n) { return 20 * n; }");
    assertThat(value("four()")).isEqualTo(40);
    eval("record Pair(int a) {}");
    eval("record Pair(int a, int b) {}");
    assertThat(value("new Pair(1, 2).b()")).isEqualTo(2);
  }

  @Test
  void compileErrorsNameCellLineAndColumn() {
    var failure = failure("int ok = 1;\n  int bad = \"text\";");
    assertThat(failure.name()).isEqualTo("CompileError");
    assertThat(failure.message())
        .isEqualTo(
            "cell 1, line 2, column 13: incompatible types: java.lang.String cannot be converted"
                + " to int");
    assertThat(failure.lines())
        .containsExactly(
            "error: incompatible types: java.lang.String cannot be converted to int (cell 1, line"
                + " 2, column 13)",
            "      int bad = \"text\";",
            "                ^^^^^^");
    assertThat(value("ok")).as("what stands before the error ran").isEqualTo(1);
  }

  @Test
  void anUnfinishedCellIsAnErrorAtItsEnd() {
    assertThat(failure("int n = 0;\nfor (int i = 0; i < 3; i++) {\n  n++;\n").message())
        .isEqualTo("cell 1, line 3, column 7: reached end of file while parsing");
  }

  @Test
  void aNameNobodyDeclaresIsAnErrorAtTheEndOfTheCell() {
    var failure = failure("int f() {\n  return missing + 1;\n}");
    assertThat(failure.message())
        .isEqualTo(
            "cell 1, line 2, column 10: cannot find variable missing; f works as soon as that is"
                + " declared");
    eval("int missing = 41;");
    assertThat(value("f()")).isEqualTo(42);
  }

  @Test
  void runTimeErrorsShowTheUsersFramesOnly() {
    eval("int divide(int a, int b) {\n  return a / b;\n}");
    var failure = failure("int q = 1;\nList.of(0).forEach(i -> divide(q, i));");
    assertThat(failure.name()).isEqualTo("java.lang.ArithmeticException");
    assertThat(failure.message()).isEqualTo("/ by zero");
    assertThat(failure.thrown()).get().isInstanceOf(ArithmeticException.class);
    assertThat(failure.lines())
        .containsExactly(
            "java.lang.ArithmeticException: / by zero",
            "    at divide (cell 1, line 2)    return a / b;",
            "    at lambda (cell 2, line 2)    List.of(0).forEach(i -> divide(q, i));",
            "    at cell 2, line 2    List.of(0).forEach(i -> divide(q, i));");
  }

  @Test
  void libraryFramesAreOneLineAndCausesFollow() {
    var failure =
        failure(
            "try { Integer.parseInt(\"z\"); }\n"
                + "catch (NumberFormatException e) { throw new IllegalStateException(\"bad\", e); }");
    assertThat(failure.lines())
        .startsWith("java.lang.IllegalStateException: bad")
        .contains(
            "Caused by: java.lang.NumberFormatException: For input string: \"z\"",
            "    thrown in java.lang.NumberFormatException.forInputString",
            "    at cell 1, line 1    try { Integer.parseInt(\"z\"); }");
  }

  @Test
  void deepRecursionAndMemoryAreErrorsOfTheCell() {
    var deep = failure("int down(int n) { return down(n + 1); }\ndown(0)");
    assertThat(deep.name()).isEqualTo("java.lang.StackOverflowError");
    assertThat(deep.lines())
        .contains("    at down (cell 1, line 1)    int down(int n) { return down(n + 1); }")
        .hasSizeLessThan(6);
    assertThat(
            failure(
                    "long[][] all = new long[1 << 20][];\nfor (int i = 0; ; i++) all[i] = new long[1 << 27];")
                .name())
        .isEqualTo("java.lang.OutOfMemoryError");
    eval("all = null;");
    assertThat(value("1 + 2")).isEqualTo(3);
  }

  @Test
  void exitEndsTheCellOnly() {
    for (var code : List.of("System.exit(3)", "Runtime.getRuntime().exit(3)")) {
      assertThat(failure(code).message())
          .isEqualTo(
              "the cell called exit(3), which here ends the cell and not the kernel; to restart it"
                  + " use the Kernel menu");
    }
    assertThat(failure("Runnable r = () -> System.exit(4); r.run()").message())
        .startsWith("the cell called exit(4)");
  }

  @Test
  void aCellMayEvaluate() {
    eval("int base = 5;");
    assertThat(value("eval(\"base * 2\")")).isEqualTo(10);
    assertThat(failure("eval(\"int z = nothing;\")").message())
        .startsWith("error: cannot find symbol (eval, line 1, column 9)");
  }

  @Test
  void theRemainderAtTheBeginOfALineIsNoMagic() {
    assertThat(value("int left = 17\n  % 5;\nleft")).isEqualTo(2);
    assertThat(value("var text = \"\"\"\n  %time\n  \"\"\";\ntext.strip()")).isEqualTo("%time");
  }
}
