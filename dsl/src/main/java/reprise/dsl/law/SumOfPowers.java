package reprise.dsl.law;

import java.util.ArrayList;
import java.util.List;

/**
 * L = E + sum_i A_i/x_i^alpha_i over any inputs: McLeish et al. 2025, "Gemstones" (arXiv
 * 2502.06857, eq. 2 to 4), for (width, depth, D) and (width, depth, N, D). With N and D it is
 * {@link Chinchilla}.
 *
 * @param inputs one power each
 */
public record SumOfPowers(List<Input> inputs) implements Law {
  public SumOfPowers {
    inputs = List.copyOf(inputs);
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("a sum of powers needs an input");
    }
  }

  @Override
  public String name() {
    return "sum-of-powers";
  }

  @Override
  public String formula() {
    StringBuilder text = new StringBuilder("L = E");
    for (Input x : inputs) {
      text.append(" + A_%1$s/%1$s^alpha_%1$s".formatted(x.name()));
    }
    return text.toString();
  }

  @Override
  public String source() {
    return "McLeish et al. 2025, arXiv 2502.06857, eq. 2 to 4";
  }

  /** A for every input, E, then alpha for every input. */
  @Override
  public List<Constant> constants() {
    List<Constant> all = new ArrayList<>();
    inputs.forEach(
        x -> all.add(Constant.coefficient("A_" + x.name(), "as the loss", "size of its term")));
    all.add(Constant.floor("E", "as the loss", "irreducible loss"));
    inputs.forEach(x -> all.add(Constant.exponent("alpha_" + x.name(), "power of " + x.name())));
    return List.copyOf(all);
  }

  /** Coarse: 4 starts for A and 3 for alpha of each input. */
  @Override
  public StartGrid starts() {
    List<Axis> axes = new ArrayList<>();
    inputs.forEach(x -> axes.add(Axis.of("A_" + x.name(), 0, 5, 10, 15)));
    axes.add(Axis.of("E", 0, .5));
    inputs.forEach(x -> axes.add(Axis.of("alpha_" + x.name(), .2, .5, 1)));
    return new StartGrid(axes);
  }

  @Override
  public double logPrediction(double[] theta, double[] logInputs, int at) {
    return logPrediction(theta, logInputs, at, new double[theta.length]);
  }

  @Override
  public double logPrediction(double[] theta, double[] logInputs, int at, double[] gradient) {
    int k = inputs.size();
    double max = theta[k];
    for (int i = 0; i < k; i++) {
      gradient[i] = theta[i] - theta[k + 1 + i] * logInputs[at + i];
      max = Math.max(max, gradient[i]);
    }
    double sum = gradient[k] = Math.exp(theta[k] - max);
    for (int i = 0; i < k; i++) {
      gradient[i] = Math.exp(gradient[i] - max);
      sum += gradient[i];
    }
    gradient[k] /= sum;
    for (int i = 0; i < k; i++) {
      gradient[i] /= sum; // share of the term in L
      gradient[k + 1 + i] = -gradient[i] * logInputs[at + i];
    }
    return max + Math.log(sum);
  }
}
