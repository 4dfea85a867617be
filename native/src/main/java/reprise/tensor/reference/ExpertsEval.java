package reprise.tensor.reference;

import reprise.tensor.ir.Experts;
import reprise.tensor.ir.Shape;
import reprise.tensor.reference.Evaluator.Arg;

/** Mixtures of experts, in double. */
final class ExpertsEval {
  private ExpertsEval() {}

  static Object[] evaluate(Experts op, Arg[] in) {
    return switch (op) {
      case Experts.Route r -> route(r, in[0]);
      case Experts.Pick _ -> new Object[] {pick(in)};
      case Experts.PickGrad p -> new Object[] {pickGrad(p.experts(), in)};
      case Experts.Dispatch d -> new Object[] {dispatch(d.slots(), in)};
      case Experts.Combine _ -> new Object[] {combine(in)};
      case Experts.SlotDots _ -> new Object[] {dots(in)};
      case Experts.GroupedMatMul g -> new Object[] {grouped(g.transposed(), in)};
      case Experts.GroupedOuter _ -> new Object[] {outer(in)};
    };
  }

  private static Object[] route(Experts.Route op, Arg p) {
    int n = p.rows();
    int experts = p.last();
    int k = op.active();
    int[] expert = new int[n * k];
    int[] slot = new int[n * k];
    int[] counts = new int[experts];
    for (int j = 0; j < k; j++) {
      for (int t = 0; t < n; t++) {
        int best = -1;
        for (int e = 0; e < experts; e++) {
          boolean taken = false;
          for (int i = 0; i < j; i++) {
            taken |= expert[t * k + i] == e;
          }
          if (!taken && (best < 0 || p.f()[t * experts + e] > p.f()[t * experts + best])) {
            best = e;
          }
        }
        expert[t * k + j] = best;
        int at = counts[best]++;
        slot[t * k + j] = at < op.capacity() ? best * op.capacity() + at : -1;
      }
    }
    return new Object[] {expert, slot, counts};
  }

  private static double[] pick(Arg[] in) {
    int k = in[1].last();
    double[] out = new double[in[1].i().length];
    for (int i = 0; i < out.length; i++) {
      int e = IndexOutOfRange.check(in[1].i()[i], in[0].last(), i);
      out[i] = in[0].f()[i / k * in[0].last() + e];
    }
    return out;
  }

  private static double[] pickGrad(int experts, Arg[] in) {
    int k = in[1].last();
    double[] out = new double[in[1].rows() * experts];
    for (int i = 0; i < in[1].i().length; i++) {
      out[i / k * experts + IndexOutOfRange.check(in[1].i()[i], experts, i)] += in[0].f()[i];
    }
    return out;
  }

  /** The slot of choice i, or -1. */
  private static int slot(Arg slots, int i, int rows) {
    int s = slots.i()[i];
    return s == -1 ? -1 : IndexOutOfRange.check(s, rows, i);
  }

  private static double gate(Arg[] in, int i) {
    return in.length == 3 ? in[2].f()[i] : 1;
  }

  private static double[] dispatch(int slots, Arg[] in) {
    int k = in[1].last();
    int d = in[0].last();
    double[] out = new double[slots * d];
    for (int i = 0; i < in[1].i().length; i++) {
      int s = slot(in[1], i, slots);
      for (int c = 0; c < d && s >= 0; c++) {
        out[s * d + c] += gate(in, i) * in[0].f()[i / k * d + c];
      }
    }
    return out;
  }

  private static double[] combine(Arg[] in) {
    int k = in[1].last();
    int d = in[0].last();
    double[] out = new double[in[1].rows() * d];
    for (int i = 0; i < in[1].i().length; i++) {
      int s = slot(in[1], i, in[0].rows());
      for (int c = 0; c < d && s >= 0; c++) {
        out[i / k * d + c] += gate(in, i) * in[0].f()[s * d + c];
      }
    }
    return out;
  }

  private static double[] dots(Arg[] in) {
    int k = in[2].last();
    int d = in[0].last();
    double[] out = new double[in[2].i().length];
    for (int i = 0; i < out.length; i++) {
      int s = slot(in[2], i, in[1].rows());
      out[i] = s < 0 ? 0 : AttendEval.dot(in[0].f(), i / k * d, in[1].f(), s * d, d);
    }
    return out;
  }

  private static int rows(Arg counts, int e, int capacity) {
    return Math.clamp(counts.i()[e], 0, capacity);
  }

  private static double[] grouped(boolean transposed, Arg[] in) {
    Shape x = in[0].type().shape();
    int c = x.dim(1);
    int k = x.dim(2);
    int n = in[1].type().shape().dim(transposed ? 1 : 2);
    double[] out = new double[x.dim(0) * c * n];
    for (int e = 0; e < x.dim(0); e++) {
      for (int r = e * c; r < e * c + rows(in[2], e, c); r++) {
        for (int j = 0; j < n; j++) {
          for (int i = 0; i < k; i++) {
            int w = e * k * n + (transposed ? j * k + i : i * n + j);
            out[r * n + j] += in[0].f()[r * k + i] * in[1].f()[w];
          }
        }
      }
    }
    return out;
  }

  private static double[] outer(Arg[] in) {
    Shape a = in[0].type().shape();
    int c = a.dim(1);
    int k = a.dim(2);
    int n = in[1].last();
    double[] out = new double[a.dim(0) * k * n];
    for (int e = 0; e < a.dim(0); e++) {
      for (int r = e * c; r < e * c + rows(in[2], e, c); r++) {
        for (int i = 0; i < k; i++) {
          for (int j = 0; j < n; j++) {
            out[(e * k + i) * n + j] += in[0].f()[r * k + i] * in[1].f()[r * n + j];
          }
        }
      }
    }
    return out;
  }
}
