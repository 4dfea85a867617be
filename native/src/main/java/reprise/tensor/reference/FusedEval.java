package reprise.tensor.reference;

import java.util.Arrays;
import java.util.List;
import reprise.tensor.ir.Elementwise;
import reprise.tensor.ir.Fused;
import reprise.tensor.ir.Linear;
import reprise.tensor.ir.Loss;
import reprise.tensor.ir.Normalise;
import reprise.tensor.ir.TensorType;
import reprise.tensor.reference.Evaluator.Arg;

/** Fused operations as the sequence of operations they stand for. */
final class FusedEval {
  private FusedEval() {}

  static Object[] evaluate(Fused op, Arg[] in, List<TensorType> types) {
    return switch (op) {
      case Fused.Dense d -> {
        double[] y = product(d.transposeW(), in, types.getFirst());
        if (d.bias()) {
          addRow(y, in[2].f());
        }
        yield new Object[] {d.residual() ? sum(y, in[in.length - 1].f()) : y};
      }
      case Fused.DenseActivation d -> {
        double[] h = product(d.transposeW(), in, types.getFirst());
        if (d.bias()) {
          addRow(h, in[2].f());
        }
        Arg[] x = {new Arg(types.getFirst(), h)};
        yield new Object[] {ElementwiseEval.evaluate(new Elementwise.Unary(d.function()), x), h};
      }
      case Fused.DenseActivationGrad d -> {
        Arg dy = new Arg(types.getFirst(), product(d.transposeW(), in, types.getFirst()));
        Arg[] operands = {in[2], dy};
        yield new Object[] {
          ElementwiseEval.evaluate(new Elementwise.UnaryGrad(d.function()), operands)
        };
      }
      case Fused.DenseWeightGrad _ -> {
        double[] dw =
            Evaluator.matmul(new Linear.MatMul(true, false), in[0], in[1], types.getFirst());
        double[] db = new double[in[1].last()];
        for (int r = 0; r < in[1].rows(); r++) {
          for (int j = 0; j < db.length; j++) {
            db[j] += in[1].f()[r * db.length + j];
          }
        }
        yield new Object[] {dw, db};
      }
      case Fused.LayerNormGradAdd g ->
          added(NormaliseEval.evaluate(new Normalise.LayerNormGrad(g.bias()), head(in)), in[5].f());
      case Fused.RmsNormGradAdd _ ->
          added(NormaliseEval.evaluate(new Normalise.RmsNormGrad(), head(in)), in[4].f());
      case Fused.LinearCrossEntropy e -> crossEntropy(e.transposeW(), in, types.getFirst());
      case Fused.LinearCrossEntropyStep e -> crossEntropy(e.transposeW(), in, types.getFirst());
      case Fused.ScatterOnto _ -> {
        int d = in[2].last();
        double[] table = in[0].f().clone();
        int[] index = in[1].i();
        for (int i = 0; i < index.length; i++) {
          int row = IndexOutOfRange.check(index[i], in[0].rows(), i);
          for (int j = 0; j < d; j++) {
            table[row * d + j] += in[2].f()[i * d + j];
          }
        }
        yield new Object[] {table};
      }
    };
  }

  private static Object[] crossEntropy(boolean transposed, Arg[] in, TensorType rowsType) {
    int v = in[1].type().shape().dim(transposed ? 0 : 1);
    TensorType type = rowsType.withShape(rowsType.shape().append(v));
    Arg logits = new Arg(type, product(transposed, in, type));
    Object[] loss = LossEval.evaluate(new Loss.CrossEntropy(), new Arg[] {logits, in[2]});
    if (in.length == 3) {
      return loss;
    }
    Arg[] operands = {logits, in[2], new Arg(rowsType, loss[1]), in[3]};
    int rows = rowsType.size();
    TensorType flat = TensorType.f32(rows, v);
    Arg dz = new Arg(flat, LossEval.evaluate(new Loss.CrossEntropyGrad(), operands)[0]);
    Arg x = new Arg(TensorType.f32(rows, in[0].last()), in[0].f());
    double[] dx = Evaluator.matmul(new Linear.MatMul(false, !transposed), dz, in[1], x.type());
    double[] dw =
        Evaluator.matmul(
            new Linear.MatMul(true, false), transposed ? dz : x, transposed ? x : dz, in[1].type());
    return new Object[] {loss[0], loss[1], dx, dw};
  }

  private static double[] product(boolean transposed, Arg[] in, TensorType y) {
    return Evaluator.matmul(new Linear.MatMul(false, transposed), in[0], in[1], y);
  }

  private static Arg[] head(Arg[] in) {
    return Arrays.copyOf(in, in.length - 1);
  }

  private static void addRow(double[] y, double[] row) {
    for (int i = 0; i < y.length; i++) {
      y[i] += row[i % row.length];
    }
  }

  private static double[] sum(double[] a, double[] b) {
    double[] y = new double[a.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = a[i] + b[i];
    }
    return y;
  }

  private static Object[] added(Object[] results, double[] residual) {
    results[0] = sum((double[]) results[0], residual);
    return results;
  }
}
