package reprise.tensor.ir;

import static reprise.tensor.ir.Decomposition.rowSum;
import static reprise.tensor.ir.Decomposition.wide;

import java.util.Arrays;
import java.util.List;

/**
 * Vector-Jacobian products of what first derivatives bring in: the statistics that normalisation,
 * attention and losses save (mean, 1/deviation, log-sum-exp), and the gradients of losses. They are
 * reached where reverse mode runs over tangents or over gradients.
 */
final class StatisticsGradients {
  private StatisticsGradients() {}

  /** Adds what the further results of a node give its first operand; null where nothing does. */
  static Value ofFurtherResults(
      FunctionBuilder f, Instruction i, List<Value> in, List<Value> results, List<Value> adjoints) {
    Value total = null;
    for (int k = 1; k < results.size(); k++) {
      Value d = adjoints.get(k);
      if (d != null) {
        Value part = pull(f, i, in.getFirst(), results, k, d);
        total = total == null ? part : total.add(part);
      }
    }
    return total;
  }

  private static Value pull(
      FunctionBuilder f, Instruction i, Value x, List<Value> results, int k, Value d) {
    return switch (i.op()) {
      // dmean/dx = 1/n; drstd/dx = -rstd^2 xhat/n
      case Normalise.LayerNorm _ -> {
        double n = x.shape().dim(-1);
        if (k == 1) {
          yield wide(d, x).scale(1 / n);
        }
        Value xhat = x.sub(wide(results.get(1), x)).mul(wide(results.get(2), x));
        yield xhat.mul(wide(d.mul(results.get(2).square()), x)).scale(-1 / n);
      }
      case Normalise.RmsNorm _ -> {
        Value rstd = results.get(1);
        Value xhat = x.mul(wide(rstd, x));
        yield xhat.mul(wide(d.mul(rstd.square()), x)).scale(-1.0 / x.shape().dim(-1));
      }
      // dlse/dlogits = softmax
      case Loss.CrossEntropy _, Loss.KlDivergence _ -> softmax(x, results.get(1)).mul(wide(d, x));
      case Attend.CausalAttention a -> {
        Value p = Decomposition.weights(f, x, results.get(1), a.heads());
        Value ds = p.mul(wide(d, p)).scale(Decomposition.scale(x, a.heads()));
        Value dq = ds.matmul(Decomposition.part(x, 1, a.heads()));
        Value dk = ds.matmul(Decomposition.part(x, 0, a.heads()), true, false);
        yield Decomposition.pack(dq, dk, f.fill(0, dq.type()));
      }
      default ->
          throw new UnsupportedOperationException(
              "no derivative through result " + k + " of " + ProgramText.print(i));
    };
  }

  private static Value softmax(Value logits, Value lse) {
    return logits.sub(wide(lse, logits)).exp();
  }

  /** dlogits = (softmax - onehot) drow, pulled back along d. */
  static List<Value> crossEntropyGrad(FunctionBuilder f, List<Value> in, Value d) {
    Value logits = in.get(0);
    Value lse = in.get(2);
    Value bend = softmax(logits, lse).mul(wide(in.get(3), logits)).mul(d);
    Value ones = f.fill(1, lse.type());
    Value slope = f.apply(new Loss.CrossEntropyGrad(), logits, in.get(1), lse, ones);
    return Arrays.asList(bend, null, rowSum(bend).scale(-1), rowSum(slope.mul(d)));
  }

  /** dlogits = (softmax - table row) drow, pulled back along d. */
  static List<Value> klDivergenceGrad(FunctionBuilder f, List<Value> in, Value d) {
    Value logits = in.get(0);
    Value lse = in.get(3);
    Value bend = softmax(logits, lse).mul(wide(in.get(4), logits)).mul(d);
    Value ones = f.fill(1, lse.type());
    Value slope = f.apply(new Loss.KlDivergenceGrad(), logits, in.get(1), in.get(2), lse, ones);
    return Arrays.asList(bend, null, null, rowSum(bend).scale(-1), rowSum(slope.mul(d)));
  }
}
