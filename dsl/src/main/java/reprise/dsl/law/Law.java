package reprise.dsl.law;

import java.util.List;

/**
 * A law: predicts a positive quantity, mostly a loss, from positive inputs.
 *
 * <p>A paper's own law implements this, or states its formula to {@link #of}. The optimiser sees
 * unconstrained parameters theta and the log of the prediction; people see {@link #constants()}.
 * Inputs come as natural logarithms because every law of the family is a sum of powers: log N is
 * taken once, not in every one of the 10^8 evaluations of a fit.
 *
 * <p>Implementations are immutable and their evaluations thread-safe.
 */
public interface Law {
  /** Short name, as on the command line: {@code chinchilla}. */
  String name();

  /** The formula in ASCII: {@code L = E + A/N^alpha + B/D^beta}. */
  String formula();

  /** Paper and equation. */
  String source();

  /** The constants, in the order of theta. */
  List<Constant> constants();

  /** The inputs, in the order in which evaluation expects them. */
  List<Input> inputs();

  /** What the law predicts; the {@link Points} have a column of this name. */
  default String output() {
    return "loss";
  }

  /**
   * log of the prediction.
   *
   * @param theta one unconstrained parameter per constant
   * @param logInputs natural logs of the inputs, possibly of many points one after another
   * @param at index in {@code logInputs} of this point's first input
   */
  double logPrediction(double[] theta, double[] logInputs, int at);

  /**
   * log of the prediction, and its gradient d log L / d theta written to {@code gradient}. This
   * default takes central differences (relative step 6e-6, the cube root of the rounding unit);
   * laws that are fitted often override it with the analytic gradient.
   */
  default double logPrediction(double[] theta, double[] logInputs, int at, double[] gradient) {
    double[] moved = theta.clone();
    for (int i = 0; i < theta.length; i++) {
      double step = 6e-6 * Math.max(1, Math.abs(theta[i]));
      moved[i] = theta[i] + step;
      double up = logPrediction(moved, logInputs, at);
      moved[i] = theta[i] - step;
      double down = logPrediction(moved, logInputs, at);
      moved[i] = theta[i];
      gradient[i] = (up - down) / (2 * step);
    }
    return logPrediction(theta, logInputs, at);
  }

  /** The start grid that the paper searches, or a sound one where it states none. */
  StartGrid starts();

  /** The objective that the paper minimises. */
  default Objective objective() {
    return Objective.huber(1e-3);
  }

  /** Quantities that follow from the constants. */
  default List<Derived> derived() {
    return List.of();
  }

  /** The constants that belong to theta. */
  default double[] constants(double[] theta) {
    List<Constant> all = constants();
    double[] values = new double[theta.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = all.get(i).link().constant(theta[i]);
    }
    return values;
  }

  /** The inverse of {@link #constants(double[])}. */
  default double[] theta(double... constants) {
    List<Constant> all = constants();
    if (constants.length != all.size()) {
      throw new IllegalArgumentException(
          name()
              + " has "
              + all.size()
              + " constants "
              + constantNames()
              + ", got "
              + constants.length);
    }
    double[] theta = new double[constants.length];
    for (int i = 0; i < theta.length; i++) {
      theta[i] = all.get(i).link().theta(constants[i]);
    }
    return theta;
  }

  /** The prediction for these constants and inputs, both in the law's own order. */
  default double predict(double[] constants, double... inputs) {
    if (inputs.length != inputs().size()) {
      throw new IllegalArgumentException(
          name()
              + " takes inputs "
              + inputs().stream().map(Input::name).toList()
              + ", got "
              + inputs.length
              + " number(s)");
    }
    double[] logs = new double[inputs.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = Math.log(inputs[i]);
    }
    return Math.exp(logPrediction(theta(constants), logs, 0));
  }

  /** Names of the constants, in order. */
  default List<String> constantNames() {
    return constants().stream().map(Constant::name).toList();
  }

  /** A law of one's own, from its formula; the gradient is numeric. See {@link FormulaLaw}. */
  static FormulaLaw of(
      String name,
      String formula,
      List<Constant> constants,
      List<Input> inputs,
      StartGrid starts,
      FormulaLaw.Prediction prediction) {
    return new FormulaLaw(name, formula, constants, inputs, starts, prediction);
  }
}
