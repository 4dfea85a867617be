package reprise.tensor.reference;

import java.util.Arrays;
import java.util.stream.IntStream;
import reprise.tensor.ir.Factor;
import reprise.tensor.ir.Shape;
import reprise.tensor.ir.TensorType;
import reprise.tensor.reference.Evaluator.Arg;

/** Factorisations matrix by matrix. */
final class FactorEval {
  private static final int SWEEPS = 60;

  private FactorEval() {}

  static Object[] evaluate(Factor op, Arg[] in, java.util.List<TensorType> types) {
    Object[] out = types.stream().map(t -> new double[t.size()]).toArray();
    Shape s = in[0].type().shape();
    int m = s.dim(-2);
    int n = s.dim(-1);
    for (int k = 0; k < s.size() / (m * n); k++) {
      double[][] a = matrix(in[0].f(), k, m, n);
      double[][] b = in.length > 1 ? matrix(in[1].f(), k, n, in[1].last()) : null;
      double[][][] y =
          switch (op) {
            case Factor.Cholesky _ -> new double[][][] {cholesky(symmetric(a), k)};
            case Factor.SolveTriangular t -> {
              double[][] part = t.upper() ? transpose(a) : a;
              yield new double[][][] {triangular(part, b, t.upper() != t.transposed(), k)};
            }
            case Factor.Solve x -> {
              eliminate(x.transposed() ? transpose(a) : a, b, k);
              yield new double[][][] {b};
            }
            case Factor.LogDeterminant _ -> {
              double[] d = eliminate(a, new double[n][0], -1);
              yield new double[][][] {{{d[0]}}, {{d[1]}}};
            }
            case Factor.Qr _ -> qr(a, k);
            case Factor.Svd _ -> svd(a, k);
            case Factor.Eigh _ -> eigh(symmetric(a), k);
          };
      for (int r = 0; r < out.length; r++) {
        double[] flat = Arrays.stream(y[r]).flatMapToDouble(Arrays::stream).toArray();
        System.arraycopy(flat, 0, (double[]) out[r], k * flat.length, flat.length);
      }
    }
    return out;
  }

  private static double[][] matrix(double[] x, int k, int m, int n) {
    return IntStream.range(0, m)
        .mapToObj(i -> Arrays.copyOfRange(x, (k * m + i) * n, (k * m + i + 1) * n))
        .toArray(double[][]::new);
  }

