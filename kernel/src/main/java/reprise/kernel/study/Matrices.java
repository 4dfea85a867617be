package reprise.kernel.study;

import java.util.List;
import reprise.tensor.Backend;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.ir.LinearAlgebra;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.Value;

/** Factorisations of matrices by the backend: single precision at the border, double inside. */
public final class Matrices {
  private Matrices() {}

  /** A = U diag(s) V', U [m, k], s descending, V [n, k], k = min(m, n). */
  public record Svd(double[][] u, double[] s, double[][] v) {}

  /** The singular value decomposition of A [m, n]. */
  public static Svd svd(Backend backend, double[][] a) {
    int m = a.length;
    int n = a[0].length;
    int k = Math.min(m, n);
    Program program =
        Program.builder("svd")
            .state("a", TensorType.f32(m, n), State.Kind.DATA)
            .function(
                "factor",
                f -> {
                  List<Value> parts = LinearAlgebra.svd(f.read("a"));
                  f.output("u", parts.get(0));
                  f.output("s", parts.get(1));
                  f.output("v", parts.get(2));
                })
            .build();
    try (Session session = backend.open(program, SessionOptions.seed(1))) {
      session.write("a", flat(a));
      session.run("factor", 1).orThrow();
      return new Svd(
          rows(session.output("factor", "u"), m, k),
          rows(session.output("factor", "s"), 1, k)[0],
          rows(session.output("factor", "v"), n, k));
    }
  }

  /** The eigenvalues of a symmetric matrix, ascending. */
  public static double[] eigenvalues(Backend backend, double[][] a) {
    int n = a.length;
    Program program =
        Program.builder("eigenvalues")
            .state("a", TensorType.f32(n, n), State.Kind.DATA)
            .function("factor", f -> f.output("w", LinearAlgebra.eigh(f.read("a")).getFirst()))
            .build();
    try (Session session = backend.open(program, SessionOptions.seed(1))) {
      session.write("a", flat(a));
      session.run("factor", 1).orThrow();
      return rows(session.output("factor", "w"), 1, n)[0];
    }
  }

  private static float[] flat(double[][] a) {
    float[] all = new float[a.length * a[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[0].length; j++) {
        all[i * a[0].length + j] = (float) a[i][j];
      }
    }
    return all;
  }

  private static double[][] rows(float[] flat, int rows, int columns) {
    double[][] a = new double[rows][columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        a[i][j] = flat[i * columns + j];
      }
    }
    return a;
  }
}
