package reprise.dsl.law;

import java.util.List;
import reprise.dsl.unit.Counting;

/**
 * L(N, D) = exp(s N^q + S) + exp(B N^b + Q) D^(-exp(A N^a + E)): Li et al. 2025, "Predictable
 * Scale, Part II: Farseer" (arXiv 2506.10972). N without embeddings; their losses are in bits per
 * character.
 */
public record Farseer() implements ComputeOptimal {
  /** The authors' constants, in the order of {@link #constants()}. */
  public static final List<Double> PUBLISHED =
      List.of(
          -.062465473,
          .13,
          .12848807,
          230.734371,
          -.1729,
          -1.5442096,
          -1.6656308,
          .0459,
          3.1333472);

  private static final List<Constant> CONSTANTS =
      List.of(
          free("s", "slope of the log floor in N^q"),
          free("q", "power of N in the floor"),
          free("S", "log of the floor at N = 0"),
          free("B", "slope of the log data term in N^b"),
          free("b", "power of N in the data term"),
          free("Q", "log of the data term's limit"),
          free("A", "slope of the log data exponent in N^a"),
          free("a", "power of N in the data exponent"),
          free("E", "log of the data exponent at N = 0"));

  private static Constant free(String name, String meaning) {
    return new Constant(name, "1", meaning, Link.IDENTITY, Constant.Role.EXPONENT);
  }

  @Override
  public String name() {
    return "farseer";
  }

  @Override
  public String formula() {
    return "L = exp(s N^q + S) + exp(B N^b + Q) D^(-exp(A N^a + E))";
  }

  @Override
  public String source() {
    return "Li et al. 2025, arXiv 2506.10972";
  }

  @Override
  public List<Constant> constants() {
    return CONSTANTS;
  }

  @Override
  public List<Input> inputs() {
    return List.of(Input.params(Counting.NON_EMBEDDING), Input.tokens());
  }

  /** The published constants: nine constants have no useful product grid. */
  @Override
  public StartGrid starts() {
    return StartGrid.at(this, PUBLISHED.stream().mapToDouble(Double::doubleValue).toArray());
  }

  @Override
  public double logPrediction(double[] theta, double[] logInputs, int at) {
    double logN = logInputs[at];
    double floor = theta[0] * Math.exp(theta[1] * logN) + theta[2];
    double data = theta[3] * Math.exp(theta[4] * logN) + theta[5];
    double power = Math.exp(theta[6] * Math.exp(theta[7] * logN) + theta[8]);
    double term = data - power * logInputs[at + 1];
    double max = Math.max(floor, term);
    return max + Math.log(Math.exp(floor - max) + Math.exp(term - max));
  }

  /** By search: the law has no closed form of N_opt. */
  @Override
  public Allocation allocate(double[] constants, double flops) {
    return Allocations.search(this, constants, flops);
  }
}
