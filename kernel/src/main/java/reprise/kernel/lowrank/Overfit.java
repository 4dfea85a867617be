package reprise.kernel.lowrank;

import java.util.Arrays;
import java.util.SplittableRandom;
import reprise.dsl.lowrank.CompressionTrial;
import reprise.kernel.study.Sheet;

/**
 * A linear classifier W [inputs, classes] of few examples by gradient descent. The first half of
 * its inputs are normal about a centre of their class; the second half mean nothing and vary six
 * times as much. The loss is that of fresh examples.
 */
final class Overfit implements Model {
  private static final int INPUTS = CompressionTrial.INPUTS;
  private static final int CLASSES = CompressionTrial.CLASSES;
  private static final int EXAMPLES = 60;
  private static final int FRESH = 2000;
  private static final double VARIES = 6;
  private static final double RATE = 0.02;

  private final double[][] w = new double[INPUTS][CLASSES];
  private final double[][] x = new double[EXAMPLES][INPUTS];
  private final double[][] fresh = new double[FRESH][INPUTS];

  Overfit(CompressionTrial trial, Sheet sheet) {
    SplittableRandom random = new SplittableRandom(trial.seed());
    double[][] centres = new double[CLASSES][INPUTS / 2];
    for (double[] centre : centres) {
      Arrays.setAll(centre, i -> random.nextGaussian());
    }
    draw(x, centres, random);
    draw(fresh, centres, random);
    for (int step = 1; step <= trial.iterations() && !sheet.cancelled(); step++) {
      double[][] gradient = new double[INPUTS][CLASSES];
      for (int n = 0; n < EXAMPLES; n++) {
        double[] error = error(n);
        for (int i = 0; i < INPUTS; i++) {
          for (int c = 0; c < CLASSES; c++) {
            gradient[i][c] += x[n][i] * error[c] / EXAMPLES;
          }
        }
      }
      for (int i = 0; i < INPUTS; i++) {
        for (int c = 0; c < CLASSES; c++) {
          w[i][c] -= RATE * gradient[i][c];
        }
      }
    }
    sheet.point(trial.iterations(), loss(w));
  }

  // example n is of class n mod classes
  private static void draw(double[][] x, double[][] centres, SplittableRandom random) {
    for (int n = 0; n < x.length; n++) {
      double[] centre = centres[n % CLASSES];
      for (int i = 0; i < INPUTS; i++) {
        x[n][i] =
            i < INPUTS / 2 ? centre[i] + random.nextGaussian() : VARIES * random.nextGaussian();
      }
    }
  }

  private static double[] probabilities(double[] input, double[][] matrix) {
    double[] z = new double[CLASSES];
    for (int i = 0; i < INPUTS; i++) {
      for (int c = 0; c < CLASSES; c++) {
        z[c] += input[i] * matrix[i][c];
      }
    }
    return Softmax.of(z);
  }

  /** Softmax minus the right answer: the gradient of the logits. */
  private double[] error(int n) {
    double[] p = probabilities(x[n], w);
    p[n % CLASSES]--;
    return p;
  }

  @Override
  public double[][] matrix() {
    return w;
  }

  /** {@code w_i^2 = mean over examples of x_i^2 |softmax - 1_y|^2}. */
  @Override
  public double[] weights() {
    double[] squares = new double[INPUTS];
    for (int n = 0; n < EXAMPLES; n++) {
      double error = Arrays.stream(error(n)).map(e -> e * e).sum();
      for (int i = 0; i < INPUTS; i++) {
        squares[i] += x[n][i] * x[n][i] * error / EXAMPLES;
      }
    }
    return Arrays.stream(squares).map(Math::sqrt).toArray();
  }

  @Override
  public double loss(double[][] matrix) {
    double sum = 0;
    for (int n = 0; n < FRESH; n++) {
      double p = probabilities(fresh[n], matrix)[n % CLASSES];
      sum -= Math.log(Math.max(p, Double.MIN_NORMAL));
    }
    return sum / FRESH;
  }
}
