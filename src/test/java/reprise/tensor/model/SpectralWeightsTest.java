package reprise.tensor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.tensor.Backend;
import reprise.tensor.Backends;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.cpu.CpuBackend;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.Value;
import reprise.tensor.model.Decoder.Parameter;
import reprise.tensor.model.TransformerConfig.FeedForward;
import reprise.tensor.model.TransformerConfig.Residual;

/** Matrices over their spectral norms: values, gradients, and a decoder that uses them. */
@Tag("backend")
class SpectralWeightsTest {
  private static final List<Backend> BACKENDS = List.of(Backends.reference(), CpuBackend.best());
  private static final int IN = 5;
  private static final int OUT = 7;
  private static final TransformerConfig CONFIG =
      TransformerConfig.of(DecoderConfig.small(17, 12, 2, 16).heads(2));

  /** Loss sum C W_hat, so that the gradient of W_hat is C. */
  private static Program oneMatrix(Reparametrisation kind) {
    SpectralWeights weights = new SpectralWeights(kind);
    return Program.builder("matrix")
        .parameter("w", IN, OUT)
        .parameter("w.gamma")
        .state("spectral.w", TensorType.f32(IN), State.Kind.STATISTIC)
        .state("c", TensorType.f32(IN, OUT), State.Kind.DATA)
        .function(
            "step",
            f -> {
              Value hat = weights.of(f, "w", true);
              Value loss = hat.mul(f.read("c")).sum();
              List<Value> dw = f.gradients(loss, List.of(f.read("w"), f.read("w.gamma")));
              f.output("hat", hat).output("dw", dw.get(0)).output("dgamma", dw.get(1));
            })
        .build();
  }

