package reprise.tensor.reference;

import java.util.Arrays;
import java.util.List;
import reprise.tensor.SessionOptions;
import reprise.tensor.ir.Arrange;
import reprise.tensor.ir.Attend;
import reprise.tensor.ir.Attention;
import reprise.tensor.ir.Criterion;
import reprise.tensor.ir.Cut;
import reprise.tensor.ir.Elementwise;
import reprise.tensor.ir.ElementwiseChain;
import reprise.tensor.ir.Examples;
import reprise.tensor.ir.Experts;
import reprise.tensor.ir.Factor;
import reprise.tensor.ir.Fourier;
import reprise.tensor.ir.Fused;
import reprise.tensor.ir.Incremental;
import reprise.tensor.ir.Instruction;
import reprise.tensor.ir.Layout;
import reprise.tensor.ir.Linear;
import reprise.tensor.ir.Lookup;
import reprise.tensor.ir.Loss;
import reprise.tensor.ir.Noise;
import reprise.tensor.ir.Normalise;
import reprise.tensor.ir.Optimise;
import reprise.tensor.ir.Pointwise;
import reprise.tensor.ir.Quantise;
import reprise.tensor.ir.RandomOp;
import reprise.tensor.ir.Recurrent;
import reprise.tensor.ir.Spatial;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.Update;

/** One node from operand arrays to result arrays. */
record Evaluator(SessionOptions options, int callStep) {
  /** One operand: its type and its array. */
  record Arg(TensorType type, Object array) {
    double[] f() {
      return (double[]) array;
    }

    int[] i() {
      return (int[]) array;
    }

    /** Last extent. */
    int last() {
      return type.shape().dim(-1);
    }

    int rows() {
      return type.shape().rows();
    }
  }

  Object[] evaluate(Instruction i, Object[] arrays, List<TensorType> types) {
    Arg[] in = new Arg[arrays.length];
    for (int k = 0; k < in.length; k++) {
      in[k] = new Arg(types.get(k), arrays[k]);
    }
    return switch (i.op()) {
      case Elementwise e -> new Object[] {ElementwiseEval.evaluate(e, in)};
      case Linear.MatMul m -> new Object[] {matmul(m, in[0], in[1], i.types().getFirst())};
      case Layout l -> new Object[] {LayoutEval.evaluate(l, in, i.types().getFirst())};
      case Normalise n -> NormaliseEval.evaluate(n, in);
      case Attend a -> AttendEval.evaluate(a, in);
      case Attention a -> AttentionEval.evaluate(a, in);
      case Experts e -> ExpertsEval.evaluate(e, in);
      case Incremental n -> IncrementalEval.evaluate(n, in, options);
      case Loss l -> LossEval.evaluate(l, in);
      case Lookup l -> new Object[] {lookup(l, in)};
      case RandomOp r -> RandomEval.evaluate(r, in, options, callStep);
      case Optimise o -> OptimiseEval.evaluate(o, in);
      case ElementwiseChain c -> new Object[] {ChainEval.evaluate(c, in)};
      case Update u -> UpdateEval.evaluate(u, in);
      case Recurrent g -> RecurrentEval.evaluate(g, in);
      case Fourier t -> FourierEval.evaluate(t, in);
      case Factor w -> FactorEval.evaluate(w, in, i.types());
      case Cut c -> CutEval.evaluate(c, in);
      case Criterion c -> CriterionEval.evaluate(c, in);
      case Noise z -> NoiseEval.evaluate(z, in, options);
      case Arrange a -> ArrangeEval.evaluate(a, in);
      case Fused x -> FusedEval.evaluate(x, in, i.types());
      case Pointwise p -> PointwiseEval.evaluate(p, in);
      case Quantise q -> QuantiseEval.evaluate(q, in, options);
      case Examples e -> ExamplesEval.evaluate(e, in, options);
      case Spatial s -> SpatialEval.evaluate(s, in, i.types().getFirst());
    };
  }

  /** c[m,n] = sum_k op(a)[m,k] op(b)[k,n] for each leading index. */
  static double[] matmul(Linear.MatMul op, Arg a, Arg b, TensorType c) {
    int n = c.shape().dim(-1);
    int k = a.type().shape().dim(op.transposeA() ? -2 : -1);
    boolean shared = b.type().shape().rank() == 2;
    int batches = shared ? 1 : c.size() / (c.shape().dim(-2) * n);
    int m = c.size() / n / batches;
    double[] out = new double[c.size()];
    double[] row = new double[n];
    for (int batch = 0; batch < batches; batch++) {
      int a0 = batch * m * k;
      int b0 = batch * k * n;
      for (int i = 0; i < m; i++) {
        Arrays.fill(row, 0);
        for (int x = 0; x < k; x++) {
          double s = a.f()[a0 + (op.transposeA() ? x * m + i : i * k + x)];
          for (int j = 0; j < n; j++) {
            row[j] += s * b.f()[b0 + (op.transposeB() ? j * k + x : x * n + j)];
          }
        }
        System.arraycopy(row, 0, out, (batch * m + i) * n, n);
      }
    }
    return out;
  }

  private static double[] lookup(Lookup op, Arg[] in) {
    return switch (op) {
      case Lookup.Gather _ -> {
        int d = in[0].last();
        int[] index = in[1].i();
        double[] out = new double[index.length * d];
        for (int r = 0; r < index.length; r++) {
          int row = IndexOutOfRange.check(index[r], in[0].rows(), r);
          System.arraycopy(in[0].f(), row * d, out, r * d, d);
        }
        yield out;
      }
      case Lookup.ScatterAdd s -> {
        int d = in[1].last();
        double[] out = new double[s.rows() * d];
        int[] index = in[0].i();
        for (int r = 0; r < index.length; r++) {
          int row = IndexOutOfRange.check(index[r], s.rows(), r);
          for (int j = 0; j < d; j++) {
            out[row * d + j] += in[1].f()[r * d + j];
          }
        }
        yield out;
      }
    };
  }
}
