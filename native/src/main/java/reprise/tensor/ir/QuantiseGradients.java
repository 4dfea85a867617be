package reprise.tensor.ir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Straight-through derivatives. */
final class QuantiseGradients {
  private QuantiseGradients() {}

  static List<Value> vjp(FunctionBuilder f, Quantise op, List<Value> in, Value dy) {
    Value d =
        switch (op) {
          case Quantise.Round r when r.pass() == Quantise.Pass.CLIPPED -> {
            double max = r.grid().max();
            yield f.apply(
                new Pointwise.MapGrad(Pointwise.Curve.CLAMP, -max, max), in.getFirst(), dy);
          }
          case Quantise.Round _ -> dy;
          case Quantise.RoundGradient g -> {
            List<Value> operands = new ArrayList<>(in);
            operands.set(0, dy);
            yield f.apply(
                new Quantise.Round(
                    g.grid(), g.blocks(), g.rounding(), g.stream(), Quantise.Pass.STRAIGHT),
                operands.toArray(Value[]::new));
          }
        };
    return in.size() == 1 ? List.of(d) : Arrays.asList(d, null);
  }
}
