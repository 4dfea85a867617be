package reprise.tensor.ir;

import java.util.Arrays;
import java.util.List;

/** Vector-Jacobian products of {@link Experts}. */
final class ExpertsGradients {
  private ExpertsGradients() {}

  static List<Value> vjp(FunctionBuilder f, Experts op, Instruction i, List<Value> in, Value dy) {
    return switch (op) {
      case Experts.Pick _ ->
          Arrays.asList(
              f.apply(new Experts.PickGrad(in.get(0).shape().dim(1)), dy, in.get(1)), null);
      case Experts.PickGrad _ -> Arrays.asList(f.apply(new Experts.Pick(), dy, in.get(1)), null);
      case Experts.Dispatch _ -> {
        Value dx = moved(f, new Experts.Combine(), dy, in);
        yield in.size() == 2
            ? Arrays.asList(dx, null)
            : Arrays.asList(dx, null, f.apply(new Experts.SlotDots(), in.get(0), dy, in.get(1)));
      }
      case Experts.Combine _ -> {
        Value d = moved(f, new Experts.Dispatch(in.get(0).shape().dim(0)), dy, in);
        yield in.size() == 2
            ? Arrays.asList(d, null)
            : Arrays.asList(d, null, f.apply(new Experts.SlotDots(), dy, in.get(0), in.get(1)));
      }
      case Experts.GroupedMatMul g -> {
        Value dx = f.apply(new Experts.GroupedMatMul(!g.transposed()), dy, in.get(1), in.get(2));
        Value a = g.transposed() ? dy : in.get(0);
        Value b = g.transposed() ? in.get(0) : dy;
        yield Arrays.asList(dx, f.apply(new Experts.GroupedOuter(), a, b, in.get(2)), null);
      }
      case Experts.Route _, Experts.SlotDots _, Experts.GroupedOuter _ ->
          throw new UnsupportedOperationException("no derivative of " + ProgramText.print(i));
    };
  }

  /** The way back, by the same slots and gates. */
  private static Value moved(FunctionBuilder f, Experts op, Value d, List<Value> in) {
    return in.size() == 2 ? f.apply(op, d, in.get(1)) : f.apply(op, d, in.get(1), in.get(2));
  }
}
