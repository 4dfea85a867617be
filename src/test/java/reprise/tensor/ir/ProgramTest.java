package reprise.tensor.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.tensor.model.Corpus;
import reprise.tensor.model.Decoder;
import reprise.tensor.model.DecoderConfig;
import reprise.tensor.model.Training;

/** Programs: building, text, rules, memory. */
@Tag("unit")
class ProgramTest {
  private static final Program LINE =
      Program.builder("line")
          .parameter("w", 3, 2)
          .parameter("x", 4, 3)
          .function("loss", f -> f.output("loss", f.read("x").matmul(f.read("w")).square().mean()))
          .build();

  @Test
  void printsAsText() {
    assertThat(LINE.toString())
        .isEqualTo(
            """
            program line {
              state w f32[3,2] PARAMETER
              state x f32[4,3] PARAMETER
              function loss {
                %0 = read {state=x, type=f32[4,3]} : f32[4,3]
                %1 = read {state=w, type=f32[3,2]} : f32[3,2]
                %2 = mat_mul(%0, %1) {transposeA=false, transposeB=false} : f32[4,2]
                %3 = unary(%2) {function=SQUARE} : f32[4,2]
                %4 = reduce(%3) {fold=MEAN, from=0, to=2} : f32[]
                output loss = %4
              }
            }
            """);
  }

  @Test
  void readsBackWhatItPrints() {
    Program p =
        Decoder.program(
            DecoderConfig.gpt2(50, 8, 2, 12, 3),
            Training.small(2, 9, 1e-3),
            Corpus.text(99, 50, 2));
    assertThat(ProgramText.parse(p.toString())).isEqualTo(p);
  }

  @Test
  void textErrorsNameTheLine() {
    String text = LINE.toString().replace("unary(%2) {function=SQUARE}", "cube(%2)");
    assertThatThrownBy(() -> ProgramText.parse(text))
        .hasMessageStartingWith("line 8 '%3 = cube(%2) : f32[4,2]': unknown operation 'cube'");
    assertThatThrownBy(() -> ProgramText.parse(LINE.toString().replace("=MEAN", "=MOST")))
        .hasMessageContaining("line 9")
        .hasMessageContaining("cannot read 'MOST' as Fold");
  }

  @Test
  void theVerifierNamesNodeExpectedAndGot() {
    String text = LINE.toString().replace("%3 = unary(%2)", "%3 = unary(%1)");
    assertThatThrownBy(() -> ProgramText.parse(text))
        .isInstanceOf(Verifier.InvalidProgram.class)
        .hasMessageContaining("loss: %3 = unary(%1) {function=SQUARE} : f32[4,2]: expected result")
        .hasMessageContaining("types [f32[3,2]], got [f32[4,2]]");
    assertThatThrownBy(() -> ProgramText.parse(LINE.toString().replace("(%2)", "(%9)")))
        .hasMessageContaining("expected operands below %3, got %9");
    assertThatThrownBy(() -> ProgramText.parse(LINE.toString().replace("w f32[3,2]", "w f32[2,3]")))
        .hasMessageContaining("expected the state's type f32[2,3], got f32[3,2]");
    assertThatThrownBy(() -> ProgramText.parse(LINE.toString().replace("output", "update")))
        .hasMessageContaining("expected one of the states [w, x], got loss");
  }

  @Test
  void dataIsNeverUpdated() {
    ProgramBuilder b =
        Program.builder("p")
            .state("d", TensorType.f32(2), State.Kind.DATA)
            .function("f", f -> f.update("d", f.fill(1, TensorType.f32(2))));
    assertThatThrownBy(b::build).hasMessageContaining("update d = %0: expected a state that func");
  }

