package reprise.kernel.lowrank;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import reprise.dsl.lowrank.CompressionTrial;
import reprise.kernel.study.Sheet;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.ProgramBuilder;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.Value;
import reprise.tensor.model.Training;

/**
 * A bigram model, logits of y after x {@code e_x . u_y}, fitted to known probabilities: embedding E
 * [V, h], output U [h, V]. Tokens x come by Zipf's law; y follows x with probability proportional
 * to {@code zipf(y) exp(a_x . b_y / 2)}, a and b normal with 16 coordinates.
 */
final class Bigrams implements Model {
  private static final int V = CompressionTrial.VOCABULARY;
  private static final int H = CompressionTrial.WIDTH;
  private static final int LATENT = 16;
  private static final double START = 0.1;
  private static final double RATE = 0.02;

  private final double[] frequency = new double[V];
  private final double[][] follows = new double[V][V];
  private final double[][] embedding = new double[V][H];
  private final double[][] output = new double[H][V];

  Bigrams(CompressionTrial trial, double exponent, Sheet sheet) {
    SplittableRandom random = new SplittableRandom(trial.seed());
    source(exponent, random);
    train(trial, sheet, random);
  }

  private void source(double exponent, SplittableRandom random) {
    double[] zipf = new double[V];
    Arrays.setAll(zipf, i -> -exponent * Math.log(i + 1.0));
    System.arraycopy(Softmax.of(zipf), 0, frequency, 0, V);
    double[][] a = normal(V, LATENT, 1, random);
    double[][] b = normal(V, LATENT, 1, random);
    for (int x = 0; x < V; x++) {
      double[] logits = zipf.clone();
      for (int y = 0; y < V; y++) {
        for (int k = 0; k < LATENT; k++) {
          logits[y] += a[x][k] * b[y][k] / 2;
        }
      }
      follows[x] = Softmax.of(logits);
    }
  }

  private static double[][] normal(int n, int m, double deviation, SplittableRandom random) {
    double[][] w = new double[n][m];
    for (double[] row : w) {
      Arrays.setAll(row, i -> deviation * random.nextGaussian());
    }
    return w;
  }

  /** {@code loss = sum_x p(x) lse_x - sum_xy p(x, y) z_xy}, by Adam. */
  private void train(CompressionTrial trial, Sheet sheet, SplittableRandom random) {
    Training adam = Training.small(1, trial.iterations(), RATE);
    List<Training.Trained> trained =
        List.of(
            new Training.Trained("embedding", TensorType.f32(V, H), false),
            new Training.Trained("output", TensorType.f32(H, V), false));
    ProgramBuilder b = Program.builder("bigrams");
    for (Training.Trained p : trained) {
      b.state(p.name(), p.type(), State.Kind.PARAMETER);
      adam.declare(b, p.name(), p.type());
    }
    b.state("step", TensorType.i32(), State.Kind.COUNTER);
    b.state("joint", TensorType.f32(V, V), State.Kind.DATA);
    b.state("frequency", TensorType.f32(V), State.Kind.DATA);
    b.function(
        "train_step",
        f -> {
          Value step = f.read("step");
          Value z = f.read("embedding").matmul(f.read("output"));
          Value lse = z.exp().sum(1, 2).log().reshape(V);
          Value loss = f.read("frequency").mul(lse).sum().sub(f.read("joint").mul(z).sum());
          adam.step(f, loss, trained, step);
          f.update("step", step.increment(1));
          f.output("loss", loss);
        });
    try (Session session = sheet.backend().open(b.build(), SessionOptions.seed(trial.seed()))) {
      session.write("embedding", flat(normal(V, H, START, random)));
      session.write("output", flat(normal(H, V, START, random)));
      float[] joint = new float[V * V];
      float[] p = new float[V];
      for (int x = 0; x < V; x++) {
        p[x] = (float) frequency[x];
        for (int y = 0; y < V; y++) {
          joint[x * V + y] = (float) (frequency[x] * follows[x][y]);
        }
      }
      session.write("joint", joint);
      session.write("frequency", p);
      for (int done = 0; done < trial.iterations() && !sheet.cancelled(); done += 100) {
        int steps = Math.min(100, trial.iterations() - done);
        float[] losses = session.run("train_step", steps).orThrow().series("loss");
        sheet.point(done + steps, losses[losses.length - 1]);
      }
      unflat(session.read("embedding"), embedding);
      unflat(session.read("output"), output);
    }
  }

  private static float[] flat(double[][] w) {
    float[] all = new float[w.length * w[0].length];
    for (int i = 0; i < all.length; i++) {
      all[i] = (float) w[i / w[0].length][i % w[0].length];
    }
    return all;
  }

  private static void unflat(float[] all, double[][] w) {
    for (int i = 0; i < all.length; i++) {
      w[i / w[0].length][i % w[0].length] = all[i];
    }
  }

  @Override
  public double[][] matrix() {
    return embedding;
  }

  private double[] logits(double[] e) {
    double[] z = new double[V];
    for (int k = 0; k < H; k++) {
      for (int y = 0; y < V; y++) {
        z[y] += e[k] * output[k][y];
      }
    }
    return z;
  }

  /** {@code w_x^2 = p(x) sum_y p(y | x) |U (softmax - 1_y)|^2}: the gradient of row x alone. */
  @Override
  public double[] weights() {
    double[] w = new double[V];
    for (int x = 0; x < V; x++) {
      double[] p = Softmax.of(logits(embedding[x]));
      double sum = 0;
      for (double[] row : output) {
        double mean = 0;
        for (int y = 0; y < V; y++) {
          mean += row[y] * p[y];
        }
        for (int y = 0; y < V; y++) {
          sum += follows[x][y] * (mean - row[y]) * (mean - row[y]);
        }
      }
      w[x] = Math.sqrt(frequency[x] * sum);
    }
    return w;
  }

  @Override
  public double loss(double[][] matrix) {
    double loss = 0;
    for (int x = 0; x < V; x++) {
      double[] p = Softmax.of(logits(matrix[x]));
      for (int y = 0; y < V; y++) {
        loss -= frequency[x] * follows[x][y] * Math.log(Math.max(p[y], Double.MIN_NORMAL));
      }
    }
    return loss;
  }
}
