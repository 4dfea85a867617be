package reprise.tensor.reference;

import java.util.Arrays;
import reprise.tensor.ir.DType;
import reprise.tensor.ir.Layout;
import reprise.tensor.ir.Shape;
import reprise.tensor.ir.TensorType;
import reprise.tensor.reference.Evaluator.Arg;

/** Changes of shape and reductions. */
final class LayoutEval {
  private LayoutEval() {}

  static Object evaluate(Layout op, Arg[] in, TensorType out) {
    return switch (op) {
      case Layout.Read r -> throw new IllegalStateException("the session reads " + r.state());
      case Layout.Fill f -> fill(f);
      case Layout.Reshape _ -> in[0].array();
      case Layout.Permute p -> permute(p, in[0], out.shape());
      case Layout.Slice s -> {
        Shape x = in[0].type().shape();
        int inner = x.product(s.axis() + 1, x.rank());
        yield copy(
            in[0].f(),
            out.size(),
            x.product(0, s.axis()),
            s.length() * inner,
            x.dim(s.axis()) * inner,
            s.start() * inner,
            s.length() * inner,
            0);
      }
      case Layout.Pad p -> {
        Shape x = in[0].type().shape();
        int inner = x.product(p.axis() + 1, x.rank());
        int block = x.dim(p.axis()) * inner;
        yield copy(
            in[0].f(),
            out.size(),
            x.product(0, p.axis()),
            block,
            block,
            0,
            out.shape().dim(p.axis()) * inner,
            p.before() * inner);
      }
      case Layout.Expand e -> {
        Shape x = in[0].type().shape();
        int inner = x.product(e.at(), x.rank());
        int repeat = e.extents().size();
        double[] y = new double[out.size()];
        for (int i = 0; i < y.length; i++) {
          y[i] = in[0].f()[i / (inner * repeat) * inner + i % inner];
        }
        yield y;
      }
      case Layout.Reduce r -> reduce(r, in[0]);
    };
  }

  private static Object fill(Layout.Fill f) {
    if (f.type().dtype() == DType.I32) {
      int[] y = new int[f.type().size()];
      Arrays.fill(y, (int) f.value());
      return y;
    }
    double[] y = new double[f.type().size()];
    Arrays.fill(y, f.value());
    return y;
  }

  /** Copies blocks of {@code length}: from x at block stride xs + x0 to y at ys + y0. */
  private static double[] copy(
      double[] x, int size, int blocks, int length, int xs, int x0, int ys, int y0) {
    double[] y = new double[size];
    for (int b = 0; b < blocks; b++) {
      System.arraycopy(x, b * xs + x0, y, b * ys + y0, length);
    }
    return y;
  }

  private static double[] permute(Layout.Permute p, Arg x, Shape out) {
    int rank = out.rank();
    int[] stride = new int[rank];
    for (int a = 0; a < rank; a++) {
      stride[a] = x.type().shape().product(p.order().get(a) + 1, rank);
    }
    double[] y = new double[out.size()];
    for (int i = 0; i < y.length; i++) {
      int rest = i;
      int from = 0;
      for (int a = rank - 1; a >= 0; a--) {
        from += rest % out.dim(a) * stride[a];
        rest /= out.dim(a);
      }
      y[i] = x.f()[from];
    }
    return y;
  }

  private static double[] reduce(Layout.Reduce r, Arg x) {
    Shape s = x.type().shape();
    int outer = s.product(0, r.from());
    int middle = s.product(r.from(), r.to());
    int inner = s.product(r.to(), s.rank());
    double[] y = new double[outer * inner];
    for (int o = 0; o < outer; o++) {
      for (int j = 0; j < inner; j++) {
        double acc = r.fold() == Layout.Fold.MAX ? Double.NEGATIVE_INFINITY : 0;
        for (int m = 0; m < middle; m++) {
          double v = x.f()[(o * middle + m) * inner + j];
          acc = r.fold() == Layout.Fold.MAX ? Math.max(acc, v) : acc + v;
        }
        y[o * inner + j] = r.fold() == Layout.Fold.MEAN ? acc / middle : acc;
      }
    }
    return y;
  }
}
