package reprise.dsl.spectral;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.plan.Field;
import reprise.dsl.study.Trial;
import reprise.dsl.unit.Flops;
import reprise.dsl.unit.Numbers;

/**
 * One classifier 20-64-32-5.
 *
 * @param examples of five classes
 * @param iterations of Adam
 * @param shuffled whether labels are shuffled
 * @param seed of examples, labels and weights
 */
public record TrainingTrial(int examples, int iterations, boolean shuffled, int seed)
    implements Trial {
  /** Coordinates of an example. */
  public static final int INPUTS = 20;

  /** Classes, of equal size. */
  public static final int CLASSES = 5;

  @Override
  public String id() {
    return (shuffled ? "shuffled" : "true") + "-s" + seed;
  }

  /** {@code 6 x 3488} a step and example. */
  @Override
  public Flops flops() {
    return new Flops(6.0 * 3488 * examples * iterations);
  }

  /** Four spectra of all examples and of its classes. */
  @Override
  public double evaluationFlops() {
    return 400.0 * Math.pow(examples, 3);
  }

  @Override
  public long numbers() {
    return 3L * examples * examples;
  }

  @Override
  public String setting() {
    return "perceptron 20-64-32-5, whole batch, Adam 1e-3; normal clusters";
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.words("labels", shuffled ? "shuffled" : "true"),
        Field.whole("examples", examples),
        Field.whole("iterations", iterations),
        Field.number("seed", seed, String.valueOf(seed)));
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (examples < 50 || examples % CLASSES != 0 || examples > 2000) {
      problems.add(
          "expected 50 to 2000 examples, a multiple of 5, got " + Numbers.grouped(examples));
    }
    return problems;
  }
}
