package reprise.dsl.law;

import java.util.List;
import java.util.Objects;

/**
 * A law of one's own: constants and inputs in, prediction out; gradients are numeric.
 *
 * <pre>{@code
 * var mine = Law.of("two-term", "L = E + A/N^alpha",
 *     List.of(Constant.floor("E", "nats/token", "floor"),
 *             Constant.coefficient("A", "nats/token", "size of the N term"),
 *             Constant.exponent("alpha", "power of N")),
 *     List.of(Input.params(Counting.ALL)),
 *     StartGrid.of(Axis.of("E", 0), Axis.of("A", 0, 5, 10), Axis.of("alpha", 0.2, 0.5)),
 *     (c, x) -> c[0] + c[1] * Math.pow(x[0], -c[2]));
 * }</pre>
 *
 * @param prediction must be positive near the optimum; elsewhere NaN means "not allowed"
 */
public record FormulaLaw(
    String name,
    String formula,
    List<Constant> constants,
    List<Input> inputs,
    StartGrid starts,
    Prediction prediction)
    implements Law {

  /** The right-hand side of the formula. */
  @FunctionalInterface
  public interface Prediction {
    /** The prediction for these constants and inputs, each in the law's order. */
    double at(double[] constants, double[] inputs);
  }

  public FormulaLaw {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(formula, "formula");
    Objects.requireNonNull(prediction, "prediction");
    constants = List.copyOf(constants);
    inputs = List.copyOf(inputs);
    starts.requireAxesOf(name, constants);
  }

  @Override
  public String source() {
    return "stated by the user";
  }

  @Override
  public double logPrediction(double[] theta, double[] logInputs, int at) {
    double[] x = new double[inputs.size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.exp(logInputs[at + i]);
    }
    return Math.log(prediction.at(constants(theta), x));
  }
}
