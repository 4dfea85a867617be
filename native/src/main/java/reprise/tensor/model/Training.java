package reprise.tensor.model;

import java.util.ArrayList;
import java.util.List;
import reprise.tensor.ir.FunctionBuilder;
import reprise.tensor.ir.Optimise;
import reprise.tensor.ir.Pointwises;
import reprise.tensor.ir.ProgramBuilder;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.Value;

/**
 * How a model is trained: optimiser, learning rate, clipping, groups of parameters.
 *
 * @param batch windows or examples in a step
 * @param steps steps of the whole run; the schedule ends with it
 * @param rate learning rate over the steps
 * @param optimiser how parameters follow gradients
 * @param clip limit of the global gradient norm; 0 for none
 * @param clipValue limit of each component, before that of the norm; 0 for none
 * @param groups exceptions by name, see {@link Group}
 */
public record Training(
    int batch,
    int steps,
    LearningRate rate,
    Optimiser optimiser,
    double clip,
    double clipValue,
    List<Group> groups) {
  /**
   * Parameters that differ: those whose name contains {@code part}. The first group that matches
   * counts; without one the factor is 1 and the model says what decays.
   *
   * @param part of the name
   * @param factor of the learning rate
   * @param decays whether weight decay applies
   */
  public record Group(String part, double factor, boolean decays) {}

  /** One trained tensor and whether weight decay applies where no group says otherwise. */
  public record Trained(String name, TensorType type, boolean decays) {}

  public Training {
    groups = List.copyOf(groups);
    if (batch < 1 || steps < 1) {
      throw new IllegalArgumentException(
          "batch and steps must be at least 1, got " + batch + " and " + steps);
    }
    if (!(clip >= 0 && clipValue >= 0)) {
      throw new IllegalArgumentException(
          "clip and clipValue must not be negative, got " + clip + " and " + clipValue);
    }
  }

  /** AdamW under a schedule, one group. */
  public Training(
      int batch,
      int steps,
      double learningRate,
      double floor,
      Optimise.Decay decay,
      int warmup,
      int cooldown,
      double beta1,
      double beta2,
      double eps,
      double weightDecay,
      double clip) {
    this(
        batch,
        steps,
        new LearningRate.Scheduled(decay, learningRate, floor, warmup, cooldown),
        new Optimiser.AdamW(beta1, beta2, eps, weightDecay),
        clip,
        0,
        List.of());
  }

  /**
   * Training of the small decoder: AdamW(.9, .95), eps 1e-8, no decay, clip 1, warm-up max(5, 5 %),
   * cosine to 0 that ends with the run.
   */
  public static Training small(int batch, int steps, double learningRate) {
    return new Training(
        batch,
        steps,
        LearningRate.cosine(learningRate, Math.max(5, steps / 20)),
        new Optimiser.AdamW(0.9, 0.95, 1e-8, 0),
        1,
        0,
        List.of());
  }

  /** The same with another weight decay. */
  public Training weightDecay(double value) {
    return optimiser(optimiser.decay(value));
  }

  /** The same with another optimiser. */
  public Training optimiser(Optimiser other) {
    return new Training(batch, steps, rate, other, clip, clipValue, groups);
  }

  /** The same with another learning rate. */
  public Training rate(LearningRate other) {
    return new Training(batch, steps, other, optimiser, clip, clipValue, groups);
  }

  /** The same with another limit of the gradient norm; 0 for none. */
  public Training clip(double norm) {
    return new Training(batch, steps, rate, optimiser, norm, clipValue, groups);
  }

  /** The same with another limit of each component of the gradient; 0 for none. */
  public Training clipValue(double component) {
    return new Training(batch, steps, rate, optimiser, clip, component, groups);
  }

  /** The same with exceptions for some parameters. */
  public Training groups(Group... exceptions) {
    return new Training(batch, steps, rate, optimiser, clip, clipValue, List.of(exceptions));
  }

  /** The same peak with another schedule. */
  public Training schedule(Optimise.Decay kind, double end, int warmupSteps, int cooldownSteps) {
    return rate(new LearningRate.Scheduled(kind, rate.peak(), end, warmupSteps, cooldownSteps));
  }

  /** AdamW with other momenta. */
  public Training betas(double first, double second) {
    if (optimiser instanceof Optimiser.AdamW a) {
      return optimiser(new Optimiser.AdamW(first, second, a.eps(), a.decay()));
    }
    throw new IllegalStateException("betas are those of AdamW, not of " + optimiser);
  }

  /** Declares what the optimiser keeps for a parameter. */
  public void declare(ProgramBuilder b, String parameter, TensorType type) {
    for (Optimiser.Moment m : optimiser.moments(type)) {
      b.state(m.name() + "." + parameter, m.type(), State.Kind.OPTIMISER);
    }
  }

  /** Sets what the optimiser keeps for a parameter to zero. */
  public void zero(FunctionBuilder f, String parameter, TensorType type) {
    for (Optimiser.Moment m : optimiser.moments(type)) {
      f.update(m.name() + "." + parameter, f.fill(0, m.type()));
    }
  }

  /**
   * One step down the gradient of a scalar loss: updates parameters and moments, and gives the
   * outputs {@code learning_rate} and {@code gradient_norm} (before clipping of the norm).
   *
   * @param step i32 counter of steps taken; the caller increments it
   */
  public void step(FunctionBuilder f, Value loss, List<Trained> parameters, Value step) {
    step(f, loss, parameters, step, (_, _, gradient) -> gradient);
  }

  /** What a model adds to the gradient of a parameter before it is clipped. */
  interface Addition {
    /** The gradient to follow. */
    Value of(FunctionBuilder f, Trained parameter, Value gradient);
  }

  /** The same with additions to the gradients. */
  void step(
      FunctionBuilder f, Value loss, List<Trained> parameters, Value step, Addition addition) {
    List<Value> weights = parameters.stream().map(p -> f.read(p.name())).toList();
    List<Value> gradients =
        added(f, f.gradients(loss, weights), parameters, addition).stream()
            .map(g -> clipValue > 0 ? Pointwises.clamp(g, -clipValue, clipValue) : g)
            .toList();
    Value norm = f.apply(new Optimise.GlobalNorm(), gradients.toArray(Value[]::new));
    Value factor = clip > 0 ? f.apply(new Optimise.ClipFactor(clip), norm) : f.scalar(1);
    Value current = rate.at(f, step, steps);
    for (int i = 0; i < parameters.size(); i++) {
      Trained p = parameters.get(i);
      Group group = group(p);
      List<String> names = new ArrayList<>(List.of(p.name()));
      optimiser.moments(p.type()).forEach(m -> names.add(m.name() + "." + p.name()));
      List<Value> moments = names.subList(1, names.size()).stream().map(f::read).toList();
      Value scaled = group.factor() == 1 ? current : current.scale(group.factor());
      List<Value> next =
          optimiser.step(
              f, weights.get(i), gradients.get(i), moments, scaled, factor, step, group.decays());
      for (int k = 0; k < names.size(); k++) {
        f.update(names.get(k), next.get(k));
      }
    }
    f.output("learning_rate", current).output("gradient_norm", norm);
  }

  private static List<Value> added(
      FunctionBuilder f, List<Value> gradients, List<Trained> parameters, Addition addition) {
    List<Value> out = new ArrayList<>();
    for (int i = 0; i < gradients.size(); i++) {
      out.add(addition.of(f, parameters.get(i), gradients.get(i)));
    }
    return out;
  }

  private Group group(Trained p) {
    return groups.stream()
        .filter(g -> p.name().contains(g.part()))
        .findFirst()
        .orElse(new Group("", 1, p.decays()));
  }
}
