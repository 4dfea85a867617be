package reprise.tensor.reference;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import reprise.tensor.ir.Arrange;
import reprise.tensor.ir.Arrange.Running;
import reprise.tensor.ir.DType;
import reprise.tensor.ir.Shape;
import reprise.tensor.reference.Evaluator.Arg;

/** Running folds, orderings and positions; a tensor is [outer, n, inner] around its axis. */
final class ArrangeEval {
  private ArrangeEval() {}

  /** The lines of a tensor along an axis: element i of line l is at(l, i). */
  private record Lines(int n, int inner, int count) {
    static Lines of(Shape s, int axis) {
      int inner = s.product(axis + 1, s.rank());
      return new Lines(s.dim(axis), inner, s.product(0, axis) * inner);
    }

    int at(int line, int i) {
      return (line / inner * n + i) * inner + line % inner;
    }
  }

  static Object[] evaluate(Arrange op, Arg[] in) {
    return switch (op) {
      case Arrange.Scan s -> new Object[] {scan(s, in[0])};
      case Arrange.ScanGrad g -> new Object[] {scanGrad(g, in)};
      case Arrange.Best b -> {
        Lines l = Lines.of(in[0].type().shape(), b.axis());
        int[] y = new int[l.count()];
        for (int k = 0; k < y.length; k++) {
          for (int i = 1; i < l.n(); i++) {
            double d = in[0].f()[l.at(k, i)] - in[0].f()[l.at(k, y[k])];
            y[k] = (b.largest() ? d : -d) > 0 ? i : y[k];
          }
        }
        yield new Object[] {y};
      }
      case Arrange.Order o -> order(o, in[0]);
      case Arrange.TakeAlong t -> {
        Lines from = Lines.of(in[0].type().shape(), t.axis());
        Lines to = Lines.of(in[1].type().shape(), t.axis());
        double[] y = new double[to.count() * to.n()];
        for (int k = 0; k < to.count(); k++) {
          for (int i = 0; i < to.n(); i++) {
            int at = to.at(k, i);
            y[at] = in[0].f()[from.at(k, IndexOutOfRange.check(in[1].i()[at], from.n(), at))];
          }
        }
        yield new Object[] {y};
      }
      case Arrange.PutAlong p -> {
        Lines from = Lines.of(in[1].type().shape(), p.axis());
        Lines to = new Lines(p.extent(), from.inner(), from.count());
        double[] y = new double[to.count() * to.n()];
        for (int k = 0; k < to.count(); k++) {
          for (int i = 0; i < from.n(); i++) {
            int at = from.at(k, i);
            y[to.at(k, IndexOutOfRange.check(in[0].i()[at], to.n(), at))] += in[1].f()[at];
          }
        }
        yield new Object[] {y};
      }
      case Arrange.OneHot h -> {
        double[] y = new double[in[0].i().length * h.classes()];
        for (int r = 0; r < in[0].i().length; r++) {
          y[r * h.classes() + IndexOutOfRange.check(in[0].i()[r], h.classes(), r)] = 1;
        }
        yield new Object[] {y};
      }
      case Arrange.Concat c -> new Object[] {concat(c.axis(), in)};
      case Arrange.Reverse r -> {
        Lines l = Lines.of(in[0].type().shape(), r.axis());
        double[] y = new double[in[0].f().length];
        for (int k = 0; k < l.count(); k++) {
          for (int i = 0; i < l.n(); i++) {
            y[l.at(k, i)] = in[0].f()[l.at(k, l.n() - 1 - i)];
          }
        }
        yield new Object[] {y};
      }
      case Arrange.Band b -> {
        double[] y = in[0].f().clone();
        int m = in[0].last();
        int n = in[0].type().shape().dim(-2);
        for (int i = 0; i < y.length; i++) {
          int offset = i % m - i / m % n;
          y[i] = offset >= b.lower() && offset <= b.upper() ? y[i] : 0;
        }
        yield new Object[] {y};
      }
      case Arrange.Iota n -> new Object[] {IntStream.range(0, n.n()).toArray()};
    };
  }

  private static double[] scan(Arrange.Scan s, Arg x) {
    Lines l = Lines.of(x.type().shape(), s.axis());
    double[] y = x.f().clone();
    for (int k = 0; k < l.count(); k++) {
      for (int i = 1; i < l.n(); i++) {
        int at = l.at(k, s.reverse() ? l.n() - 1 - i : i);
        double before = y[l.at(k, s.reverse() ? l.n() - i : i - 1)];
        y[at] =
            switch (s.running()) {
              case SUM -> before + y[at];
              case PROD -> before * y[at];
              case MAX -> Math.max(before, y[at]);
            };
      }
    }
    return y;
  }

  private static double[] scanGrad(Arrange.ScanGrad g, Arg[] in) {
    Lines l = Lines.of(in[0].type().shape(), g.axis());
    double[] dx = new double[in[0].f().length];
    for (int k = 0; k < l.count(); k++) {
      int best = 0;
      for (int i = 0; i < l.n(); i++) {
        int at = at(l, k, i, g.reverse());
        if (g.running() == Running.MAX) {
          best = in[0].f()[at] > in[0].f()[at(l, k, best, g.reverse())] ? i : best;
          dx[at(l, k, best, g.reverse())] += in[2].f()[at];
          continue;
        }
        // d y_j / d x_i = the product of all others up to j
        double others = 1;
        for (int j = 0; j < l.n(); j++) {
          others *= j == i ? 1 : in[0].f()[at(l, k, j, g.reverse())];
          dx[at] += j >= i ? others * in[2].f()[at(l, k, j, g.reverse())] : 0;
        }
      }
    }
    return dx;
  }

  private static int at(Lines l, int line, int i, boolean reverse) {
    return l.at(line, reverse ? l.n() - 1 - i : i);
  }

  private static Object[] order(Arrange.Order o, Arg x) {
    Lines from = Lines.of(x.type().shape(), o.axis());
    Lines to = new Lines(o.k(), from.inner(), from.count());
    double[] values = new double[to.count() * o.k()];
    int[] index = new int[values.length];
    for (int k = 0; k < from.count(); k++) {
      int line = k;
      Comparator<Integer> by =
          Comparator.comparingDouble(i -> {
            double v = x.f()[from.at(line, i)] + 0.0;
            return Double.isNaN(v) ? v : o.descending() ? 0.0 - v : v;
          });
      Integer[] all = IntStream.range(0, from.n()).boxed().toArray(Integer[]::new);
      Arrays.sort(all, by);
      for (int i = 0; i < o.k(); i++) {
        values[to.at(k, i)] = x.f()[from.at(k, all[i])];
        index[to.at(k, i)] = all[i];
      }
    }
    return new Object[] {values, index};
  }

  private static Object concat(int axis, Arg[] in) {
    int size = 0;
    for (Arg a : in) {
      size += a.type().size();
    }
    Object y = in[0].type().dtype() == DType.I32 ? new int[size] : new double[size];
    int outer = in[0].type().shape().product(0, axis);
    int at = 0;
    for (int o = 0; o < outer; o++) {
      for (Arg a : in) {
        int row = a.type().size() / outer;
        System.arraycopy(a.array(), o * row, y, at, row);
        at += row;
      }
    }
    return y;
  }
}
