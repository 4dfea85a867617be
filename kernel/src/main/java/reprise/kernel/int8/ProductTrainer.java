package reprise.kernel.int8;

import static reprise.kernel.int8.Products.columnMax;
import static reprise.kernel.int8.Products.exact;
import static reprise.kernel.int8.Products.half;
import static reprise.kernel.int8.Products.int8;
import static reprise.kernel.int8.Products.largest;
import static reprise.kernel.int8.Products.rowMax;

import java.util.Arrays;
import java.util.SplittableRandom;
import reprise.dsl.int8.ProductResult;
import reprise.dsl.int8.ProductTrial;
import reprise.dsl.int8.Scheme;
import reprise.kernel.study.Sheet;
import reprise.kernel.study.TrialTrainer;

/** Multiplies drawn matrices under every scheme and compares with the exact product. */
public final class ProductTrainer extends TrialTrainer<ProductTrial> {
  /** Columns with a value of this size are outliers (Dettmers et al. 2022, section 3.2). */
  static final double THRESHOLD = 6;

  private static final double JITTER = 0.1;

  /** For the service loader. */
  public ProductTrainer() {
    super(ProductTrial.class);
  }

  @Override
  public void measure(ProductTrial trial, Sheet sheet) {
    SplittableRandom random = new SplittableRandom(trial.seed());
    int h = trial.shape().width();
    double[][] x = normal(trial.shape().rows(), h, 1, random);
    double[][] w = normal(h, h, 1 / Math.sqrt(h), random);
    boolean[] all = new boolean[h];
    Arrays.fill(all, true);
    boolean[] regular = all.clone();
    for (int c = 0; c < trial.columns() && trial.magnitude() > 0; c++) {
      int column = c * h / trial.columns();
      double sign = random.nextBoolean() ? 1 : -1;
      regular[column] = false;
      for (double[] row : x) {
        row[column] = sign * trial.magnitude() * (1 + JITTER * random.nextGaussian());
      }
    }
    double[][] wanted = exact(x, w, all);
    double below = norm(exact(x, w, regular));
    for (Scheme scheme : Scheme.values()) {
      if (!sheet.cancelled()) {
        double[][] got = product(scheme, x, w);
        sheet.read(ProductResult.ERROR, scheme.word(), distance(got, wanted) / below);
      }
    }
    sheet.read(ProductResult.SHARE, Scheme.DECOMPOSED.word(), share(small(x)));
  }

  /** The product as that scheme computes it. */
  static double[][] product(Scheme scheme, double[][] x, double[][] w) {
    boolean[] all = new boolean[w.length];
    Arrays.fill(all, true);
    double[] rows = rowMax(x, all);
    double[] columns = columnMax(w, all);
    return switch (scheme) {
      case ABSMAX -> int8(x, w, all, largest(rows), largest(columns));
      case ROW_WISE -> int8(x, w, all, rows, largest(columns));
      case VECTOR_WISE -> int8(x, w, all, rows, columns);
      case DECOMPOSED -> {
        boolean[] small = small(x);
        double[][] c = int8(x, w, small, rowMax(x, small), columnMax(w, small));
        boolean[] outliers = new boolean[small.length];
        for (int h = 0; h < outliers.length; h++) {
          outliers[h] = !small[h];
        }
        double[][] more = half(x, w, outliers);
        for (int t = 0; t < c.length; t++) {
          for (int o = 0; o < c[t].length; o++) {
            c[t][o] += more[t][o];
          }
        }
        yield c;
      }
    };
  }

  /** Columns without a value of 6 or more. */
  private static boolean[] small(double[][] x) {
    boolean[] small = new boolean[x[0].length];
    Arrays.fill(small, true);
    for (double[] row : x) {
      for (int h = 0; h < row.length; h++) {
        small[h] &= Math.abs(row[h]) < THRESHOLD;
      }
    }
    return small;
  }

  private static double share(boolean[] taken) {
    int count = 0;
    for (boolean one : taken) {
      count += one ? 1 : 0;
    }
    return (double) count / taken.length;
  }

  private static double[][] normal(
      int rows, int columns, double deviation, SplittableRandom random) {
    double[][] x = new double[rows][columns];
    for (double[] row : x) {
      Arrays.setAll(row, i -> deviation * random.nextGaussian());
    }
    return x;
  }

  private static double norm(double[][] a) {
    return distance(a, new double[a.length][a[0].length]);
  }

  private static double distance(double[][] a, double[][] b) {
    double sum = 0;
    for (int t = 0; t < a.length; t++) {
      for (int o = 0; o < a[t].length; o++) {
        sum += (a[t][o] - b[t][o]) * (a[t][o] - b[t][o]);
      }
    }
    return Math.sqrt(sum);
  }
}
