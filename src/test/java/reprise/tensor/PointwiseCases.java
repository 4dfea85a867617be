package reprise.tensor;

import static reprise.tensor.OpCases.f;
import static reprise.tensor.OpCases.positive;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import reprise.tensor.OpCases.Case;
import reprise.tensor.OpCases.Operand;
import reprise.tensor.ir.FunctionBuilder;
import reprise.tensor.ir.Op;
import reprise.tensor.ir.Pointwise;
import reprise.tensor.ir.Pointwise.Curve;
import reprise.tensor.ir.Pointwise.Pairing;
import reprise.tensor.ir.Pointwises;
import reprise.tensor.ir.Shape;
import reprise.tensor.ir.Value;

/** Further functions of elements and pairs. */
final class PointwiseCases {
  private final List<Case> cases = new ArrayList<>();

  private PointwiseCases() {}

  static List<Case> all() {
    PointwiseCases c = new PointwiseCases();
    for (Curve curve : Curve.values()) {
      c.curve(curve);
    }
    for (Pairing p : Pairing.values()) {
      Op op = new Pointwise.Zip(p);
      Operand a = p == Pairing.POWER ? positive(5, 21) : f(5, 21);
      Operand b = p == Pairing.DIV ? positive(5, 21) : f(5, 21);
      c.add("zip " + p, op, a, b);
      Operand row = p == Pairing.DIV ? positive(3, 1, 21) : f(3, 1, 21);
      Operand deep = p == Pairing.POWER ? positive(2, 3, 4, 21) : f(2, 3, 4, 21);
      c.add("zip " + p + " middle", op, deep, row);
    }
    Op mul = new Pointwise.Zip(Pairing.MUL);
    c.add("zip last", mul, f(4, 21, 5), f(21, 1));
    c.add("zip scalar", mul, f(4, 21), f());
    c.add("zip ones", mul, f(4, 1, 3, 1, 2, 5), f(4, 1, 1, 1, 1, 5));
    c.add("zip large", mul, f(9, 7, 130), f(9, 1, 130));
    c.add("select", new Pointwise.Select(), f(45), f(45), f(45));
    c.add("detach", new Pointwise.Detach(), false, f(45));
    c.word("broadcast both", (x, y) -> Pointwises.sub(x, y), f(4, 1, 5), f(3, 1));
    c.word(
        "broadcast to", (x, _) -> Pointwises.broadcast(x, Shape.of(2, 4, 3, 5)), f(4, 1, 5), f());
    c.word("outer", Pointwises::outer, f(2, 5), f(2, 7));
    c.word("gated", (x, _) -> Pointwises.gated(x, Value::silu), f(3, 14), f());
    c.word(
        "maximum of detached",
        (x, y) -> Pointwises.maximum(x, Pointwises.detach(y)),
        true,
        f(9),
        f());
    return c.cases;
  }

  private void curve(Curve curve) {
    double a =
        switch (curve) {
          case LEAKY_RELU -> 0.01;
          case ELU -> 1.5;
          case CLAMP -> -0.4;
          case POWER -> 2.5;
          default -> 0;
        };
    double b = curve == Curve.CLAMP ? 0.7 : 0;
    boolean half = curve == Curve.POWER || curve == Curve.RSQRT || curve == Curve.LOG1P;
    Operand x = half ? positive(3, 37) : f(3, 37);
    add("map " + curve, new Pointwise.Map(curve, a, b), x);
    add("map_grad " + curve, new Pointwise.MapGrad(curve, a, b), false, x, f(3, 37));
    add(
        "map wide " + curve,
        (f, in) ->
            List.of(
                f.apply(
                    new Pointwise.Map(curve, a, b),
                    in.getFirst().scale(curve == Curve.EXPM1 ? 3 : 30))),
        true,
        half ? positive(67) : f(67));
  }

  private void add(String name, Op op, Operand... operands) {
    add(name, op, true, operands);
  }

  private void add(String name, Op op, boolean differentiable, Operand... operands) {
    add(name, (f, in) -> f.applyAll(op, in.toArray(Value[]::new)), differentiable, operands);
  }

  private void word(String name, java.util.function.BinaryOperator<Value> word, Operand... x) {
    word(name, word, false, x);
  }

  private void word(
      String name,
      java.util.function.BinaryOperator<Value> word,
      boolean forwardOnly,
      Operand... x) {
    add(name, (f, in) -> List.of(word.apply(in.get(0), in.get(1))), !forwardOnly, x);
  }

  private void add(
      String name,
      BiFunction<FunctionBuilder, List<Value>, List<Value>> body,
      boolean differentiable,
      Operand... operands) {
    cases.add(new Case(name, List.of(operands), body, differentiable));
  }
}
