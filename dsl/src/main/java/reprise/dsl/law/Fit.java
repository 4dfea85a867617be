package reprise.dsl.law;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * A fitted law.
 *
 * @param plan what was fitted, by which objective
 * @param constants with standard error and interval, in the law's order
 * @param objective the plan's objective, summed over the points
 * @param convergence how the search ended
 * @param warnings empty when the constants can be taken at face value
 * @param samples constants of the bootstrap replicates
 */
public record Fit(
    FitPlan plan,
    List<Estimate> constants,
    double objective,
    Convergence convergence,
    List<FitWarning> warnings,
    Samples samples) {

  public Fit {
    Objects.requireNonNull(plan, "plan");
    Objects.requireNonNull(convergence, "convergence");
    Objects.requireNonNull(samples, "samples");
    constants = List.copyOf(constants);
    warnings = List.copyOf(warnings);
  }

  /** Number of points fitted. */
  public int n() {
    return plan.points().size();
  }

  /** Whether the search ended at an optimum. */
  public boolean converged() {
    return convergence.converged();
  }

  /** Whether the points determine the constants. */
  public boolean identified() {
    return warnings.stream().noneMatch(FitWarning::unidentified);
  }

  /** The constant of this name. */
  public Estimate constant(String name) {
    for (Estimate constant : constants) {
      if (constant.name().equals(name)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        plan.law().name() + " has no constant " + name + "; it has " + plan.law().constantNames());
  }

  /** Values of the constants, in the law's order. */
  public double[] values() {
    return constants.stream().mapToDouble(Estimate::value).toArray();
  }

  /** Any quantity of the constants, with its bootstrap standard error and interval. */
  public Estimate estimate(String name, String unit, ToDoubleFunction<double[]> quantity) {
    double[] replicates = samples.of(quantity);
    return new Estimate(
        name,
        unit,
        quantity.applyAsDouble(values()),
        Samples.standardDeviation(replicates),
        Interval.percentile(replicates, plan.confidence()));
  }

  /** The law's derived quantities. */
  public List<Estimate> derived() {
    return plan.law().derived().stream().map(d -> estimate(d.name(), d.unit(), d.of())).toList();
  }

  /** The derived quantity of this name. */
  public Estimate derived(String name) {
    for (Derived d : plan.law().derived()) {
      if (d.name().equals(name)) {
        return estimate(d.name(), d.unit(), d.of());
      }
    }
    throw new IllegalArgumentException(
        plan.law().name()
            + " derives no "
            + name
            + "; it derives "
            + plan.law().derived().stream().map(Derived::name).toList());
  }

  /**
   * The prediction for these inputs, in the law's order; the interval is that of the curve, so a
   * run there scatters further by what the points scatter about the fit.
   *
   * @throws IllegalArgumentException for another number of inputs, or one outside its domain
   */
  public Estimate predict(double... inputs) {
    double[] x = inputs.clone();
    List<Input> wanted = plan.law().inputs();
    for (int i = 0; i < x.length && i < wanted.size(); i++) {
      if (!wanted.get(i).domain().contains(x[i])) {
        throw new IllegalArgumentException(
            wanted.get(i).name() + " must be " + wanted.get(i).domain().text() + ", got " + x[i]);
      }
    }
    return estimate(plan.law().output(), "", c -> plan.law().predict(c, x));
  }

  /** The compute-optimal model at a budget; the law must be {@link ComputeOptimal}. */
  public AllocationEstimate allocation(double flops) {
    if (!(plan.law() instanceof ComputeOptimal law)) {
      throw new IllegalStateException(
          plan.law().name() + " has no compute-optimal allocation: it is not a law of N and D");
    }
    return new AllocationEstimate(
        flops,
        estimate("N_opt", "parameters", c -> law.allocate(c, flops).params()),
        estimate("D_opt", "tokens", c -> law.allocate(c, flops).tokens()),
        estimate("D/N", "tokens per parameter", c -> law.allocate(c, flops).tokensPerParameter()),
        estimate("L", plan.law().output(), c -> law.allocate(c, flops).loss()));
  }

  /** One line. */
  @Override
  public String toString() {
    return plan.law().name()
        + constants.stream()
            .map(c -> String.format(Locale.ROOT, " %s=%.6g", c.name(), c.value()))
            .collect(Collectors.joining())
        + String.format(Locale.ROOT, " (objective %.9g, n=%d", objective, n())
        + (converged() ? "" : ", NOT CONVERGED")
        + (identified() ? "" : ", NOT IDENTIFIED")
        + ")";
  }
}
