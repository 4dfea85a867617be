package reprise.kernel.int8;

import java.util.Arrays;

/** Products X W, X [T, h], W [h, o], in doubles, in eight bits and in sixteen. */
final class Products {
  private static final int LEVELS = 127;

  private Products() {}

  /** In double precision, over the columns of X for which {@code taken} holds. */
  static double[][] exact(double[][] x, double[][] w, boolean[] taken) {
    double[][] c = new double[x.length][w[0].length];
    for (int t = 0; t < x.length; t++) {
      for (int h = 0; h < w.length; h++) {
        if (taken[h]) {
          double a = x[t][h];
          double[] row = w[h];
          double[] out = c[t];
          for (int o = 0; o < row.length; o++) {
            out[o] += a * row[o];
          }
        }
      }
    }
    return c;
  }

  /**
   * {@code round(127 X / rowScale) round(127 W / columnScale)} in whole numbers of 32 bits, times
   * {@code rowScale columnScale / 127^2}.
   */
  static double[][] int8(
      double[][] x, double[][] w, boolean[] taken, double[] rowScale, double[] columnScale) {
    int[][] wq = new int[w.length][w[0].length];
    for (int h = 0; h < w.length; h++) {
      for (int o = 0; o < w[0].length; o++) {
        wq[h][o] = level(w[h][o], columnScale[o]);
      }
    }
    double[][] c = new double[x.length][w[0].length];
    int[] sum = new int[w[0].length];
    for (int t = 0; t < x.length; t++) {
      Arrays.fill(sum, 0);
      for (int h = 0; h < w.length; h++) {
        if (taken[h]) {
          int a = level(x[t][h], rowScale[t]);
          int[] row = wq[h];
          for (int o = 0; o < row.length; o++) {
            sum[o] += a * row[o];
          }
        }
      }
      for (int o = 0; o < sum.length; o++) {
        c[t][o] = sum[o] * rowScale[t] * columnScale[o] / ((double) LEVELS * LEVELS);
      }
    }
    return c;
  }

  private static int level(double value, double scale) {
    return scale == 0 ? 0 : (int) Math.rint(LEVELS * value / scale);
  }

  /** Operands rounded to sixteen bits, products and sums in 32. */
  static double[][] half(double[][] x, double[][] w, boolean[] taken) {
    double[][] c = new double[x.length][w[0].length];
    for (int t = 0; t < x.length; t++) {
      float[] sum = new float[w[0].length];
      for (int h = 0; h < w.length; h++) {
        if (taken[h]) {
          float a = rounded(x[t][h]);
          for (int o = 0; o < sum.length; o++) {
            sum[o] += a * rounded(w[h][o]);
          }
        }
      }
      for (int o = 0; o < sum.length; o++) {
        c[t][o] = sum[o];
      }
    }
    return c;
  }

  private static float rounded(double value) {
    return Float.float16ToFloat(Float.floatToFloat16((float) value));
  }

  /** The largest absolute value of each row, over the columns taken. */
  static double[] rowMax(double[][] x, boolean[] taken) {
    double[] max = new double[x.length];
    for (int t = 0; t < x.length; t++) {
      for (int h = 0; h < taken.length; h++) {
        max[t] = taken[h] ? Math.max(max[t], Math.abs(x[t][h])) : max[t];
      }
    }
    return max;
  }

  /** The largest absolute value of each column, over the rows taken. */
  static double[] columnMax(double[][] w, boolean[] taken) {
    double[] max = new double[w[0].length];
    for (int h = 0; h < w.length; h++) {
      for (int o = 0; o < max.length; o++) {
        max[o] = taken[h] ? Math.max(max[o], Math.abs(w[h][o])) : max[o];
      }
    }
    return max;
  }

  /** As many of the largest of them. */
  static double[] largest(double[] values) {
    double[] same = new double[values.length];
    Arrays.fill(same, Arrays.stream(values).max().orElseThrow());
    return same;
  }
}
