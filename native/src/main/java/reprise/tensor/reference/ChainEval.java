package reprise.tensor.reference;

import java.util.ArrayList;
import java.util.List;
import reprise.tensor.ir.DType;
import reprise.tensor.ir.ElementwiseChain;
import reprise.tensor.ir.TensorType;
import reprise.tensor.reference.Evaluator.Arg;

/** Chains step by step, each as the single operation. */
final class ChainEval {
  private ChainEval() {}

  static Object evaluate(ElementwiseChain chain, Arg[] in) {
    TensorType type = new TensorType(DType.F32, chain.shape());
    List<Arg> values = new ArrayList<>(List.of(in));
    for (ElementwiseChain.Step step : chain.steps()) {
      Arg[] operands = step.inputs().stream().map(values::get).toArray(Arg[]::new);
      Object y =
          step.wide()
              ? wide(operands[0].f(), type.size())
              : ElementwiseEval.evaluate(step.op(), whole(operands, type.size()));
      values.add(new Arg(type, y));
    }
    return values.getLast().array();
  }

  private static double[] wide(double[] x, int n) {
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      y[i] = x[i / (n / x.length)];
    }
    return y;
  }

  /** Operands with trailing axes only, repeated along the leading ones. */
  private static Arg[] whole(Arg[] in, int n) {
    Arg[] out = new Arg[in.length];
    for (int k = 0; k < in.length; k++) {
      double[] x = in[k].f();
      double[] y = new double[n];
      for (int i = 0; i < n; i++) {
        y[i] = x[i % x.length];
      }
      out[k] = new Arg(in[k].type(), y);
    }
    return out;
  }
}