  @Test
  void misfitsAreRefusedWhereTheyAreWritten() {
    ProgramBuilder b = Program.builder("p").parameter("w", 3, 2);
    assertThatThrownBy(() -> b.function("f", f -> f.output("y", f.read("w").matmul(f.read("w")))))
        .isInstanceOf(TypeMismatch.class)
        .hasMessageContaining("expected equal inner extents (2 of f32[3,2])")
        .hasMessageContaining("(function f, mat_mul on [f32[3,2], f32[3,2]]), got 3 of f32[3,2]");
    assertThatThrownBy(() -> b.function("g", f -> f.read("v")))
        .hasMessage("function g: no state 'v'; declared: [w]");
  }

  @Test
  void equalNodesAreOneAndUnusedOnesNone() {
    Program p =
        Program.builder("p")
            .parameter("w", 2)
            .function(
                "f",
                f -> {
                  f.read("w").exp();
                  f.output("y", f.read("w").square().add(f.read("w").square()));
                })
            .build();
    assertThat(p.function("f").body().stream().map(i -> i.op().mnemonic()))
        .containsExactly("read", "unary", "binary");
  }

  @Test
  void differentiationIsAProgramTransformation() {
    Program d = Passes.differentiate(LINE, "loss", "loss", "gradient", List.of("w", "x"));
    assertThat(d.functions().keySet()).containsExactly("loss", "gradient");
    assertThat(d.function("gradient").outputs().keySet()).containsExactly("loss", "d.w", "d.x");
    assertThat(d.function("gradient").types().get(d.function("gradient").outputs().get("d.w")))
        .isEqualTo(TensorType.f32(3, 2));
    assertThatThrownBy(() -> Passes.differentiate(LINE, "loss", "nope", "g", List.of("w")))
        .hasMessage("function loss has no output 'nope'; it has [loss]");
  }

  @Test
  void valuesInUseNeverShareMemory() {
    Program p =
        Decoder.program(
            DecoderConfig.small(50, 8, 2, 12), Training.small(2, 9, 1e-3), Corpus.text(99, 50, 2));
    MemoryPlan plan = p.memory();
    assertThat(plan.toString()).startsWith("memory ");
    for (ProgramFunction f : p.functions().values()) {
      List<Long> at = plan.values().get(f.name());
      List<TensorType> types = f.types();
      int[] last = new int[types.size()];
      int position = 0;
      for (Instruction i : f.body()) {
        for (int v : i.inputs()) {
          last[v] = position;
        }
        position++;
      }
      int end = position;
      f.outputs().values().forEach(v -> last[v] = end);
      position = 0;
      for (Instruction i : f.body()) {
        boolean alias = i.op() instanceof Layout.Reshape || i.op() instanceof Layout.Read;
        for (int r = i.first(); r < i.end() && !alias; r++) {
          for (int v = 0; v < i.first(); v++) {
            boolean apart =
                at.get(v) + types.get(v).bytes() <= at.get(r)
                    || at.get(r) + types.get(r).bytes() <= at.get(v);
            assertThat(apart || last[v] <= position)
                .as("%s: %s overwrites %%%d", f.name(), ProgramText.print(i), v)
                .isTrue();
          }
        }
        position++;
      }
      assertThat(at).allSatisfy(o -> assertThat(o).isBetween(0L, plan.totalBytes() - 4));
    }
  }

  @Test
  void theDecoderCountsItsParameters() {
    DecoderConfig c = DecoderConfig.small(128, 32, 1, 16);
    // 128 x 16 + 32 x 16 + 12 x 16 x 16 + 3 gains + 16 x 128
    assertThat(c.parameters()).isEqualTo(2048 + 512 + 3072 + 48 + 2048);
    assertThat(c.matrixParameters()).isEqualTo(12 * 256 + 128 * 16);
    assertThat(c.nonEmbeddingParameters()).isEqualTo(3072 + 48);
    assertThat(c.flopsPerToken()).isEqualTo(6.0 * (3072 + 2048));
    // GPT-2 small: 124,439,808 parameters (Radford et al. 2019 as released)
    assertThat(DecoderConfig.gpt2(50257, 1024, 12, 768, 12).parameters()).isEqualTo(124_439_808);
    assertThat(Map.of("heads", DecoderConfig.small(9, 9, 1, 48).heads())).containsEntry("heads", 3);
  }
}