  private static float[] random(int n, long seed) {
    Random r = new Random(seed);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) r.nextGaussian();
    }
    return x;
  }

  /** x' M over [rows, columns], or M x. */
  private static double[] times(float[] m, int columns, double[] x, boolean left) {
    int rows = m.length / columns;
    double[] y = new double[left ? columns : rows];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        y[left ? j : i] += m[i * columns + j] * x[left ? i : j];
      }
    }
    return y;
  }

  private static double norm(double[] x) {
    return Math.sqrt(Arrays.stream(x).map(v -> v * v).sum());
  }

  private static double[] unit(double[] x) {
    double n = norm(x);
    return Arrays.stream(x).map(v -> v / n).toArray();
  }

  /** The largest singular value, by power iteration to its end. */
  private static double sigma(float[] m, int columns) {
    double[] u = new double[m.length / columns];
    Arrays.fill(u, 1);
    double[] v = unit(times(m, columns, u, true));
    for (int k = 0; k < 5000; k++) {
      u = unit(times(m, columns, v, false));
      v = unit(times(m, columns, u, true));
    }
    return norm(times(m, columns, v, false));
  }

  /**
   * With v = W'u0/|W'u0|, u = Wv/|Wv|, sigma = u'Wv: W_hat = (gamma/sigma) W, and of a gradient C
   * of W_hat dW = (gamma/sigma)(C - (sum C W / sigma) u v'), dgamma = sum C W / sigma.
   */
  @Test
  void valuesAndGradientsAreThoseOfTheFormula() {
    float[] w = random(IN * OUT, 1);
    float[] c = random(IN * OUT, 2);
    float[] u0 = random(IN, 3);
    double gamma = 1.7;
    double[] start = new double[IN];
    for (int i = 0; i < IN; i++) {
      start[i] = u0[i];
    }
    double[] v = unit(times(w, OUT, start, true));
    double[] u = unit(times(w, OUT, v, false));
    double sigma = norm(times(w, OUT, v, false));
    double cw = 0;
    for (int k = 0; k < w.length; k++) {
      cw += c[k] * w[k];
    }
    for (Backend backend : BACKENDS) {
      for (boolean scaled : new boolean[] {true, false}) {
        Reparametrisation kind = scaled ? Reparametrisation.SIGMA : Reparametrisation.SPECTRAL_NORM;
        double by = scaled ? gamma : 1;
        try (Session s = backend.open(oneMatrix(kind), SessionOptions.seed(0))) {
          s.write("w", w);
          s.write("c", c);
          s.write("spectral.w", u0);
          s.write("w.gamma", new float[] {(float) gamma});
          s.run("step", 1).orThrow();
          float[] hat = s.output("step", "hat");
          float[] dw = s.output("step", "dw");
          for (int i = 0; i < IN; i++) {
            assertThat((double) s.read("spectral.w")[i]).isCloseTo(u[i], within(1e-6));
            for (int j = 0; j < OUT; j++) {
              int k = i * OUT + j;
              assertThat((double) hat[k]).isCloseTo(by / sigma * w[k], within(2e-6));
              double expected = by / sigma * (c[k] - cw / sigma * u[i] * v[j]);
              assertThat((double) dw[k]).isCloseTo(expected, within(5e-6));
            }
          }
          assertThat((double) s.output("step", "dgamma")[0])
              .isCloseTo(scaled ? cw / sigma : 0, within(5e-6));
        }
      }
    }
  }

  /** A step turns u towards the largest singular vector and no further. */
  @Test
  void powerIterationComesToTheSpectralNorm() {
    float[] w = random(IN * OUT, 4);
    double sigma = sigma(w, OUT);
    try (Session s =
        CpuBackend.best()
            .open(oneMatrix(Reparametrisation.SPECTRAL_NORM), SessionOptions.seed(0))) {
      s.write("w", w);
      s.write("c", w);
      s.write("spectral.w", random(IN, 5));
      s.run("step", 1).orThrow();
      float one = s.output("step", "hat")[0];
      s.run("step", 300).orThrow();
      float many = s.output("step", "hat")[0];
      assertThat((double) many).isCloseTo(w[0] / sigma, within(1e-5));
      // an early estimate lies below sigma, so that W over it is larger
      assertThat(Math.abs(one)).isGreaterThan(Math.abs(many));
    }
  }

  private static Session decoder(Backend backend, TransformerConfig config, Program program) {
    Session s = backend.open(program, SessionOptions.seed(4));
    int[] text = new Random(3).ints(100, 0, 17).toArray();
    s.write("train_tokens", text);
    s.write("eval_tokens", Arrays.copyOf(text, 2 * config.context() + 1));
    s.run("initialise", 1).orThrow();
    return s;
  }

  private static Program program(TransformerConfig config, Reparametrisation kind) {
    return Transformer.program(
        config, Training.small(2, 40, 0.02), Corpus.text(100, 2 * config.context() + 1, 2), kind);
  }

  private static double loss(Session s) {
    return s.run("evaluate", 1).orThrow().last("loss");
  }

  /** The decoder with W_hat is the decoder without, with W_hat written in place of W. */
  @Test
  void aDecoderUsesEveryMatrixOverItsNorm() {
    for (Backend backend : BACKENDS) {
      try (Session plain = decoder(backend, CONFIG, program(CONFIG, Reparametrisation.NONE));
          Session hat = decoder(backend, CONFIG, program(CONFIG, Reparametrisation.SIGMA));
          Session kept =
              decoder(backend, CONFIG, program(CONFIG, Reparametrisation.SIGMA_FROM_NORM))) {
        assertThat(hat.read("layer0.qkv")).containsExactly(plain.read("layer0.qkv"));
        assertThat(loss(kept)).isCloseTo(loss(plain), within(1e-5));
        assertThat(loss(hat)).isNotCloseTo(loss(plain), within(1e-3));
        for (Parameter p : Transformer.parameters(CONFIG)) {
          if (p.role() == Decoder.Role.MATRIX || p.role() == Decoder.Role.HEAD) {
            float[] w = plain.read(p.name());
            double sigma = sigma(w, p.shape().dim(1));
            assertThat((double) kept.read(p.name() + ".gamma")[0]).isCloseTo(sigma, within(1e-4));
            for (int i = 0; i < w.length; i++) {
              w[i] /= (float) sigma;
            }
            plain.write(p.name(), w);
          }
        }
        assertThat(loss(hat)).isCloseTo(loss(plain), within(1e-5));
      }
    }
  }

  /** One step of power iteration a training step keeps up with the weights. */
  @Test
  void normsAreFollowedThroughTraining() {
    try (Session s = decoder(CpuBackend.best(), CONFIG, program(CONFIG, Reparametrisation.SIGMA))) {
      double before = loss(s);
      s.run("train_step", 40).orThrow();
      assertThat(loss(s)).isLessThan(before);
      float[] w = s.read("layer1.mlp_in");
      float[] u = s.read("spectral.layer1.mlp_in");
      double[] x = new double[u.length];
      for (int i = 0; i < x.length; i++) {
        x[i] = u[i];
      }
      double exact = sigma(w, 64);
      assertThat(norm(times(w, 64, x, true))).isBetween(0.98 * exact, 1.0001 * exact);
      assertThat(s.read("layer1.mlp_in.gamma")[0]).isNotEqualTo(1f);
      // looking moves nothing on
      loss(s);
      assertThat(s.read("spectral.layer1.mlp_in")).containsExactly(u);
    }
  }

  @Test
  void bothBackendsTrainTheSame() {
    TransformerConfig bare = bare(CONFIG);
    assertThat(Transformer.parameters(bare)).noneMatch(p -> p.name().contains("norm1"));
    assertThat(Transformer.parameters(bare)).anyMatch(p -> p.name().equals("norm.gain"));
    for (Reparametrisation kind : Reparametrisation.values()) {
      try (Session a = decoder(BACKENDS.get(0), bare, program(bare, kind));
          Session b = decoder(BACKENDS.get(1), bare, program(bare, kind))) {
        a.run("train_step", 5).orThrow();
        b.run("train_step", 5).orThrow();
        assertThat(loss(a)).isCloseTo(loss(b), within(1e-4));
      }
    }
  }

  private static TransformerConfig bare(TransformerConfig c) {
    return c.residual(Residual.UNNORMALISED);
  }

  /** Scores that give back the model's own attention where the values are known. */
  @Test
  void theProbeGivesScoresBeforeTheMask() {
    for (TransformerConfig c :
        List.of(CONFIG, TransformerConfig.llama(17, 12, 2, 16, 2, 1, 20), bare(CONFIG))) {
      Program p =
          AttentionProbe.with(program(c, Reparametrisation.SIGMA), c, Reparametrisation.SIGMA, 3);
      try (Session a = decoder(BACKENDS.get(0), c, p);
          Session b = decoder(BACKENDS.get(1), c, p)) {
        for (Session s : List.of(a, b)) {
          s.write("probed", new Random(8).ints(36, 0, 17).toArray());
          s.run("attention", 1).orThrow();
        }
        for (int l = 0; l < 2; l++) {
          float[] x = a.output("attention", AttentionProbe.scores(l));
          float[] y = b.output("attention", AttentionProbe.scores(l));
          assertThat(x).hasSize(3 * 2 * 12 * 12);
          for (int i = 0; i < x.length; i++) {
            assertThat(y[i]).isCloseTo(x[i], within(1e-5f));
          }
        }
      }
    }
  }

  /** Position 0 against itself: q k'/sqrt(w) of the first token, from the weights by hand. */
  @Test
  void aScoreIsTheProductOfQueryAndKeyOverTheRootOfTheirWidth() {
    Program p =
        AttentionProbe.with(
            program(bare(CONFIG), Reparametrisation.NONE), bare(CONFIG), Reparametrisation.NONE, 1);
    try (Session s = decoder(CpuBackend.best(), bare(CONFIG), p)) {
      s.write("probed", new int[12]);
      s.run("attention", 1).orThrow();
      float[] embedding = s.read("embedding");
      float[] position = s.read("position");
      double[] x = new double[16];
      for (int i = 0; i < 16; i++) {
        x[i] = embedding[i] + position[i];
      }
      double[] qkv = times(s.read("layer0.qkv"), 48, x, true);
      double score = 0;
      for (int i = 8; i < 16; i++) { // the second of two heads
        score += qkv[i] * qkv[16 + i] / Math.sqrt(8);
      }
      assertThat((double) s.output("attention", AttentionProbe.scores(0))[144])
          .isCloseTo(score, within(1e-6));
    }
  }

  @Test
  void expertsAndTrainedEntriesAreRefused() {
    TransformerConfig experts =
        CONFIG.feedForward(new FeedForward.Experts(2, 1, 1, 0, 8, DecoderConfig.Activation.RELU));
    assertThatThrownBy(() -> program(experts, Reparametrisation.SIGMA))
        .hasMessageStartingWith(
            "expected plain, gated or no feed-forward blocks, whose matrices are reparametrised one"
                + " by one, got Experts[count=2");
    TransformerConfig prefix = CONFIG.prefix(3);
    assertThatThrownBy(() ->
            AttentionProbe.with(
                program(prefix, Reparametrisation.NONE), prefix, Reparametrisation.NONE, 1))
        .hasMessage(
            "scores are read of attention over the text alone, got 3 trained entries before it");
  }
}
