package reprise.tensor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.tensor.Backends;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.cpu.CpuBackend;
import reprise.tensor.ir.Passes;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.Rewrites;
import reprise.tensor.ir.State;

/** Activations of a decoder read out and replaced; paths between two decoders. */
@Tag("backend")
class RewritesTest {
  private static final Program DECODER =
      Decoder.program(
          DecoderConfig.gpt2(16, 12, 2, 16, 2),
          Training.small(2, 9, 0.01),
          Corpus.text(400, 200, 2));

  private static Session open(Program p, int seed) {
    Session s = CpuBackend.best().open(p, SessionOptions.seed(seed));
    int[] tokens = new int[200];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = i * i % 16;
    }
    s.write("eval_tokens", tokens);
    s.run("initialise", 1).orThrow();
    return s;
  }

  @Test
  void aCapturedActivationPatchedInGivesTheSameLossAndAnotherOneDoesNot() {
    int hidden = Rewrites.using(DECODER, "evaluate", "layer1.mlp_in");
    Program captured = Rewrites.capture(DECODER, "evaluate", "captured", Map.of("hidden", hidden));
    Program both = Rewrites.patch(captured, "evaluate", "patched", Map.of("clamped", hidden));
    assertThat(both.state("clamped").type())
        .isEqualTo(DECODER.function("evaluate").types().get(hidden));
    try (Session s = open(both, 3)) {
      float loss = s.run("evaluate", 1).orThrow().series("loss")[0];
      assertThat(s.run("captured", 1).orThrow().series("loss")[0]).isEqualTo(loss);
      float[] activation = s.output("captured", "hidden");
      assertThat(activation).hasSize(2 * 12 * 64);
      s.write("clamped", activation);
      // what comes before does not matter any more: other weights of the first layer
      s.write("layer0.qkv", new float[16 * 48]);
      float patched = s.run("patched", 1).orThrow().series("loss")[0];
      assertThat(s.run("evaluate", 1).orThrow().series("loss")[0]).isNotEqualTo(loss);
      s.write("clamped", new float[activation.length]);
      assertThat(s.run("patched", 1).orThrow().series("loss")[0]).isNotEqualTo(patched);
    }
    try (Session s = open(both, 3)) {
      s.run("captured", 1).orThrow();
      float[] activation = s.output("captured", "hidden");
      float loss = s.run("evaluate", 1).orThrow().series("loss")[0];
      s.write("clamped", activation);
      assertThat(s.run("patched", 1).orThrow().series("loss")[0]).isEqualTo(loss);
    }
  }

  @Test
  void thePathsHaveTheirEndsAndTheirGradient() {
    Program p = WeightSpace.line(DECODER, "evaluate", "on_line");
    p = WeightSpace.bezier(p, "evaluate", "on_curve");
    p = Passes.differentiate(p, "on_curve", "loss", "gradient", List.of("layer0.mlp_in"));
    Program plain =
        Passes.differentiate(DECODER, "evaluate", "loss", "gradient", List.of("layer0.mlp_in"));
    try (Session path = open(p, 3);
        Session start = open(plain, 3);
        Session end = open(plain, 4)) {
      for (State s : DECODER.states().values()) {
        if (s.kind() == State.Kind.PARAMETER) {
          path.write("start." + s.name(), start.read(s.name()));
          path.write("end." + s.name(), end.read(s.name()));
        }
      }
      double a = start.run("evaluate", 1).orThrow().last("loss");
      double b = end.run("evaluate", 1).orThrow().last("loss");
      assertThat(at(path, "on_line", 0)).isCloseTo(a, within(1e-6));
      assertThat(at(path, "on_line", 1)).isCloseTo(b, within(1e-6));
      assertThat(at(path, "on_line", 0.5f)).isNotCloseTo((a + b) / 2, within(1e-6));
      assertThat(at(path, "on_curve", 1)).isCloseTo(b, within(1e-6));
      // At t = 1/4 with end = start = theta the point is theta; its weight is 2 t (1 - t) = 3/8.
      for (State s : DECODER.states().values()) {
        if (s.kind() == State.Kind.PARAMETER) {
          path.write("end." + s.name(), start.read(s.name()));
        }
      }
      assertThat(at(path, "gradient", 0.25f)).isCloseTo(a, within(1e-6));
      float[] curve = path.output("gradient", "d.layer0.mlp_in");
      start.run("gradient", 1).orThrow();
      float[] own = start.output("gradient", "d.layer0.mlp_in");
      for (int i = 0; i < own.length; i++) {
        assertThat(curve[i]).isCloseTo(0.375f * own[i], within(1e-6f));
      }
    }
  }

  private static double at(Session s, String function, float t) {
    s.write("path.position", new float[] {t});
    return s.run(function, 1).orThrow().last("loss");
  }

  @Test
  void whatIsNotThereIsNamed() {
    assertThatThrownBy(() -> Rewrites.using(DECODER, "evaluate", "step"))
        .hasMessage("no node of function evaluate takes the state 'step'");
    assertThatThrownBy(() -> Rewrites.capture(DECODER, "evaluate", "c", Map.of("x", 100_000)))
        .hasMessageStartingWith("x: expected an f32 value of function evaluate below %")
        .hasMessageEndingWith("got %100000");
    int v = Rewrites.using(DECODER, "evaluate", "embedding");
    assertThatThrownBy(() -> Rewrites.patch(DECODER, "evaluate", "p", Map.of("step", v)))
        .hasMessage("state 'step' is declared already");
    assertThatThrownBy(() -> Rewrites.capture(DECODER, "evaluate", "logits", Map.of("x", v)))
        .hasMessage("function 'logits' is there already");
    try (Session s = Backends.reference().open(DECODER, SessionOptions.seed(1))) {
      assertThat(s.program()).isEqualTo(DECODER);
    }
  }
}
