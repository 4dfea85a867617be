package reprise.kernel.reasoning;

import java.util.List;
import java.util.SplittableRandom;
import reprise.dsl.reasoning.Head;
import reprise.dsl.reasoning.ReasoningTrial;
import reprise.kernel.reasoning.World.Question;

/**
 * The map from inputs to logits: W_O [answers, hidden] W_V [hidden, inputs], or W_OV [answers,
 * inputs], which is W_V with as many rows as answers and W_O the identity.
 */
final class OneHead {
  private final boolean factorised;
  private final double[][] value;
  private final double[][] output;

  OneHead(ReasoningTrial trial, World world, SplittableRandom random) {
    factorised = trial.head() == Head.FACTORISED;
    int rows = factorised ? ReasoningTrial.HIDDEN : world.answers();
    value = normal(rows, world.inputs(), random);
    output = factorised ? normal(world.answers(), rows, random) : new double[world.answers()][rows];
    for (int a = 0; a < world.answers() && !factorised; a++) {
      output[a][a] = 1;
    }
  }

  private static double[][] normal(int rows, int columns, SplittableRandom random) {
    double[][] w = new double[rows][columns];
    for (double[] row : w) {
      java.util.Arrays.setAll(row, i -> ReasoningTrial.START * random.nextGaussian());
    }
    return w;
  }

  private double[] hidden(Question q) {
    double[] h = new double[value.length];
    for (int i = 0; i < h.length; i++) {
      h[i] = value[i][q.subject()] + value[i][q.relation()];
    }
    return h;
  }

  double[] logits(Question q) {
    return times(output, hidden(q));
  }

  private static double[] times(double[][] w, double[] x) {
    double[] y = new double[w.length];
    for (int a = 0; a < w.length; a++) {
      for (int i = 0; i < x.length; i++) {
        y[a] += w[a][i] * x[i];
      }
    }
    return y;
  }

  /** Softmax of logits. */
  static double[] softmax(double[] z) {
    double max = java.util.Arrays.stream(z).max().orElseThrow();
    double sum = 0;
    double[] p = new double[z.length];
    for (int a = 0; a < z.length; a++) {
      p[a] = Math.exp(z[a] - max);
      sum += p[a];
    }
    for (int a = 0; a < z.length; a++) {
      p[a] /= sum;
    }
    return p;
  }

  /** Mean cross-entropy in nats. */
  double loss(List<Question> questions) {
    double sum = 0;
    for (Question q : questions) {
      sum -= Math.log(Math.max(softmax(logits(q))[q.answer()], Double.MIN_NORMAL));
    }
    return sum / questions.size();
  }

  /** One step of gradient descent on the mean cross-entropy. */
  void step(List<Question> questions) {
    double rate = ReasoningTrial.RATE / questions.size();
    double[][] dOutput = new double[output.length][value.length];
    double[][] dValue = new double[value.length][value[0].length];
    for (Question q : questions) {
      double[] h = hidden(q);
      double[] error = softmax(times(output, h));
      error[q.answer()]--;
      for (int a = 0; a < error.length; a++) {
        for (int i = 0; i < h.length; i++) {
          dOutput[a][i] += error[a] * h[i];
          double back = output[a][i] * error[a];
          dValue[i][q.subject()] += back;
          dValue[i][q.relation()] += back;
        }
      }
    }
    if (factorised) {
      subtract(output, dOutput, rate);
    }
    subtract(value, dValue, rate);
  }

  private static void subtract(double[][] w, double[][] d, double rate) {
    for (int i = 0; i < w.length; i++) {
      for (int j = 0; j < w[0].length; j++) {
        w[i][j] -= rate * d[i][j];
      }
    }
  }

  /** The smallest distance of the right logit from the next, over questions. */
  double margin(List<Question> questions) {
    double least = Double.POSITIVE_INFINITY;
    for (Question q : questions) {
      double[] z = logits(q);
      for (int a = 0; a < z.length; a++) {
        least = a == q.answer() ? least : Math.min(least, z[q.answer()] - z[a]);
      }
    }
    return least;
  }

  /** The whole map [answers, inputs]. */
  double[][] map() {
    double[][] map = new double[output.length][value[0].length];
    for (int a = 0; a < map.length; a++) {
      for (int i = 0; i < value.length; i++) {
        for (int x = 0; x < map[0].length; x++) {
          map[a][x] += output[a][i] * value[i][x];
        }
      }
    }
    return map;
  }
}
