package reprise.tensor.ir;

import java.util.Arrays;
import java.util.List;

/** Vector-Jacobian products of {@link Spatial}. A convolution is linear in each operand. */
final class SpatialGradients {
  private SpatialGradients() {}

  static List<Value> vjp(
      FunctionBuilder f, Instruction i, Spatial op, List<Value> in, Value dy, boolean[] active) {
    Value y = f.value(i.first());
    return switch (op) {
      case Spatial.Conv2d c ->
          Arrays.asList(
              active[in.get(0).id()] ? input(f, c, dy, in.get(1), in.get(0)) : null,
              active[in.get(1).id()] ? weight(f, c, in.get(0), dy, in.get(1)) : null);
      case Spatial.Conv2dInputGrad g -> {
        // dx = T(dy, w): its adjoint d is an image, convolved for dy, against dy for w
        Spatial.Conv2d c = g.convolution();
        yield Arrays.asList(
            active[in.get(0).id()] ? f.apply(c, dy, in.get(1)) : null,
            active[in.get(1).id()] ? weight(f, c, dy, in.get(0), in.get(1)) : null);
      }
      case Spatial.Conv2dWeightGrad g -> {
        Spatial.Conv2d c = g.convolution();
        yield Arrays.asList(
            active[in.get(0).id()] ? input(f, c, in.get(1), dy, in.get(0)) : null,
            active[in.get(1).id()] ? f.apply(c, in.get(0), dy) : null);
      }
      case Spatial.Pool2d p -> List.of(f.apply(Spatial.Pool2dGrad.of(p), in.get(0), y, dy));
      case Spatial.BatchNorm b -> {
        Value mean = f.value(i.first() + 1);
        Value variance = f.value(i.first() + 2);
        boolean residual = in.size() == 4;
        Spatial.BatchNormGrad g = new Spatial.BatchNormGrad(b.eps(), b.relu(), residual);
        yield residual
            ? f.applyAll(g, in.get(0), in.get(1), in.get(2), mean, variance, dy, y)
            : f.applyAll(g, in.get(0), in.get(1), in.get(2), mean, variance, dy);
      }
      case Spatial.Pool2dGrad _, Spatial.BatchNormGrad _ ->
          throw new UnsupportedOperationException("no derivative of " + ProgramText.print(i));
    };
  }

  private static Value input(FunctionBuilder f, Spatial.Conv2d c, Value dy, Value w, Value x) {
    return f.apply(Spatial.Conv2dInputGrad.of(c, x.shape().dim(1), x.shape().dim(2)), dy, w);
  }

  private static Value weight(FunctionBuilder f, Spatial.Conv2d c, Value x, Value dy, Value w) {
    return f.apply(Spatial.Conv2dWeightGrad.of(c, w.shape().dim(0), w.shape().dim(1)), x, dy);
  }
}
