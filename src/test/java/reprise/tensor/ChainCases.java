package reprise.tensor;

import java.util.ArrayList;
import java.util.List;
import reprise.tensor.OpCases.Case;
import reprise.tensor.OpCases.Operand;
import reprise.tensor.ir.Elementwise;
import reprise.tensor.ir.ElementwiseChain;
import reprise.tensor.ir.Shape;
import reprise.tensor.ir.Value;

/** Chains: every step there is, operands of all kinds, blocks that do not divide. */
final class ChainCases {
  private ChainCases() {}

  static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    add(
        cases,
        "repetitions",
        Shape.of(3, 5, 7),
        "wide 1;sub 0 4;mul 5 2;add 6 3;square 7",
        OpCases.f(3, 5, 7),
        OpCases.f(3, 5),
        OpCases.f(7),
        OpCases.f());
    add(
        cases,
        "long",
        Shape.of(19, 1021),
        "mul 0 1;affine 2 -0.5 1.5;grad_gelu 3 0;div 4 1",
        OpCases.f(19, 1021),
        OpCases.positive(1021));
    add(
        cases,
        "long rows",
        Shape.of(3, 1021),
        "wide 0;mul 2 1;tanh 3;wide 0;sub 4 5",
        OpCases.f(3),
        OpCases.f(3, 1021));
    for (Elementwise.Function f : Elementwise.Function.values()) {
      String name = f.name().toLowerCase(java.util.Locale.ROOT);
      add(
          cases,
          name,
          Shape.of(1300),
          name + " 0;grad_" + name + " 0 1;add 2 0",
          OpCases.positive(1300));
    }
    return cases;
  }

  private static void add(
      List<Case> cases, String name, Shape shape, String text, Operand... operands) {
    ElementwiseChain op = new ElementwiseChain(shape, text);
    cases.add(
        new Case(
            "chain " + name,
            List.of(operands),
            (f, in) -> List.of(f.apply(op, in.toArray(Value[]::new))),
            false));
  }
}
