package reprise.dsl.law;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Counting;

/**
 * y = c x_1^a_1 x_2^a_2 ...: a plane in log-log, for any positive y. Step Law (Li et al. 2025,
 * arXiv 2503.04715, eq. 1) gives the best learning rate this way from N and D, and the best batch
 * from D.
 *
 * @param name short, as on the command line
 * @param output what y is; the column of the points
 * @param source paper and equation
 * @param inputs one power each
 */
public record PowerProduct(String name, String output, String source, List<Input> inputs)
    implements Law {
  private static final String STEP_LAW = "Li et al. 2025, arXiv 2503.04715, eq. 1";

  /** Step Law: lr = c N^a D^b, N without embeddings; they find 1.79 N^-.713 D^.307. */
  public static final PowerProduct LEARNING_RATE =
      new PowerProduct(
          "step-law",
          "lr",
          STEP_LAW,
          List.of(Input.params(Counting.NON_EMBEDDING), Input.tokens()));

  /** Step Law: tokens a batch = c D^b; they find .58 D^.571. */
  public static final PowerProduct BATCH =
      new PowerProduct("step-law-batch", "batch", STEP_LAW, List.of(Input.tokens()));

  public PowerProduct {
    Checks.text("name of the law", name);
    Checks.text("output", output);
    Checks.text("source", source);
    inputs = List.copyOf(inputs);
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("a product of powers needs an input");
    }
  }

  @Override
  public String formula() {
    StringBuilder text = new StringBuilder(output + " = c");
    inputs.forEach(x -> text.append(" %1$s^a_%1$s".formatted(x.name())));
    return text.toString();
  }

  /** c, then a power for every input. */
  @Override
  public List<Constant> constants() {
    List<Constant> all = new ArrayList<>();
    all.add(Constant.coefficient("c", "as " + output, output + " at inputs 1"));
    inputs.forEach(x -> all.add(Constant.exponent("a_" + x.name(), "power of " + x.name())));
    return List.copyOf(all);
  }

  /** One start: the objective is convex. */
  @Override
  public StartGrid starts() {
    List<Axis> axes = new ArrayList<>();
    axes.add(Axis.of("c", 0));
    inputs.forEach(x -> axes.add(Axis.of("a_" + x.name(), .1)));
    return new StartGrid(axes);
  }

  /** Least squares of logarithms. */
  @Override
  public Objective objective() {
    return Objective.squared();
  }

  @Override
  public double logPrediction(double[] theta, double[] logInputs, int at) {
    double sum = theta[0];
    for (int i = 0; i < inputs.size(); i++) {
      sum += theta[i + 1] * logInputs[at + i];
    }
    return sum;
  }

  @Override
  public double logPrediction(double[] theta, double[] logInputs, int at, double[] gradient) {
    gradient[0] = 1;
    System.arraycopy(logInputs, at, gradient, 1, inputs.size());
    return logPrediction(theta, logInputs, at);
  }
}
