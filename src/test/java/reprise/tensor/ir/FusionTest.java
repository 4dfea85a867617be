package reprise.tensor.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.tensor.Backends;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.cpu.CpuBackend;
import reprise.tensor.model.Corpus;
import reprise.tensor.model.Decoder;
import reprise.tensor.model.DecoderConfig;
import reprise.tensor.model.Training;

/** What fusion makes of whole trainings, and that it changes nothing but rounding. */
@Tag("backend")
class FusionTest {
  private static Program decoder(DecoderConfig c, int batch) {
    return Decoder.program(c, Training.small(batch, 100, 0.01), Corpus.text(3000, 700, 2));
  }

  private static Map<String, Integer> count(ProgramFunction f) {
    Map<String, Integer> n = new TreeMap<>();
    f.body().forEach(i -> n.merge(i.op().mnemonic(), 1, Integer::sum));
    return n;
  }

  @Test
  void aLayerOfGptBecomesElevenProducts() {
    Program p = decoder(DecoderConfig.gpt2(32, 24, 2, 32, 2), 3);
    Program fused = Passes.fuse(p);
    assertThat(ProgramText.parse(fused.toString())).isEqualTo(fused);
    Map<String, Integer> n = count(fused.function("train_step"));
    // forward: qkv, attention_out, mlp_out; mlp_in with GELU; backward: four weights, dGELU, and
    // three plain products for qkv, attention_out and mlp_in; the head has three
    assertThat(n)
        .containsEntry("dense", 6)
        .containsEntry("dense_activation", 2)
        .containsEntry("dense_activation_grad", 2)
        .containsEntry("dense_weight_grad", 8)
        .containsEntry("mat_mul", 9)
        .containsEntry("layer_norm_grad_add", 4)
        .containsEntry("layer_norm_grad", 1)
        .containsEntry("scatter_onto", 1)
        .doesNotContainKeys("unary", "unary_grad", "scatter_add");
    assertThat(fused.function("train_step").updates().keySet())
        .isEqualTo(p.function("train_step").updates().keySet());
    assertThat(Passes.fuse(fused)).isEqualTo(fused);
  }

  @Test
  void logitsOfALargeHeadAreNeverInMemory() {
    for (boolean tied : new boolean[] {true, false}) {
      DecoderConfig c =
          tied ? DecoderConfig.gpt2(2500, 30, 1, 8, 1) : DecoderConfig.small(2500, 30, 1, 8);
      Program p = decoder(c, 20);
      Program fused = Passes.fuse(p);
      assertThat(count(fused.function("train_step")))
          .containsEntry("linear_cross_entropy_step", 1)
          .doesNotContainKeys("cross_entropy", "cross_entropy_grad");
      long logits = 4L * 20 * 30 * 2500;
      assertThat(p.memory().arenaBytes()).isGreaterThan(logits);
      assertThat(fused.memory().arenaBytes()).isLessThan(logits / 3);
      int[] tokens = new java.util.SplittableRandom(3).ints(3000, 0, 2500).toArray();
      try (Session r = Backends.reference().open(p, SessionOptions.seed(4));
          Session f = Backends.reference().open(fused, SessionOptions.seed(4));
          Session one = CpuBackend.best().open(p, SessionOptions.seed(4));
          Session three = CpuBackend.best().open(p, SessionOptions.seed(4).threads(3))) {
        for (Session s : List.of(r, f, one, three)) {
          s.write("train_tokens", tokens);
          s.run("initialise", 1).orThrow();
        }
        float expected = (float) r.run("train_step", 3).orThrow().last("loss");
        org.assertj.core.data.Offset<Float> near =
            org.assertj.core.data.Offset.offset(1e-4f * expected);
        assertThat((float) f.run("train_step", 3).orThrow().last("loss")).isCloseTo(expected, near);
        assertThat((float) one.run("train_step", 3).orThrow().last("loss"))
            .isCloseTo(expected, near);
        three.run("train_step", 3).orThrow();
        assertThat(three.digest()).isEqualTo(one.digest());
      }
    }
  }

  @Test
  void aLossThatWeighsRowsByTheirOwnLossKeepsItsLogits() {
    Program p =
        Program.builder("focal")
            .parameter("x", 600, 4)
            .parameter("w", 4, 2000)
            .state("t", TensorType.i32(600), State.Kind.DATA)
            .function(
                "step",
                f -> {
                  Value rows = f.read("x").matmul(f.read("w")).crossEntropy(f.read("t"));
                  Value loss = rows.square().mean();
                  List<Value> g = f.gradients(loss, List.of(f.read("x"), f.read("w")));
                  f.output("loss", loss).output("dx", g.get(0)).output("dw", g.get(1));
                })
            .build();
    assertThat(count(Passes.fuse(p).function("step")))
        .containsEntry("cross_entropy", 1)
        .doesNotContainKey("linear_cross_entropy_step");
  }

  @Test
  void fusedOperationsHaveNoDerivative() {
    assertThatThrownBy(() ->
            Program.builder("p")
                .parameter("x", 2, 3)
                .parameter("w", 3, 3)
                .function(
                    "step",
                    f -> {
                      Value x = f.read("x");
                      Value y = f.apply(new Fused.Dense(false, false, true), x, f.read("w"), x);
                      f.output("d", f.gradients(y.sum(), List.of(x)).getFirst());
                    }))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("no derivative of the fused")
        .hasMessageContaining("differentiate first");
  }
}