  private static double[][] transpose(double[][] a) {
    double[][] t = new double[a[0].length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < t.length; j++) {
        t[j][i] = a[i][j];
      }
    }
    return t;
  }

  private static double[][] symmetric(double[][] a) {
    double[][] s = transpose(a);
    for (int i = 0; i < s.length; i++) {
      for (int j = 0; j < s.length; j++) {
        s[i][j] = (s[i][j] + a[i][j]) / 2;
      }
    }
    return s;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double[][] cholesky(double[][] a, int matrix) {
    int n = a.length;
    double[][] l = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double s = a[i][j] - dot(l[i], l[j]);
        if (i == j && !(s > 0)) {
          throw new Unsolvable("matrix " + matrix + " is not positive definite (pivot " + i + ")");
        }
        l[i][j] = i == j ? Math.sqrt(s) : s / l[j][j];
      }
    }
    return l;
  }

  /** Solves with the lower triangle of t, or with its transpose from the end. */
  private static double[][] triangular(double[][] t, double[][] b, boolean backward, int matrix) {
    int n = t.length;
    for (int step = 0; step < n; step++) {
      int i = backward ? n - 1 - step : step;
      if (t[i][i] == 0) {
        throw new Unsolvable("matrix " + matrix + " is singular (pivot " + i + ")");
      }
      for (int c = 0; c < b[0].length; c++) {
        double s = b[i][c];
        for (int j = 0; j < n; j++) {
          s -= backward ? j > i ? t[j][i] * b[j][c] : 0 : j < i ? t[i][j] * b[j][c] : 0;
        }
        b[i][c] = s / t[i][i];
      }
    }
    return b;
  }

  /** Solves in place; ln |det| and its sign. With matrix -1 a singular one has ln |det| -inf. */
  private static double[] eliminate(double[][] a, double[][] b, int matrix) {
    int n = a.length;
    double log = 0;
    double sign = 1;
    for (int p = 0; p < n; p++) {
      int best = p;
      for (int i = p + 1; i < n; i++) {
        best = Math.abs(a[i][p]) > Math.abs(a[best][p]) ? i : best;
      }
      if (a[best][p] == 0 || Double.isNaN(a[best][p])) {
        if (matrix < 0) {
          return new double[] {Double.NEGATIVE_INFINITY, 0};
        }
        throw new Unsolvable("matrix " + matrix + " is singular (pivot " + p + ")");
      }
      sign *= best == p ? 1 : -1;
      double[] row = a[best];
      a[best] = a[p];
      a[p] = row;
      row = b[best];
      b[best] = b[p];
      b[p] = row;
      log += Math.log(Math.abs(a[p][p]));
      sign *= Math.signum(a[p][p]);
      for (int i = p + 1; i < n; i++) {
        double factor = a[i][p] / a[p][p];
        subtract(a[i], factor, a[p]);
        subtract(b[i], factor, b[p]);
      }
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int j = i + 1; j < n; j++) {
        subtract(b[i], a[i][j], b[j]);
      }
      for (int c = 0; c < b[i].length; c++) {
        b[i][c] /= a[i][i];
      }
    }
    return new double[] {log, sign};
  }

  private static void subtract(double[] x, double factor, double[] y) {
    for (int i = 0; i < x.length; i++) {
      x[i] -= factor * y[i];
    }
  }

  /** Gram and Schmidt, each column twice. */
  private static double[][][] qr(double[][] a, int matrix) {
    double[][] q = transpose(a);
    int n = q.length;
    double[][] r = new double[n][n];
    for (int j = 0; j < n; j++) {
      double before = Math.sqrt(dot(q[j], q[j]));
      for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < j; i++) {
          double c = dot(q[i], q[j]);
          r[i][j] += c;
          subtract(q[j], c, q[i]);
        }
      }
      r[j][j] = Math.sqrt(dot(q[j], q[j]));
      if (!(r[j][j] > 1e-12 * before)) {
        throw new Unsolvable("matrix " + matrix + " has dependent columns (column " + j + ")");
      }
      for (int i = 0; i < q[j].length; i++) {
        q[j][i] /= r[j][j];
      }
    }
    return new double[][][] {transpose(q), r};
  }

  /** Rotates rows p and q of x: x_p' = c x_p - s x_q, x_q' = s x_p + c x_q. */
  private static void rotate(double[][] x, int p, int q, double c, double s) {
    for (int i = 0; i < x[p].length; i++) {
      double a = x[p][i];
      x[p][i] = c * a - s * x[q][i];
      x[q][i] = s * a + c * x[q][i];
    }
  }

  private static double[][] identity(int n) {
    double[][] x = new double[n][n];
    for (int i = 0; i < n; i++) {
      x[i][i] = 1;
    }
    return x;
  }

  private static double[][][] svd(double[][] a, int matrix) {
    if (a.length < a[0].length) {
      // of the transpose; the sign goes by V, here the left factor
      double[][][] t = jacobi(a, matrix, false);
      return new double[][][] {t[2], t[1], t[0]};
    }
    return jacobi(transpose(a), matrix, true);
  }

  /** The rows of g are the columns of a tall matrix; U, s, V of that. */
  private static double[][][] jacobi(double[][] g, int matrix, boolean signByRight) {
    int n = g.length;
    double[][] v = identity(n);
    boolean turned = true;
    for (int sweep = 0; turned; sweep++) {
      if (sweep == SWEEPS) {
        throw new Unsolvable("matrix " + matrix + " did not converge in " + SWEEPS + " sweeps");
      }
      turned = false;
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          double alpha = dot(g[p], g[p]);
          double beta = dot(g[q], g[q]);
          double gamma = dot(g[p], g[q]);
          if (Math.abs(gamma) <= 1e-15 * Math.sqrt(alpha * beta)) {
            continue;
          }
          turned = true;
          double zeta = (beta - alpha) / (2 * gamma);
          double t = Math.copySign(1, zeta) / (Math.abs(zeta) + Math.hypot(1, zeta));
          double c = 1 / Math.hypot(1, t);
          rotate(g, p, q, c, c * t);
          rotate(v, p, q, c, c * t);
        }
      }
    }
    double[] s = Arrays.stream(g).mapToDouble(x -> Math.sqrt(dot(x, x))).toArray();
    Integer[] order = IntStream.range(0, n).boxed().toArray(Integer[]::new);
    Arrays.sort(order, (i, j) -> Double.compare(s[j], s[i]));
    double[][] u = new double[n][];
    double[][] w = new double[n][];
    double[][] sorted = new double[1][n];
    for (int k = 0; k < n; k++) {
      int j = order[k];
      sorted[0][k] = s[j];
      u[k] = s[j] > 0 ? Arrays.stream(g[j]).map(x -> x / s[j]).toArray() : beside(u, k, g[j]);
      w[k] = v[j];
      point(signByRight ? w[k] : u[k], u[k], w[k]);
    }
    return new double[][][] {transpose(u), sorted, transpose(w)};
  }

  /** A unit vector orthogonal to the first k: the first axis that leaves enough of itself. */
  private static double[] beside(double[][] u, int k, double[] like) {
    for (int axis = 0; ; axis++) {
      double[] x = new double[like.length];
      x[axis] = 1;
      for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < k; i++) {
          subtract(x, dot(u[i], x), u[i]);
        }
      }
      double norm = Math.sqrt(dot(x, x));
      if (norm > 0.5 / Math.sqrt(like.length)) {
        return Arrays.stream(x).map(e -> e / norm).toArray();
      }
    }
  }

  /** Turns both vectors round if the largest component of the first is negative. */
  private static void point(double[] by, double[]... vectors) {
    double best = 0;
    for (double x : by) {
      best = Math.abs(x) > Math.abs(best) ? x : best;
    }
    if (best < 0) {
      for (double[] v : vectors) {
        for (int i = 0; i < v.length; i++) {
          v[i] = -v[i];
        }
      }
    }
  }

  private static double[][][] eigh(double[][] a, int matrix) {
    int n = a.length;
    double[][] v = identity(n);
    boolean turned = true;
    for (int sweep = 0; turned; sweep++) {
      if (sweep == SWEEPS) {
        throw new Unsolvable("matrix " + matrix + " did not converge in " + SWEEPS + " sweeps");
      }
      turned = false;
      double norm = Math.sqrt(Arrays.stream(a).mapToDouble(x -> dot(x, x)).sum());
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          if (Math.abs(a[p][q]) <= 1e-16 * norm) {
            continue;
          }
          turned = true;
          double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
          double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(1, theta));
          double c = 1 / Math.hypot(1, t);
          double[][] columns = transpose(a);
          rotate(columns, p, q, c, c * t);
          double[][] rows = transpose(columns);
          rotate(rows, p, q, c, c * t);
          System.arraycopy(rows, 0, a, 0, n);
          rotate(v, p, q, c, c * t);
        }
      }
    }
    Integer[] order = IntStream.range(0, n).boxed().toArray(Integer[]::new);
    Arrays.sort(order, (i, j) -> Double.compare(a[i][i], a[j][j]));
    double[][] sorted = new double[n][];
    double[][] w = new double[1][n];
    for (int k = 0; k < n; k++) {
      w[0][k] = a[order[k]][order[k]];
      sorted[k] = v[order[k]];
      point(sorted[k], sorted[k]);
    }
    return new double[][][] {w, transpose(sorted)};
  }
}
