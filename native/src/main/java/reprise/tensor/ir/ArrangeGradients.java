package reprise.tensor.ir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import reprise.tensor.ir.Arrange.Running;

/** Vector-Jacobian products of {@link Arrange}. */
final class ArrangeGradients {
  private ArrangeGradients() {}

  static List<Value> vjp(
      FunctionBuilder f, Arrange op, Instruction i, List<Value> in, Value y, Value dy) {
    return switch (op) {
      case Arrange.Scan s when s.running() == Running.SUM ->
          List.of(f.apply(new Arrange.Scan(Running.SUM, s.axis(), !s.reverse()), dy));
      case Arrange.Scan s ->
          List.of(
              f.apply(
                  new Arrange.ScanGrad(s.running(), s.axis(), s.reverse()), in.getFirst(), y, dy));
      case Arrange.Order o -> {
        int extent = in.getFirst().shape().dim(o.axis());
        yield List.of(f.apply(new Arrange.PutAlong(o.axis(), extent), f.value(i.first() + 1), dy));
      }
      case Arrange.TakeAlong t -> {
        int extent = in.getFirst().shape().dim(t.axis());
        yield Arrays.asList(f.apply(new Arrange.PutAlong(t.axis(), extent), in.get(1), dy), null);
      }
      case Arrange.PutAlong p ->
          Arrays.asList(null, f.apply(new Arrange.TakeAlong(p.axis()), dy, in.get(0)));
      case Arrange.Concat c -> {
        List<Value> parts = new ArrayList<>();
        int at = 0;
        for (Value x : in) {
          int length = x.shape().dim(c.axis());
          parts.add(dy.slice(c.axis(), at, length));
          at += length;
        }
        yield parts;
      }
      case Arrange.Reverse _, Arrange.Band _ -> List.of(f.apply(op, dy));
      case Arrange.ScanGrad _ ->
          throw new UnsupportedOperationException("no derivative of " + ProgramText.print(i));
      case Arrange.Best _, Arrange.OneHot _, Arrange.Iota _ -> List.of();
    };
  }

  /** The derivative of a maximum over the axes [from, to): to the first of the largest. */
  static Value maximum(FunctionBuilder f, Layout.Reduce r, Value x, Value dy) {
    Shape s = x.shape();
    int outer = s.product(0, r.from());
    int middle = s.product(r.from(), r.to());
    int inner = s.product(r.to(), s.rank());
    Value at = f.apply(new Arrange.Best(true, 1), x.reshape(outer, middle, inner));
    return f.apply(
            new Arrange.PutAlong(1, middle),
            at.reshape(outer, 1, inner),
            dy.reshape(outer, 1, inner))
        .reshape(s);
  }
}
