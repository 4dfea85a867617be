package reprise.tensor.cpu;

import reprise.tensor.ir.Instruction;
import reprise.tensor.ir.Shape;
import reprise.tensor.ir.Spatial;

/** Convolutions, pooling and batch normalisation to instructions. */
final class SpatialLowering {
  private SpatialLowering() {}

  static void lower(Emitter code, Spatial op, Instruction i) {
    Shape x = code.type(i, 0).shape();
    Shape y = i.types().getFirst().shape();
    long result = code.result(i, 0);
    switch (op) {
      case Spatial.Conv2d c -> {
        Shape w = code.type(i, 1).shape();
        convolution(code, Opcode.CONV, i, c, x, w);
      }
      case Spatial.Conv2dInputGrad g ->
          convolution(code, Opcode.CONV_INPUT, i, g.convolution(), y, code.type(i, 1).shape());
      case Spatial.Conv2dWeightGrad g ->
          convolution(code, Opcode.CONV_WEIGHT, i, g.convolution(), x, y);
      case Spatial.Pool2d p -> pooling(code, Opcode.POOL, p, x, result, code.in(i, 0));
      case Spatial.Pool2dGrad g ->
          pooling(
              code,
              Opcode.POOL_GRAD,
              g.pool(),
              x,
              result,
              code.in(i, 0),
              code.in(i, 1),
              code.in(i, 2));
      case Spatial.BatchNorm b ->
          code.emit(
              Opcode.BATCH_NORM,
              result,
              code.result(i, 1),
              code.result(i, 2),
              code.in(i, 0),
              code.in(i, 1),
              code.in(i, 2),
              i.inputs().size() == 4 ? code.in(i, 3) : Emitter.NONE,
              x.rows(),
              x.dim(-1),
              Emitter.bits(b.eps()),
              b.relu() ? 1 : 0);
      case Spatial.BatchNormGrad g ->
          code.emit(
              Opcode.BATCH_NORM_GRAD,
              result,
              code.result(i, 1),
              code.result(i, 2),
              g.residual() ? code.result(i, 3) : Emitter.NONE,
              code.in(i, 0),
              code.in(i, 1),
              code.in(i, 2),
              code.in(i, 3),
              code.in(i, 4),
              code.in(i, 5),
              g.residual() ? code.in(i, 6) : Emitter.NONE,
              x.rows(),
              x.dim(-1),
              Emitter.bits(g.eps()),
              g.relu() ? 1 : 0);
    }
  }

  private static void convolution(
      Emitter code, Opcode opcode, Instruction i, Spatial.Conv2d c, Shape x, Shape w) {
    code.emit(
        opcode,
        code.result(i, 0),
        code.in(i, 0),
        code.in(i, 1),
        x.dim(0),
        x.dim(1),
        x.dim(2),
        x.dim(3),
        w.dim(0),
        w.dim(1),
        w.dim(3),
        c.groups(),
        c.strideY(),
        c.strideX(),
        c.paddingY(),
        c.paddingX(),
        c.dilationY(),
        c.dilationX());
  }

  private static void pooling(
      Emitter code, Opcode opcode, Spatial.Pool2d p, Shape x, long... tensors) {
    long[] extents = {
      x.dim(0),
      x.dim(1),
      x.dim(2),
      x.dim(3),
      p.ky(),
      p.kx(),
      p.strideY(),
      p.strideX(),
      p.paddingY(),
      p.paddingX(),
      p.pooling() == Spatial.Pooling.MEAN ? 1 : 0
    };
    long[] all = java.util.Arrays.copyOf(tensors, tensors.length + extents.length);
    System.arraycopy(extents, 0, all, tensors.length, extents.length);
    code.emit(opcode, all);
  }
}
