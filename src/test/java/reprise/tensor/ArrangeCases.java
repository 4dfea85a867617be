package reprise.tensor;

import static reprise.tensor.OpCases.f;
import static reprise.tensor.OpCases.index;
import static reprise.tensor.OpCases.positive;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import reprise.tensor.OpCases.Case;
import reprise.tensor.OpCases.Operand;
import reprise.tensor.ir.Arrange;
import reprise.tensor.ir.Arrangements;
import reprise.tensor.ir.Layout;
import reprise.tensor.ir.Op;
import reprise.tensor.ir.Value;

/** Running folds, orderings and positions, at the first, a middle and the last axis. */
final class ArrangeCases {
  private final List<Case> cases = new ArrayList<>();

  private ArrangeCases() {}

  static List<Case> all() {
    ArrangeCases c = new ArrangeCases();
    c.operations();
    c.words();
    return c.cases;
  }

  private void operations() {
    for (Arrange.Running r : Arrange.Running.values()) {
      for (boolean reverse : new boolean[] {false, true}) {
        for (int axis = 0; axis < 3; axis++) {
          add("scan " + r + axis + reverse, new Arrange.Scan(r, axis, reverse), f(5, 7, 6));
        }
      }
    }
    add("scan long", new Arrange.Scan(Arrange.Running.SUM, 0, false), f(3001));
    add("scan wide", new Arrange.Scan(Arrange.Running.SUM, 1, true), f(3, 70, 130));
    for (int axis = 0; axis < 3; axis++) {
      forward("argmax " + axis, new Arrange.Best(true, axis), f(3, 7, 5));
      forward("argmin " + axis, new Arrange.Best(false, axis), f(3, 7, 5));
      int[] dims = {3, 7, 5};
      dims[axis] = 4;
      add("take_along " + axis, new Arrange.TakeAlong(axis), f(3, 7, 5), index(3, dims));
      add("put_along " + axis, new Arrange.PutAlong(axis, 6), index(6, 3, 7, 5), f(3, 7, 5));
      add("reverse " + axis, new Arrange.Reverse(axis), f(3, 7, 5));
      add("concat " + axis, new Arrange.Concat(axis), part(axis, 1), part(axis, 4), part(axis, 2));
      forward(
          "concat of whole numbers " + axis,
          new Arrange.Concat(axis),
          index(9, dims),
          index(5, dims));
      add("order " + axis, new Arrange.Order(axis, 3, true), f(3, 7, 5));
    }
    add("put_along large", new Arrange.PutAlong(0, 9), index(9, 70, 130), f(70, 130));
    add("top 2 of 70", new Arrange.Order(1, 2, true), f(3, 70));
    add("sort 130", new Arrange.Order(0, 130, false), f(130, 3));
    forward("one_hot", new Arrange.OneHot(9), index(9, 2, 5));
    add("band", new Arrange.Band(-2, 1), f(2, 5, 7));
    forward("iota", new Arrange.Iota(11));
    add("reduce max rows", new Layout.Reduce(Layout.Fold.MAX, 1, 2), f(3, 21));
    add("reduce max middle", new Layout.Reduce(Layout.Fold.MAX, 1, 3), f(3, 4, 5, 2));
  }

  private static Operand part(int axis, int extent) {
    int[] dims = {3, 7, 5};
    dims[axis] = extent;
    return f(dims);
  }

  private void words() {
    word("min", x -> Arrangements.min(x, 1), f(3, 7, 5));
    word("prod", x -> Arrangements.prod(x, 1), f(3, 7, 5));
    word("mean", x -> Arrangements.mean(x, 0), f(3, 7, 5));
    word("variance", x -> Arrangements.variance(x, 1, 1), f(3, 7, 5));
    word("log_sum_exp", x -> Arrangements.logSumExp(x, 1), f(3, 7, 5));
    word("softmax along 0", x -> Arrangements.softmax(x, 0), f(7, 5));
    word("log_softmax", x -> Arrangements.logSoftmax(x, 1), f(7, 5));
    word("roll", x -> Arrangements.roll(x, 1, -2), f(3, 7, 5));
    word("tril", x -> Arrangements.tril(x, 0), f(2, 5, 5));
    word("triu", x -> Arrangements.triu(x, 1), f(2, 5, 5));
    word("diagonal", Arrangements::diagonal, f(2, 3, 5, 5));
    word("diagonal_matrix", Arrangements::diagonalMatrix, f(2, 5));
    word("trace", Arrangements::trace, f(2, 5, 5));
    word("stack", x -> Arrangements.stack(1, x, x.square()), f(3, 5));
    word("split", x -> Arrangements.split(x, 1, 2, 5).get(1), f(3, 7));
    word("cumulative", x -> Arrangements.cumulativeSum(x, 0), positive(9));
    cases.add(
        new Case(
            "pick",
            List.of(f(3, 7, 5), index(7, 4)),
            (_, in) -> List.of(Arrangements.pick(in.get(0), 1, in.get(1))),
            true));
    cases.add(
        new Case(
            "matmul broadcast",
            List.of(f(3, 1, 5, 7), f(2, 7, 4)),
            (_, in) -> List.of(Arrangements.matmul(in.get(0), in.get(1))),
            true));
  }

  private void word(String name, Function<Value, Value> word, Operand x) {
    cases.add(new Case(name, List.of(x), (_, in) -> List.of(word.apply(in.getFirst())), true));
  }

  private void add(String name, Op op, Operand... operands) {
    add(name, op, true, operands);
  }

  private void forward(String name, Op op, Operand... operands) {
    add(name, op, false, operands);
  }

  private void add(String name, Op op, boolean differentiable, Operand... operands) {
    cases.add(
        new Case(
            name,
            List.of(operands),
            (f, in) -> f.applyAll(op, in.toArray(Value[]::new)),
            differentiable));
  }
}
