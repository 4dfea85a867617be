package reprise.tensor.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.tensor.Backends;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.cpu.CpuBackend;
import reprise.tensor.ir.Experts;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.Value;
import reprise.tensor.model.TransformerConfig.FeedForward;

/** Mixtures of experts: capacity, balance, training. */
@Tag("backend")
class ExpertsTest {
  private static TransformerConfig config(FeedForward feedForward) {
    return TransformerConfig.llama(17, 12, 1, 16, 2, 1, 20).feedForward(feedForward);
  }

  /** With one expert of the same weights and room for all, a mixture is its expert. */
  @Test
  void oneExpertIsAGatedFeedForward() {
    TransformerConfig dense = config(new FeedForward.Gated(20, DecoderConfig.Activation.SILU));
    TransformerConfig mixture =
        config(new FeedForward.Experts(1, 1, 1, 0, 20, DecoderConfig.Activation.SILU));
    try (Session a = open(dense);
        Session b = open(mixture)) {
      for (var p : Transformer.parameters(mixture)) {
        String name = p.name().replace("expert_", "mlp_");
        if (!p.name().endsWith("router")) {
          b.write(p.name(), a.read(name));
        }
      }
      int[] prompt = new Random(3).ints(12, 0, 17).toArray();
      a.write("prompt", prompt);
      b.write("prompt", prompt);
      a.run("logits", 1).orThrow();
      b.run("logits", 1).orThrow();
      float[] x = a.output("logits", "logits");
      float[] y = b.output("logits", "logits");
      for (int i = 0; i < x.length; i++) {
        assertThat(y[i]).isCloseTo(x[i], Offset.offset(1e-5f));
      }
    }
  }

  private static Session open(TransformerConfig c) {
    Session s =
        CpuBackend.best()
            .open(
                Transformer.program(c, Training.small(8, 150, 0.02), Corpus.text(500, 100, 2)),
                SessionOptions.seed(4));
    int[] tokens = new int[500];
    for (int i = 1; i < tokens.length; i++) {
      tokens[i] = (tokens[i - 1] * 5 + i % 3) % 17;
    }
    s.write("train_tokens", tokens);
    s.write("eval_tokens", java.util.Arrays.copyOf(tokens, 100));
    s.run("initialise", 1).orThrow();
    return s;
  }

  @Test
  void aMixtureLearns() {
    TransformerConfig c =
        config(new FeedForward.Experts(4, 2, 1.25, 0.01, 12, DecoderConfig.Activation.SILU));
    try (Session s = open(c)) {
      var loss = s.run("train_step", 150).orThrow().series("loss");
      assertThat(loss[0]).isBetween(2.5f, 3.2f);
      assertThat(loss[149]).isLessThan(1.3f);
      s.run("losses", 1).orThrow();
      float[] each = s.output("losses", "losses");
      assertThat(each).hasSize(2 * 12);
      double mean = 0;
      for (float v : each) {
        mean += v / each.length;
      }
      assertThat(s.run("evaluate", 1).mean("loss")).isCloseTo(mean, Offset.offset(1e-5));
    }
  }

  @Test
  void aFullExpertDropsTheLastTokens() {
    Program p =
        Program.builder("route")
            .parameter("p", 4, 2)
            .parameter("x", 4, 1)
            .function(
                "f",
                f -> {
                  Value slot = f.applyAll(new Experts.Route(1, 2), f.read("p")).get(1);
                  f.output("y", f.apply(new Experts.Dispatch(4), f.read("x"), slot));
                })
            .build();
    for (var backend : new reprise.tensor.Backend[] {Backends.reference(), CpuBackend.best()}) {
      try (Session s = backend.open(p, SessionOptions.seed(1))) {
        // tokens 0, 1 and 3 want expert 0, which has two slots; token 2 wants expert 1
        s.write("p", new float[] {.9f, .1f, .8f, .2f, .3f, .7f, .6f, .4f});
        s.write("x", new float[] {1, 2, 3, 4});
        s.run("f", 1).orThrow();
        assertThat(s.output("f", "y")).containsExactly(1, 2, 3, 0);
      }
    }
  }
}
