package reprise.kernel.generation;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import reprise.tensor.Backend;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.ProgramBuilder;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;
import reprise.tensor.model.Decoder.Parameter;
import reprise.tensor.model.Transformer;
import reprise.tensor.model.TransformerConfig;

/** Scores decoders of one shape on windows: one forward pass, the rest in double precision. */
public final class Scorer implements AutoCloseable {
  /** Windows of one forward pass at most. */
  private static final int BATCH = 16;

  /** Logits of one forward pass at most, unless one window has more. */
  private static final int LOGITS = 1 << 23;

  /** Logits that are kept to find a temperature. */
  private static final int KEPT = 1 << 25;

  private static final double LOWEST_TEMPERATURE = 0.02;
  private static final double HIGHEST_TEMPERATURE = 50;

  private final TransformerConfig config;
  private final int batch;
  private final Session session;

  /** Opens the program with all weights zero. */
  public Scorer(Backend backend, TransformerConfig config) {
    this.config = config;
    this.batch = Math.clamp(LOGITS / window(config), 1, BATCH);
    this.session = backend.open(program(config, batch), SessionOptions.seed(0));
  }

  // logits of one window
  private static int window(TransformerConfig config) {
    return config.context() * config.vocab();
  }

  private static Program program(TransformerConfig config, int batch) {
    ProgramBuilder b = Program.builder("scorer");
    for (Parameter p : Transformer.parameters(config)) {
      b.state(p.name(), new TensorType(TensorType.f32().dtype(), p.shape()), State.Kind.PARAMETER);
    }
    b.state("windows", TensorType.i32(batch, config.context()), State.Kind.DATA);
    b.function("logits", f -> f.output("logits", Transformer.logits(config, f, f.read("windows"))));
    return b.build();
  }

  /** Takes weights by parameter name. */
  public Scorer weights(Function<String, float[]> source) {
    Transformer.parameters(config).forEach(p -> session.write(p.name(), source.apply(p.name())));
    return this;
  }

  /** Is given the logits of one position, from an offset on, and the token that follows. */
  public interface Position {
    /** Position {@code index % T} of window {@code index / T}; logits [from, from + V). */
    void at(int index, float[] logits, int from, int target);
  }

  /** Scores on all positions of the windows. */
  public Scores score(Windows windows) {
    int vocabulary = config.vocab();
    int[] choices = new int[windows.size() * windows.context()];
    double[] sums = new double[3];
    each(
        windows,
        (i, logits, from, target) -> {
          int best = from;
          for (int j = from; j < from + vocabulary; j++) {
            best = logits[j] > logits[best] ? j : best;
          }
          double z = 0;
          double weighted = 0;
          for (int j = from; j < from + vocabulary; j++) {
            double x = logits[j] - logits[best];
            double e = Math.exp(x);
            z += e;
            weighted += e * x;
          }
          // -ln p of the target; H = ln z - sum_j p_j x_j, x relative to the largest logit
          sums[0] += Math.log(z) - (logits[from + target] - logits[best]);
          sums[1] += Math.log(z) - weighted / z;
          sums[2] += 1 / z;
          choices[i] = best - from;
        });
    int n = choices.length;
    return new Scores(sums[0] / n, sums[1] / n, sums[2] / n, choices);
  }

  /**
   * The temperature at which the mean entropy over the first windows, sixteen at most, is the given
   * one, within 1 %: by bisection, since entropy rises with temperature.
   *
   * @throws IllegalArgumentException for an entropy that no temperature from 0.02 to 50 gives
   */
  public double temperatureOf(double entropy, Windows all) {
    Windows windows = all.first(Math.clamp(KEPT / window(config), 1, BATCH));
    float[][] kept = new float[windows.size() * windows.context()][];
    each(
        windows,
        (i, logits, from, target) ->
            kept[i] = Arrays.copyOfRange(logits, from, from + config.vocab()));
    DoubleUnaryOperator mean =
        t -> {
          double sum = 0;
          for (float[] logits : kept) {
            sum += entropy(logits, t);
          }
          return sum / kept.length;
        };
    double low = LOWEST_TEMPERATURE;
    double high = HIGHEST_TEMPERATURE;
    if (!(mean.applyAsDouble(low) <= entropy && entropy <= mean.applyAsDouble(high))) {
      throw new IllegalArgumentException(
          "no temperature between " + low + " and " + high + " gives an entropy of " + entropy);
    }
    while (high / low > 1.005) {
      double middle = Math.sqrt(low * high);
      if (mean.applyAsDouble(middle) < entropy) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Math.sqrt(low * high);
  }

  /** SHA-256 of the weights. */
  public String digest() {
    return session.digest();
  }

  private static double entropy(float[] logits, double temperature) {
    double best = Double.NEGATIVE_INFINITY;
    for (float x : logits) {
      best = Math.max(best, x);
    }
    double z = 0;
    double weighted = 0;
    for (float logit : logits) {
      double x = (logit - best) / temperature;
      double e = Math.exp(x);
      z += e;
      weighted += e > 0 ? e * x : 0;
    }
    return Math.log(z) - weighted / z;
  }

  /** Looks at all positions of the windows, in order. */
  public void each(Windows windows, Position position) {
    int context = config.context();
    for (int at = 0; at < windows.size(); at += batch) {
      int[] inputs = new int[batch * context];
      int now = Math.min(batch, windows.size() - at);
      for (int w = 0; w < now; w++) {
        System.arraycopy(windows.list().get(at + w), 0, inputs, w * context, context);
      }
      session.write("windows", inputs);
      session.run("logits", 1).orThrow();
      float[] logits = session.output("logits", "logits");
      for (int i = 0; i < now * context; i++) {
        int target = windows.list().get(at + i / context)[i % context + 1];
        position.at(at * context + i, logits, i * config.vocab(), target);
      }
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
