package reprise.tensor;

import static reprise.tensor.OpCases.f;
import static reprise.tensor.OpCases.index;

import java.util.ArrayList;
import java.util.List;
import reprise.tensor.OpCases.Case;
import reprise.tensor.OpCases.Operand;
import reprise.tensor.ir.Grid;
import reprise.tensor.ir.Grid.Blocks;
import reprise.tensor.ir.Grid.Scale;
import reprise.tensor.ir.Op;
import reprise.tensor.ir.Quantise;
import reprise.tensor.ir.Quantise.Pass;
import reprise.tensor.ir.Quantise.Rounding;
import reprise.tensor.ir.Value;

/**
 * Grids, block shapes and roundings. Their derivative is not that of the function: see
 * QuantiseTest.
 */
final class QuantiseCases {
  private static final List<Grid> GRIDS =
      List.of(
          Grid.E4M3,
          Grid.E5M2,
          Grid.E2M1,
          Grid.E3M0,
          Grid.BF16,
          Grid.FP16,
          new Grid.Floating(8, 23, Grid.Specials.IEEE, false),
          new Grid.Floating(1, 4, Grid.Specials.NONE, true),
          Grid.INT8,
          Grid.INT4,
          new Grid.Whole(4, false),
          new Grid.Whole(16, false));

  private final List<Case> cases = new ArrayList<>();

  private QuantiseCases() {}

  static List<Case> all() {
    QuantiseCases c = new QuantiseCases();
    for (Grid g : GRIDS) {
      boolean signed = !(g instanceof Grid.Whole w) || w.symmetric();
      if (signed) {
        c.round(g, Blocks.none(), f(5, 37));
      }
      c.round(g, Blocks.tensor(), f(5, 37));
      c.round(g, new Blocks(Scale.POWER_OF_TWO, 1, 16), f(5, 37, 3));
    }
    c.round(Grid.INT8, Blocks.along(0), f(70, 130));
    c.round(Grid.INT4, new Blocks(Scale.F32, 1, 32), f(70, 130));
    c.round(Grid.E2M1, Blocks.microscaling(2), f(3, 2, 70));
    c.round(Grid.E4M3, Blocks.tensor(), f(3, 9001));
    c.round(Grid.E4M3, new Blocks(Scale.F32, 0, 0), f(20_001));
    c.round(Grid.E4M3, Blocks.none(), f(20_001));
    c.add(
        "round_gradient",
        new Quantise.RoundGradient(Grid.E5M2, Blocks.tensor(), Rounding.NEAREST, 0),
        f(37));
    return c.cases;
  }

  private void round(Grid g, Blocks b, Operand x) {
    String name = "round " + g + " " + b + " " + x.type();
    add(name, new Quantise.Round(g, b, Rounding.NEAREST, 0, Pass.STRAIGHT), x);
    add(
        name + " at random",
        new Quantise.Round(g, b, Rounding.STOCHASTIC, 7, Pass.STRAIGHT),
        x,
        index(9));
  }

  private void add(String name, Op op, Operand... operands) {
    cases.add(
        new Case(
            name, List.of(operands), (f, in) -> f.applyAll(op, in.toArray(Value[]::new)), false));
  }
}
