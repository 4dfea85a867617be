package reprise.tensor.cpu;

import reprise.tensor.ir.Elementwise.Function;
import reprise.tensor.ir.Fused;
import reprise.tensor.ir.Instruction;
import reprise.tensor.ir.Shape;

/** Fused operations to instructions. */
final class FusedLowering {
  private FusedLowering() {}

  static void lower(Fused op, Instruction i, Emitter code) {
    switch (op) {
      case Fused.Dense d -> {
        int last = i.inputs().size() - 1;
        dense(
            i,
            code,
            code.result(i, 0),
            Emitter.NONE,
            d.bias() ? code.in(i, 2) : Emitter.NONE,
            d.residual() ? code.in(i, last) : Emitter.NONE,
            Emitter.NONE,
            d.transposeW(),
            Function.RELU);
      }
      case Fused.DenseActivation d ->
          dense(
              i,
              code,
              code.result(i, 1),
              code.result(i, 0),
              d.bias() ? code.in(i, 2) : Emitter.NONE,
              Emitter.NONE,
              Emitter.NONE,
              d.transposeW(),
              d.function());
      case Fused.DenseActivationGrad d ->
          dense(
              i,
              code,
              code.result(i, 0),
              Emitter.NONE,
              Emitter.NONE,
              Emitter.NONE,
              code.in(i, 2),
              d.transposeW(),
              d.function());
      case Fused.DenseWeightGrad _ -> {
        Shape x = code.type(i, 0).shape();
        code.emit(
            Opcode.DENSE_WEIGHT_GRAD,
            code.result(i, 0),
            code.result(i, 1),
            code.in(i, 0),
            code.in(i, 1),
            x.dim(0),
            x.dim(1),
            code.type(i, 1).shape().dim(1));
      }
      case Fused.LayerNormGradAdd g -> {
        Shape x = code.type(i, 0).shape();
        code.emit(
            Opcode.NORM_GRAD_ADD,
            code.result(i, 0),
            code.result(i, 1),
            g.bias() ? code.result(i, 2) : Emitter.NONE,
            code.in(i, 0),
            code.in(i, 1),
            code.in(i, 2),
            code.in(i, 3),
            code.in(i, 4),
            code.in(i, 5),
            x.rows(),
            x.dim(-1));
      }
      case Fused.RmsNormGradAdd _ -> {
        Shape x = code.type(i, 0).shape();
        code.emit(
            Opcode.NORM_GRAD_ADD,
            code.result(i, 0),
            code.result(i, 1),
            Emitter.NONE,
            code.in(i, 0),
            code.in(i, 1),
            Emitter.NONE,
            code.in(i, 2),
            code.in(i, 3),
            code.in(i, 4),
            x.rows(),
            x.dim(-1));
      }
      case Fused.LinearCrossEntropy e -> crossEntropy(i, code, e.transposeW(), false);
      case Fused.LinearCrossEntropyStep e -> crossEntropy(i, code, e.transposeW(), true);
      case Fused.ScatterOnto _ -> {
        Shape table = code.type(i, 0).shape();
        code.emit(
            Opcode.SCATTER_ONTO,
            code.result(i, 0),
            code.in(i, 0),
            code.in(i, 1),
            code.in(i, 2),
            code.type(i, 1).size(),
            table.dim(0),
            table.dim(1));
      }
    }
  }

  private static void crossEntropy(
      Instruction i, Emitter code, boolean transposed, boolean gradients) {
    Shape x = code.type(i, 0).shape();
    code.emit(
        Opcode.LINEAR_CROSS_ENTROPY,
        code.result(i, 0),
        code.result(i, 1),
        gradients ? code.result(i, 2) : Emitter.NONE,
        gradients ? code.result(i, 3) : Emitter.NONE,
        code.in(i, 0),
        code.in(i, 1),
        code.in(i, 2),
        gradients ? code.in(i, 3) : Emitter.NONE,
        x.rows(),
        code.type(i, 1).shape().dim(transposed ? 0 : 1),
        x.dim(-1),
        transposed ? 1 : 0);
  }

  private static void dense(
      Instruction i,
      Emitter code,
      long y,
      long active,
      long bias,
      long residual,
      long slope,
      boolean transposed,
      Function function) {
    Shape a = code.type(i, 0).shape();
    code.emit(
        Opcode.DENSE,
        y,
        active,
        code.in(i, 0),
        code.in(i, 1),
        bias,
        residual,
        slope,
        a.rows(),
        i.types().getFirst().shape().dim(-1),
        a.dim(-1),
        transposed ? 1 : 0,
        function.ordinal());
  }
}
