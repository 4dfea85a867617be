package reprise.tensor;

import java.util.ArrayList;
import java.util.List;
import reprise.tensor.OpCases.Case;
import reprise.tensor.OpCases.Fill;
import reprise.tensor.OpCases.Operand;
import reprise.tensor.ir.Experts;
import reprise.tensor.ir.Op;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.Value;

/** Cases of mixtures of experts. */
final class ExpertsCases {
  private static final int N = 23;
  private static final int EXPERTS = 5;

  private final List<Case> cases = new ArrayList<>();

  private ExpertsCases() {}

  static List<Case> all() {
    ExpertsCases c = new ExpertsCases();
    c.route();
    c.moves();
    c.products();
    return c.cases;
  }

  private static Operand f(int... dims) {
    return new Operand(TensorType.f32(dims), Fill.NORMAL, 0);
  }

  private static Operand index(int limit, int... dims) {
    return new Operand(TensorType.i32(dims), Fill.INDEX, limit);
  }

  private void add(String name, boolean differentiable, Op op, Operand... operands) {
    cases.add(
        new Case(
            name,
            List.of(operands),
            (f, in) -> f.applyAll(op, in.toArray(Value[]::new)),
            differentiable));
  }

  private void route() {
    add("route one", false, new Experts.Route(1, 4), f(N, EXPERTS));
    add("route two", false, new Experts.Route(2, 30), f(N, EXPERTS));
    add("route all", false, new Experts.Route(EXPERTS, 7), f(N, EXPERTS));
    add("pick", true, new Experts.Pick(), f(N, EXPERTS), index(EXPERTS, N, 2));
    add("pick_grad", true, new Experts.PickGrad(EXPERTS), f(N, 2), index(EXPERTS, N, 2));
  }

  /** Rows to the slots that a router gives them, so that some are dropped, and back. */
  private void moves() {
    for (int capacity : new int[] {3, 20}) {
      for (boolean gated : new boolean[] {false, true}) {
        cases.add(
            new Case(
                "dispatch, capacity " + capacity + (gated ? ", gated" : ""),
                List.of(f(N, 9), f(N, EXPERTS), f(N, 2)),
                (f, in) -> {
                  Value slot = f.applyAll(new Experts.Route(2, capacity), in.get(1)).get(1);
                  Op op = new Experts.Dispatch(EXPERTS * capacity);
                  return List.of(
                      gated
                          ? f.apply(op, in.get(0), slot, in.get(2))
                          : f.apply(op, in.get(0), slot));
                },
                true));
        cases.add(
            new Case(
                "combine, capacity " + capacity + (gated ? ", gated" : ""),
                List.of(f(EXPERTS * capacity, 9), f(N, EXPERTS), f(N, 2)),
                (f, in) -> {
                  Value slot = f.applyAll(new Experts.Route(2, capacity), in.get(1)).get(1);
                  Op op = new Experts.Combine();
                  return List.of(
                      gated
                          ? f.apply(op, in.get(0), slot, in.get(2))
                          : f.apply(op, in.get(0), slot));
                },
                true));
      }
    }
  }

  private void products() {
    add(
        "grouped_mat_mul",
        true,
        new Experts.GroupedMatMul(false),
        f(4, 6, 7),
        f(4, 7, 11),
        index(9, 4));
    add(
        "grouped_mat_mul transposed",
        true,
        new Experts.GroupedMatMul(true),
        f(4, 6, 7),
        f(4, 11, 7),
        index(9, 4));
    add("grouped_outer", false, new Experts.GroupedOuter(), f(4, 6, 7), f(4, 6, 11), index(9, 4));
  }
}
