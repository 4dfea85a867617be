package reprise.tensor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reprise.tensor.Backend;
import reprise.tensor.Backends;
import reprise.tensor.RunReport;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.cpu.CpuBackend;

/** Streams are the plain transformer behind P prefixes, joined by weights that add up to one. */
@Tag("backend")
class ParallelStreamsTest {
  private static final int VOCAB = 11;
  private static final int LENGTH = 5;
  private static final int WIDTH = 8;
  private static final int STREAMS = 3;
  private static final int ENTRIES = 2;
  private static final Corpus ONE_WINDOW = Corpus.text(LENGTH + 1, LENGTH + 1, 1);

  private static TransformerConfig plain() {
    return TransformerConfig.of(DecoderConfig.small(VOCAB, LENGTH, 2, WIDTH).heads(2))
        .prefix(ENTRIES);
  }

  private static StreamsConfig streams(double smoothing) {
    return new StreamsConfig(plain(), STREAMS, smoothing);
  }

  private static Session session(Backend backend, double smoothing, Training training) {
    Session s =
        backend.open(
            ParallelStreams.program(streams(smoothing), training, ONE_WINDOW),
            SessionOptions.seed(7));
    int[] text = {3, 1, 4, 1, 5, 9};
    s.write("train_tokens", text);
    s.write("eval_tokens", text);
    s.write("prompt", Arrays.copyOf(text, LENGTH));
    s.run("initialise", 1).orThrow();
    return s;
  }

  private static float[] logits(Session s) {
    s.run("logits", 1).orThrow();
    return s.output("logits", "logits");
  }

  /** Without a say of the aggregator, or with smoothing 1, each stream weighs 1/P. */
  @ParameterizedTest
  @CsvSource({"0, true", "1, false"})
  void evenWeightsGiveTheMeanOfPlainTransformers(double smoothing, boolean silenced) {
    Training training = Training.small(1, 10, 0.01);
    try (Session joined = session(Backends.reference(), smoothing, training);
        Session alone =
            Backends.reference()
                .open(Transformer.program(plain(), training, ONE_WINDOW), SessionOptions.seed(1))) {
      if (silenced) {
        joined.write("aggregate_out", new float[WIDTH * STREAMS]);
      }
      double[] mean = new double[LENGTH * VOCAB];
      for (int p = 0; p < STREAMS; p++) {
        for (Decoder.Parameter parameter : Transformer.parameters(plain())) {
          float[] all = joined.read(parameter.name());
          int size = Math.toIntExact(parameter.size());
          int from = all.length > size ? p * size : 0;
          alone.write(parameter.name(), Arrays.copyOfRange(all, from, from + size));
        }
        alone.write("prompt", joined.readInts("prompt"));
        float[] one = logits(alone);
        for (int i = 0; i < mean.length; i++) {
          mean[i] += one[i] / STREAMS;
        }
      }
      float[] all = logits(joined);
      for (int i = 0; i < mean.length; i++) {
        assertThat((double) all[i]).isCloseTo(mean[i], within(1e-5));
      }
    }
  }

  /** The prefixes are the streams' only difference, and it is seen. */
  @Test
  void streamsDiffer() {
    try (Session s = session(Backends.reference(), 0.01, Training.small(1, 10, 0.01))) {
      float[] before = logits(s);
      float[] prefix = s.read("layer0.prefix_value");
      int stream = prefix.length / STREAMS;
      System.arraycopy(prefix.clone(), 0, prefix, stream, stream);
      s.write("layer0.prefix_value", prefix);
      assertThat(logits(s)).isNotEqualTo(before);
    }
  }

  @Test
  void theNativeBackendAgreesForwardAndOverTraining() {
    Training training = Training.small(1, 20, 0.01);
    try (Session a = session(Backends.reference(), 0.01, training);
        Session b = session(CpuBackend.best(), 0.01, training)) {
      float[] expected = logits(a);
      float[] got = logits(b);
      for (int i = 0; i < expected.length; i++) {
        assertThat(got[i]).isCloseTo(expected[i], within(1e-4f));
      }
      RunReport reference = a.run("train_step", 10).orThrow();
      RunReport cpu = b.run("train_step", 10).orThrow();
      for (String output : List.of("loss", "gradient_norm")) {
        float[] x = reference.series(output);
        float[] y = cpu.series(output);
        for (int i = 0; i < x.length; i++) {
          assertThat(y[i]).as("%s %d", output, i).isCloseTo(x[i], within(2e-3f * (1 + x[i])));
        }
      }
      assertThat(reference.series("loss")[9]).isLessThan(reference.series("loss")[0]);
    }
  }

  /** One step of plain descent moves a weight by -rate times its slope. */
  @ParameterizedTest
  @CsvSource({
    "layer0.prefix_key, 5",
    "layer1.prefix_value, 40",
    "aggregate_in, 17",
    "aggregate_in.bias, 3",
    "aggregate_out, 4",
    "aggregate_out.bias, 1",
    "embedding, 26"
  })
  void gradientsAreThoseOfFiniteDifferences(String parameter, int at) {
    double rate = 1;
    Training descent =
        Training.small(1, 10, rate)
            .rate(LearningRate.constant(rate))
            .optimiser(new Optimiser.Sgd(0, false, 0))
            .clip(0);
    try (Session s = session(Backends.reference(), 0.01, descent)) {
      double up = loss(s, parameter, at, 0.01f);
      double down = loss(s, parameter, at, -0.01f);
      float before = s.read(parameter)[at];
      s.run("train_step", 1).orThrow();
      double slope = (before - s.read(parameter)[at]) / rate;
      assertThat(slope).isCloseTo((up - down) / 0.02, within(1e-4 + 0.01 * Math.abs(slope)));
    }
  }

  private static double loss(Session s, String parameter, int at, float by) {
    float[] kept = s.read(parameter);
    float[] moved = kept.clone();
    moved[at] += by;
    s.write(parameter, moved);
    double loss = s.run("evaluate", 1).orThrow().last("loss");
    s.write(parameter, kept);
    return loss;
  }

  /** P (d d + 2 entries keys L) + d + d P + P more than without prefix and aggregator. */
  @Test
  void extraParametersAreCounted() {
    long plain =
        Transformer.parameters(plain().prefix(0)).stream().mapToLong(Decoder.Parameter::size).sum();
    long all =
        ParallelStreams.parameters(streams(0.01)).stream().mapToLong(Decoder.Parameter::size).sum();
    int aggregator = STREAMS * WIDTH * WIDTH + WIDTH + WIDTH * STREAMS + STREAMS;
    int prefixes = 2 * STREAMS * ENTRIES * WIDTH * 2;
    // without a prefix queries, keys and values are one matrix of the same size
    assertThat(all - plain).isEqualTo(aggregator + prefixes);
  }

  @Test
  void whatIsNoParallelScalingIsRefused() {
    assertThatThrownBy(() -> new StreamsConfig(plain(), 1, 0.01))
        .hasMessage(
            "parallel streams need 2 streams and 1 prefix entry that tells them apart, got 1 and 2;"
                + " one stream is the plain transformer");
    assertThatThrownBy(() -> new StreamsConfig(plain(), 2, 1.5))
        .hasMessage("smoothing must be a share in [0, 1], got 1.5");
  }
}
