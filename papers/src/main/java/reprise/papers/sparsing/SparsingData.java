package reprise.papers.sparsing;

import static reprise.dsl.sparsity.Activation.RELU;
import static reprise.dsl.sparsity.Activation.SILU;

import java.util.List;
import reprise.dsl.law.Laws;
import reprise.dsl.law.Sparsing;
import reprise.dsl.sparsity.Activation;
import reprise.dsl.unit.Counting;
import reprise.dsl.unit.Params;
import reprise.dsl.unit.Tokens;

/** The published curves. */
public final class SparsingData {
  private static final double BILLION = 1e9;

  /**
   * A row of table 2 of the ICML version (arXiv 2411.02335v4), with the size of table 3. The paper
   * states no uncertainty.
   *
   * @param activation of the gate
   * @param scale as the paper names it
   * @param params N without embeddings
   * @param constants in the order of the activation's {@link Sparsing} law
   */
  public record Curve(Activation activation, String scale, Params params, List<Double> constants) {
    public Curve {
      constants = List.copyOf(constants);
    }

    /** The form of the curve. */
    public Sparsing law() {
      return activation == RELU ? Laws.SPARSING : Laws.SPARSING_SILU;
    }

    /** The activation ratio after so many tokens. */
    public double ratio(Tokens tokens) {
      double[] values = constants.stream().mapToDouble(Double::doubleValue).toArray();
      return law().predict(values, tokens.count() / BILLION);
    }

    /** The activation ratio in the limit, A_0. */
    public double limit() {
      return constants.get(law().constantNames().indexOf("A_0"));
    }
  }

  /** Table 2, smallest first; c, b, A_0, alpha with ReLU, c, A_0, alpha with SiLU. */
  public static final List<Curve> CURVES =
      List.of(
          relu("0.1B", 108e6, 3.2, -.0151, .0614, .101),
          relu("0.2B", 241e6, .286, -3.05, .0674, .449),
          relu("0.4B", 452e6, .079, -3.46, .069, .683),
          relu("0.8B", 760e6, .00797, -3.49, .0721, 1.01),
          relu("1.2B", 1.18e9, .000903, -3.89, .0782, 1.33),
          relu("2.4B", 2.44e9, .000156, -3.46, .0648, 1.53),
          silu("0.1B", 108e6, .102, .409, .479),
          silu("0.2B", 241e6, .208, .39, .844),
          silu("0.4B", 452e6, .42, .385, 1.03),
          silu("0.8B", 760e6, .562, .383, .995),
          silu("1.2B", 1.18e9, .538, .382, .967));

  private SparsingData() {}

  /** The curves with an activation, smallest model first. */
  public static List<Curve> curves(Activation activation) {
    return CURVES.stream().filter(c -> c.activation() == activation).toList();
  }

  private static Curve relu(
      String scale, double params, double c, double b, double limit, double alpha) {
    return new Curve(
        RELU, scale, new Params(params, Counting.NON_EMBEDDING), List.of(c, b, limit, alpha));
  }

  private static Curve silu(String scale, double params, double c, double limit, double alpha) {
    return new Curve(
        SILU, scale, new Params(params, Counting.NON_EMBEDDING), List.of(c, limit, alpha));
  }
}
