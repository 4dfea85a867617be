package reprise.tensor.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each pass by the text it makes, the order of memory, and what is dumped. */
@Tag("unit")
class PipelineTest {
  private static Program program(Consumer<FunctionBuilder> body) {
    return Program.builder("p")
        .parameter("x", 4, 6)
        .parameter("y", 4, 6)
        .parameter("r", 6)
        .parameter("c", 4)
        .function("f", body)
        .build();
  }

  private static Pass pass(String name) {
    return Pipeline.standard().passes().stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The nodes after one pass, without reads. */
  private static List<String> after(String pass, Consumer<FunctionBuilder> body) {
    Program p = pass(pass).apply(program(body));
    assertThat(ProgramText.parse(p.toString())).isEqualTo(p);
    return Stream.of(p.toString().split("\n"))
        .map(String::strip)
        .filter(l -> l.startsWith("%") && !l.contains(" = read "))
        .toList();
  }

  private static List<String> simplified(Consumer<FunctionBuilder> body) {
    return after("simplify", body);
  }

  @Test
  void neutralElementsVanish() {
    assertThat(
            simplified(f -> {
              Value x = f.read("x");
              Value one = f.fill(1, x.type());
              Value y = x.mul(one).add(f.scalar(0)).div(f.scalar(1)).scale(-1).scale(-1);
              f.output("o", y.permute(1, 0).permute(1, 0).reshape(24).reshape(4, 6).exp());
            }))
        .containsExactly("%1 = unary(%0) {function=EXP} : f32[4,6]");
  }

  @Test
  void constantsAreFolded() {
    assertThat(
            simplified(f -> {
              Value half = f.fill(1, TensorType.f32(6)).scale(0.5);
              f.output("o", f.read("x").mul(half.expand(0, 4)).affine(4, 1));
            }))
        .containsExactly("%1 = affine(%0) {scale=2.0, shift=1.0} : f32[4,6]");
    assertThat(
            simplified(f -> f.output("o", f.fill(2, TensorType.f32(3, 5)).sum().add(f.scalar(1)))))
        .containsExactly("%0 = fill {value=31.0, type=f32[]} : f32[]");
    assertThat(simplified(f -> f.output("o", f.read("x").div(f.scalar(4)))))
        .containsExactly("%1 = affine(%0) {scale=0.25, shift=0.0} : f32[4,6]");
    // 1/3 is not exact: a division stays one.
    assertThat(simplified(f -> f.output("o", f.read("x").div(f.scalar(3)))))
        .anySatisfy(l -> assertThat(l).contains("operator=DIV"));
  }

  @Test
  void operationsTakeOverRepetitionsSignsAndTranspositions() {
    assertThat(simplified(f -> f.output("o", f.read("r").expand(0, 4).mul(f.read("x")))))
        .containsExactly("%2 = binary(%1, %0) {operator=MUL} : f32[4,6]");
    assertThat(simplified(f -> f.output("o", f.read("x").add(f.read("y").scale(-1)))))
        .containsExactly("%2 = binary(%0, %1) {operator=SUB} : f32[4,6]");
    assertThat(simplified(f -> f.output("o", f.read("x").matmul(f.read("y").permute(1, 0)))))
        .containsExactly("%2 = mat_mul(%0, %1) {transposeA=false, transposeB=true} : f32[4,4]");
  }

  @Test
  void equalNodesOfATextBecomeOne() {
    String text =
        """
        program p {
          state x f32[4] PARAMETER
          function f {
            %0 = read {state=x, type=f32[4]} : f32[4]
            %1 = unary(%0) {function=TANH} : f32[4]
            %2 = unary(%0) {function=TANH} : f32[4]
            %3 = unary(%0) {function=EXP} : f32[4]
            %4 = binary(%1, %2) {operator=MUL} : f32[4]
            output o = %4
          }
        }
        """;
    assertThat(pass("simplify").apply(ProgramText.parse(text)).function("f").body())
        .extracting(ProgramText::print)
        .containsExactly(
            "%0 = read {state=x, type=f32[4]} : f32[4]",
            "%1 = unary(%0) {function=TANH} : f32[4]",
            "%2 = binary(%1, %1) {operator=MUL} : f32[4]");
  }

  @Test
  void aCopyOfStateStaysOne() {
    Program p = pass("simplify").apply(program(f -> f.update("x", f.read("y"))));
    assertThat(p.function("f").body()).hasSize(2);
    assertThat(p.function("f").body().getLast().op()).isEqualTo(new Elementwise.Affine(1, 0));
  }

  @Test
  void chainsBecomeOneNode() {
    assertThat(
            after(
                "chains",
                f -> {
                  Value x = f.read("x");
                  Value wide = f.read("c").expand(1, 6);
                  Value z = x.sub(wide).mul(f.read("r")).affine(2, -1);
                  f.output("o", z.gelu().add(z));
                }))
        .containsExactly(
            "%3 = elementwise_chain(%0, %1, %2) {shape=[4,6], text=wide 1;sub 0 3;mul 4 2;affine 5"
                + " 2.0 -1.0;gelu 6;add 7 6} : f32[4,6]");
  }

  @Test
  void whatOthersReadStaysANode() {
    assertThat(
            after(
                "chains",
                f -> {
                  Value z = f.read("x").tanh();
                  f.output("z", z).output("o", z.square().scale(3)).output("s", z.sum());
                }))
        .containsExactly(
            "%1 = unary(%0) {function=TANH} : f32[4,6]",
            "%2 = elementwise_chain(%1) {shape=[4,6], text=square 0;affine 1 3.0 0.0} : f32[4,6]",
            "%3 = reduce(%1) {fold=SUM, from=0, to=2} : f32[]");
  }

  @Test
  void chainsHaveLimits() {
    Program p =
        pass("chains")
            .apply(
                program(f -> {
                  Value x = f.read("x");
                  for (int k = 0; k < 100; k++) {
                    x = x.affine(1, k).tanh();
                  }
                  f.output("o", x);
                }));
    // 200 steps, 32 in a node
    assertThat(p.function("f").body()).hasSize(1 + 7);
    assertThatThrownBy(() -> program(f -> f.output("o", f.apply(chain("mul 0 7"), f.read("x")))))
        .hasMessageContaining("expected numbers below 1 in step 0")
        .hasMessageContaining("got mul 0 7");
    assertThatThrownBy(() -> program(f -> f.output("o", f.apply(chain("cube 0"), f.read("x")))))
        .hasMessageContaining("a step such as 'mul 0 1' or 'affine 2 1.0 0.5'")
        .hasMessageContaining("got cube 0");
    assertThatThrownBy(() -> program(f -> f.output("o", f.apply(chain("exp 0"), f.read("c")))))
        .hasMessageContaining("the trailing axes of [4,6] for 'exp 0'")
        .hasMessageContaining("got f32[4]");
  }

  private static ElementwiseChain chain(String text) {
    return new ElementwiseChain(Shape.of(4, 6), text);
  }

  @Test
  void anOrderOfLessMemoryIsFound() {
    // Three large values, each folded to a row: written in an order that keeps all three.
    Program p =
        Program.builder("p")
            .parameter("r", 100)
            .function(
                "f",
                f -> {
                  Value r = f.read("r");
                  List<Value> large =
                      Stream.of(1, 2, 3).map(k -> r.affine(k, k).expand(0, 1000)).toList();
                  Value sum = null;
                  for (Value v : large) {
                    Value row = v.tanh().sum(0, 1);
                    sum = sum == null ? row : sum.add(row);
                  }
                  f.output("o", sum);
                })
            .build();
    assertThat(p.memory().arenaBytes()).isGreaterThan(1_200_000);
    Program q = pass("reorder").apply(p);
    assertThat(q.memory().arenaBytes()).isBetween(400_000L, 450_000L);
    assertThat(q.function("f").body()).hasSameSizeAs(p.function("f").body());
  }

  @Test
  void pipelinesAreNamed() {
    assertThat(Pipeline.parse("").passes()).isEqualTo(Pipeline.standard().passes());
    assertThat(Pipeline.parse("none").passes()).isEmpty();
    assertThat(Pipeline.parse("-chains,-reorder").toString())
        .startsWith("simplify")
        .doesNotContain("chains");
    assertThatThrownBy(() -> Pipeline.parse("-loops"))
        .hasMessageContaining("unknown pass 'loops'; use standard, none, or - before one of [");
  }

  @Test
  void everyLevelIsDumped(@TempDir Path folder) throws IOException {
    Program p =
        program(f -> f.output("o", f.read("x").tanh().scale(2)).update("y", f.read("y").exp()));
    Pipeline.standard().compile(p, Dump.parse("ir,passes,plan", folder.toString()));
    List<String> names;
    try (Stream<Path> files = Files.list(folder)) {
      names = files.map(x -> x.getFileName().toString().substring(4)).sorted().toList();
    }
    assertThat(names).contains("p-program.txt", "p-simplify.txt", "p-chains.txt", "p-plan.txt");
    String plan = read(folder, "p-plan.txt");
    assertThat(plan)
        .startsWith("memory ")
        .containsPattern("0 +96  always +state x +f32\\[4,6\\]")
        .containsPattern("elementwise_chain")
        .containsPattern("96  3\\.\\.4 +%3 unary +f32\\[4,6\\] +in state y");
    assertThat(ProgramText.parse(read(folder, "p-program.txt"))).isEqualTo(p);
    assertThatThrownBy(() -> Dump.parse("asm", ""))
        .hasMessage("unknown dump level 'asm'; use all or some of [ir, passes, plan, native]");
    assertThat(Dump.parse("", "").levels()).isEmpty();
  }

  private static String read(Path folder, String end) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return Files.readString(files.filter(x -> x.toString().endsWith(end)).findFirst().get());
    }
  }
}
