package reprise.dsl.zoo;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Numbers;

/**
 * What is varied of the noise of training, the temperature-like parameter (Yang et al. 2021,
 * section 2): a small batch, a large learning rate and a large weight decay are hot.
 */
public sealed interface Temperature {
  /** The values, in the order given. */
  List<Double> values();

  /** Name of the axis. */
  String name();

  /** Training at one of the values. */
  Descent at(Descent descent, double value);

  /** The value in a short form, for names. */
  default String text(double value) {
    return Numbers.plain(value);
  }

  /** Examples in a step. */
  record Batches(List<Double> values) implements Temperature {
    public Batches {
      values = checked("batches", values);
    }

    /** From whole numbers. */
    public static Batches of(int... sizes) {
      return new Batches(Arrays.stream(sizes).mapToObj(b -> (double) b).toList());
    }

    @Override
    public String name() {
      return "batch";
    }

    @Override
    public Descent at(Descent descent, double value) {
      return descent.batch((int) value);
    }

    @Override
    public String toString() {
      return shown("batches", values);
    }
  }

  /** Step size. */
  record LearningRates(List<Double> values) implements Temperature {
    public LearningRates {
      values = checked("learning rates", values);
    }

    @Override
    public String name() {
      return "learning rate";
    }

    @Override
    public Descent at(Descent descent, double value) {
      return descent.rate(value);
    }

    @Override
    public String toString() {
      return shown("learningRates", values);
    }
  }

  /** Weight decay. */
  record WeightDecays(List<Double> values) implements Temperature {
    public WeightDecays {
      values = checked("weight decays", values);
    }

    @Override
    public String name() {
      return "weight decay";
    }

    @Override
    public Descent at(Descent descent, double value) {
      return descent.weightDecay(value);
    }

    @Override
    public String toString() {
      return shown("weightDecays", values);
    }
  }

  private static List<Double> checked(String name, List<Double> values) {
    List<Double> copy = List.copyOf(values);
    if (copy.isEmpty()) {
      throw new IllegalArgumentException(name + ": give at least one");
    }
    copy.forEach(v -> Checks.positive(name, v, "the axis"));
    if (copy.stream().distinct().count() != copy.size()) {
      throw new IllegalArgumentException(name + ": each may stand once, got " + copy);
    }
    return copy;
  }

  private static String shown(String name, List<Double> values) {
    return values.stream().map(Numbers::plain).collect(Collectors.joining(", ", name + "(", ")"));
  }
}
