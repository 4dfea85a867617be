package reprise.tensor;

import java.util.List;
import reprise.tensor.OpCases.Case;
import reprise.tensor.OpCases.Fill;
import reprise.tensor.OpCases.Operand;
import reprise.tensor.ir.Elementwise.Function;
import reprise.tensor.ir.Fused;
import reprise.tensor.ir.Op;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.Value;

/** Cases of fused operations: values only, they come after differentiation. */
final class FusedCases {
  private FusedCases() {}

  static void addTo(List<Case> cases) {
    int[][] sizes = {{7, 19, 13}, {50, 33, 17}, {37, 100, 601}, {150, 290, 70}};
    for (int[] s : sizes) {
      for (boolean tb : new boolean[] {false, true}) {
        Operand a = f(s[0], s[2]);
        Operand w = tb ? f(s[1], s[2]) : f(s[2], s[1]);
        Operand bias = f(s[1]);
        Operand c = f(s[0], s[1]);
        add(cases, "bias", s, new Fused.Dense(tb, true, false), a, w, bias);
        add(cases, "residual", s, new Fused.Dense(tb, false, true), a, w, c);
        add(cases, "bias, residual", s, new Fused.Dense(tb, true, true), a, w, bias, c);
        add(cases, "", s, new Fused.DenseActivation(tb, false, Function.RELU), a, w);
        add(cases, "bias", s, new Fused.DenseActivation(tb, true, Function.GELU), a, w, bias);
        add(cases, "", s, new Fused.DenseActivationGrad(tb, Function.GELU), a, w, c);
      }
      add(cases, "", s, new Fused.DenseWeightGrad(), f(s[2], s[0]), f(s[2], s[1]));
    }
    for (int d : new int[] {4, 37}) {
      int[] s = {70, d};
      Operand x = f(70, d);
      Operand rows = f(70);
      Operand rstd = new Operand(TensorType.f32(70), Fill.POSITIVE, 0);
      add(cases, "", s, new Fused.LayerNormGradAdd(true), x, f(d), rows, rstd, x, x);
      add(cases, "no bias", s, new Fused.LayerNormGradAdd(false), x, f(d), rows, rstd, x, x);
      add(cases, "", s, new Fused.RmsNormGradAdd(), x, f(d), rstd, x, x);
    }
    heads(cases);
    Operand index = new Operand(TensorType.i32(4, 5), Fill.INDEX, 7);
    add(cases, "", new int[] {7, 21}, new Fused.ScatterOnto(), f(7, 21), index, f(4, 5, 21));
  }

  /** Rows beyond one chunk, tails in every direction. */
  private static void heads(List<Case> cases) {
    int[][] sizes = {{7, 5, 4}, {300, 83, 21}};
    for (int[] s : sizes) {
      for (boolean tw : new boolean[] {false, true}) {
        Operand x = f(1, s[0], s[2]);
        Operand w = tw ? f(s[1], s[2]) : f(s[2], s[1]);
        Operand targets = new Operand(TensorType.i32(1, s[0]), Fill.INDEX, s[1]);
        add(cases, "", s, new Fused.LinearCrossEntropy(tw), x, w, targets);
        add(cases, "", s, new Fused.LinearCrossEntropyStep(tw), x, w, targets, f(1, s[0]));
      }
    }
  }

  private static Operand f(int... dims) {
    return new Operand(TensorType.f32(dims), Fill.NORMAL, 0);
  }

  private static void add(List<Case> cases, String what, int[] s, Op op, Operand... operands) {
    String sizes = java.util.Arrays.toString(s);
    cases.add(
        new Case(
            op + " " + what + " " + sizes,
            List.of(operands),
            (f, in) -> f.applyAll(op, in.toArray(Value[]::new)),
            false));
  }
}
