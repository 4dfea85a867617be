package reprise.kernel.sparsity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Cumulative errors of tail truncation, by hand and by brute force. */
@Tag("unit")
class TailTruncationTest {
  /**
   * Two neurons along different axes of unit and double length, values 3 and 2: n = (3, 0), (0, 4),
   * FFN = (3, 4) of norm 5. Dropping the first costs 3/5.
   */
  @Test
  void oneTokenByHand() {
    TailTruncation block = TailTruncation.of(new float[] {3, -2}, new float[] {1, 0, 0, 2}, 2);
    assertThat(block.threshold(0.59)).isEqualTo(3);
    assertThat(block.ratio(0.59)).isEqualTo(1);
    assertThat(block.threshold(0.61)).isEqualTo(4);
    assertThat(block.ratio(0.61)).isEqualTo(0.5);
    assertThat(block.nonZero()).isEqualTo(1);
  }

  /** Exact zeros cost nothing and are dropped even where no error is allowed. */
  @Test
  void zerosAreNotNeeded() {
    TailTruncation block = TailTruncation.of(new float[] {0, 1, 0, 2}, new float[] {1, 1, 1, 1}, 4);
    assertThat(block.nonZero()).isEqualTo(0.5);
    assertThat(block.ratio(0)).isEqualTo(0.5);
    assertThat(block.threshold(0)).isEqualTo(1);
    // 1 of 3 is lost with the smaller of the two
    assertThat(block.ratio(0.34)).isEqualTo(0.25);
  }

  /** Errors are means over tokens; a token without output has none. */
  @Test
  void errorsAreMeansOverTokens() {
    float[] rows = {1, 1};
    TailTruncation block = TailTruncation.of(new float[] {1, 3, 0, 0}, rows, 2);
    assertThat(block.ratio(0.13)).isEqualTo(0.25);
    assertThat(block.ratio(0.12)).isEqualTo(0.5);
  }

  @Test
  void asBruteForce() {
    Random random = new Random(5);
    int tokens = 30;
    int width = 12;
    int d = 4;
    float[] values = new float[tokens * width];
    float[] rows = new float[width * d];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(3) == 0 ? 0 : (float) random.nextGaussian();
    }
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) random.nextGaussian();
    }
    TailTruncation block = TailTruncation.of(values, rows, width);
    for (double cett : new double[] {0.01, 0.05, 0.2, 0.5}) {
      double eps = block.threshold(cett);
      assertThat(error(values, rows, width, eps, false)[0]).isLessThanOrEqualTo(cett + 1e-5);
      // the next larger threshold would drop one neuron more, and be too much
      assertThat(error(values, rows, width, eps, true)[0]).isGreaterThan(cett - 1e-5);
      assertThat(block.ratio(cett))
          .isCloseTo(error(values, rows, width, eps, false)[1], within(1e-12));
    }
  }

  /** CETT and share kept at a threshold; inclusive: what equals it is dropped, too. */
  private static double[] error(
      float[] values, float[] rows, int width, double eps, boolean inclusive) {
    int d = rows.length / width;
    int tokens = values.length / width;
    double sum = 0;
    int kept = 0;
    for (int t = 0; t < tokens; t++) {
      double[] dropped = new double[d];
      double[] whole = new double[d];
      for (int i = 0; i < width; i++) {
        double squares = 0;
        for (int j = 0; j < d; j++) {
          squares += (double) rows[i * d + j] * rows[i * d + j];
        }
        float norm = (float) (Math.abs(values[t * width + i]) * Math.sqrt(squares));
        boolean small = inclusive ? norm <= eps : norm < eps;
        kept += small ? 0 : 1;
        for (int j = 0; j < d; j++) {
          double n = (double) values[t * width + i] * rows[i * d + j];
          whole[j] += n;
          dropped[j] += small ? n : 0;
        }
      }
      sum += norm(whole) == 0 ? 0 : norm(dropped) / norm(whole);
    }
    return new double[] {sum / tokens, (double) kept / values.length};
  }

  private static double norm(double[] x) {
    double squares = 0;
    for (double v : x) {
      squares += v * v;
    }
    return Math.sqrt(squares);
  }
}
