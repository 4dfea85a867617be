package reprise.tensor;

import static reprise.tensor.OpCases.f;
import static reprise.tensor.OpCases.index;
import static reprise.tensor.OpCases.positive;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import reprise.tensor.OpCases.Case;
import reprise.tensor.OpCases.Operand;
import reprise.tensor.ir.Arrangements;
import reprise.tensor.ir.Criteria;
import reprise.tensor.ir.Criterion;
import reprise.tensor.ir.Cut;
import reprise.tensor.ir.Elementwise;
import reprise.tensor.ir.Noise;
import reprise.tensor.ir.Op;
import reprise.tensor.ir.Value;

/** Losses and random changes. */
final class CriterionCases {
  private final List<Case> cases = new ArrayList<>();

  private CriterionCases() {}

  static List<Case> all() {
    CriterionCases c = new CriterionCases();
    for (int v : new int[] {5, 37}) {
      c.add(
          "smoothed " + v,
          new Criterion.SmoothedCrossEntropy(0.1, -100),
          true,
          f(11, v),
          index(v, 11));
      c.add(
          "ignored " + v, new Criterion.SmoothedCrossEntropy(0.1, 2), true, f(40, v), index(v, 40));
    }
    c.add("not smoothed", new Criterion.SmoothedCrossEntropy(0, 1), true, f(40, 7), index(7, 40));
    c.add("dropout", new Noise.Dropout(0.3, 5), true, f(3, 37), index(9));
    c.add("dropout large", new Noise.Dropout(0.3, 5), true, f(9001), index(9));
    c.cases.add(
        new Case(
            "label_noise",
            List.of(index(9, 70), index(9)),
            (f, in) ->
                List.of(
                    f.apply(
                        new Elementwise.ToFloat(),
                        f.apply(new Noise.LabelNoise(9, 0.4, 3), in.toArray(Value[]::new)))),
            false));
    c.cut();
    c.word("binary_cross_entropy", Criteria::binaryCrossEntropy, f(3, 7), positive(3, 7));
    c.word("mean_squared", Criteria::meanSquared, f(3, 7), f(3, 7));
    c.word("huber", (x, y) -> Criteria.huber(x, y, 0.7), f(3, 7), f(3, 7));
    c.word("kl_of_logits", Criteria::klOfLogits, f(3, 7), f(3, 7));
    c.word("info_nce", (x, y) -> Criteria.infoNce(x, y, 0.5), f(5, 9), f(5, 9));
    c.word("weighted_mean", Criteria::weightedMean, f(3, 7), positive(3, 7));
    return c.cases;
  }

  /** Tails of blocks in every direction; more than one block of rows and of classes. */
  private void cut() {
    for (int[] s : new int[][] {{7, 5, 4}, {150, 300, 9}}) {
      String size = " " + s[0] + " " + s[1] + " " + s[2];
      Operand[] in = {f(1, s[0], s[2]), f(s[1], s[2]), index(s[1], 1, s[0])};
      add("cut" + size, new Cut.CutCrossEntropy(0, false), true, in);
      add("cut, sorted" + size, new Cut.CutCrossEntropy(0, true), true, in);
      // an order by scores of its own; 0.9 leaves out blocks without a target
      for (double threshold : new double[] {0, 0.9}) {
        cases.add(
            new Case(
                "cut gradient " + threshold + size,
                List.of(in[0], in[1], in[2], positive(1, s[0]), f(1, s[0]), f(s[1])),
                (f, x) -> {
                  Value order = Arrangements.sort(x.get(5), 0, true).getLast();
                  Value lse = x.get(3).affine(1, 9);
                  Op grad = new Cut.CutCrossEntropyGrad(threshold);
                  return f.applyAll(grad, x.get(0), x.get(1), x.get(2), lse, x.get(4), order);
                },
                false));
      }
    }
  }

  private void word(String name, BinaryOperator<Value> word, Operand... x) {
    cases.add(
        new Case(name, List.of(x), (_, in) -> List.of(word.apply(in.get(0), in.get(1))), true));
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
