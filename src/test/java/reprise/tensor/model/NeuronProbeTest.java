package reprise.tensor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.tensor.Backend;
import reprise.tensor.Backends;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.cpu.CpuBackend;
import reprise.tensor.model.TransformerConfig.FeedForward;

/** Neurons as they are, and what is left of a model without some of them. */
@Tag("backend")
class NeuronProbeTest {
  private static final TransformerConfig CONFIG =
      TransformerConfig.llama(17, 12, 2, 16, 2, 2, 20)
          .feedForward(new FeedForward.Gated(20, DecoderConfig.Activation.RELU));

  @Test
  void withAllNeuronsTheLossIsTheModelsAndWithNoneThatOfAttentionAlone() {
    for (Backend backend : new Backend[] {Backends.reference(), CpuBackend.best()}) {
      try (Session model = model(CONFIG);
          Session probe = probe(backend, CONFIG, model)) {
        double dense = probe.run("neurons", 1).orThrow().last("loss");
        model.run("evaluate", 1).orThrow();
        assertThat((float) dense).isCloseTo(evaluated(model), Offset.offset(1e-5f));
        assertThat(probe.run("truncated", 1).orThrow().last("loss")).isEqualTo(dense);
        // layer 1 without any neuron is a model whose last matrix there is zero
        float[] all = new float[20];
        Arrays.fill(all, Float.MAX_VALUE);
        probe.write(NeuronProbe.least(1), all);
        double without = probe.run("truncated", 1).orThrow().last("loss");
        model.write("layer1.mlp_out", new float[20 * 16]);
        assertThat((float) without).isCloseTo(evaluated(model), Offset.offset(1e-5f));
        assertThat(without).isNotEqualTo(dense);
      }
    }
  }

  /** A neuron as large as its threshold stays, a smaller one goes. */
  @Test
  void thresholdsAreThoseOfEachNeuron() {
    try (Session model = model(CONFIG);
        Session probe = probe(CpuBackend.best(), CONFIG, model)) {
      probe.run("neurons", 1).orThrow();
      float[] hidden = probe.output("neurons", NeuronProbe.neurons(0));
      assertThat(hidden).hasSize(2 * 12 * 20);
      assertThat(hidden).contains(0f);
      float[] least = new float[20];
      for (int i = 0; i < hidden.length; i++) {
        least[i % 20] = Math.max(least[i % 20], Math.abs(hidden[i]));
      }
      double dense = probe.run("truncated", 1).orThrow().last("loss");
      probe.write(NeuronProbe.least(0), least);
      double largestOnly = probe.run("truncated", 1).orThrow().last("loss");
      Arrays.fill(least, Float.MAX_VALUE);
      probe.write(NeuronProbe.least(0), least);
      double none = probe.run("truncated", 1).orThrow().last("loss");
      assertThat(largestOnly).isNotEqualTo(none).isNotEqualTo(dense);
    }
  }

  @Test
  void expertsHaveNoNeuronsToRead() {
    TransformerConfig experts =
        CONFIG.feedForward(new FeedForward.Experts(2, 1, 1, 0, 8, DecoderConfig.Activation.RELU));
    assertThatThrownBy(() -> NeuronProbe.program(experts, 2))
        .hasMessageStartingWith(
            "neurons are read of plain and gated feed-forward blocks, got Experts[count=2");
  }

  private static float evaluated(Session model) {
    return (float) model.run("evaluate", 1).orThrow().last("loss");
  }

  private static int[] text() {
    return new Random(3).ints(25, 0, 17).toArray();
  }

  private static Session model(TransformerConfig config) {
    Session s =
        CpuBackend.best()
            .open(
                Transformer.program(config, Training.small(2, 10, 0.02), Corpus.text(100, 25, 2)),
                SessionOptions.seed(4));
    s.write("eval_tokens", text());
    s.run("initialise", 1).orThrow();
    for (var p : Transformer.parameters(config)) {
      // large enough that neurons matter
      float[] weights = s.read(p.name());
      for (int i = 0; i < weights.length && !p.name().contains("norm"); i++) {
        weights[i] *= 10;
      }
      s.write(p.name(), weights);
    }
    return s;
  }

  private static Session probe(Backend backend, TransformerConfig config, Session model) {
    Session s = backend.open(NeuronProbe.program(config, 2), SessionOptions.seed(0));
    Transformer.parameters(config).forEach(p -> s.write(p.name(), model.read(p.name())));
    s.write("windows", Arrays.copyOfRange(text(), 0, 24));
    s.write("targets", Arrays.copyOfRange(text(), 1, 25));
    return s;
  }
}
