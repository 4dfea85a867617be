package reprise.kernel.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import reprise.dsl.law.ComputeOptimal;
import reprise.dsl.law.Estimate;
import reprise.dsl.law.Fit;
import reprise.dsl.law.Input;
import reprise.dsl.law.Law;

/** What the fit is asked to predict. */
final class FitPredictions {
  @Option(
      names = "--at",
      description =
          "Predict at these inputs of the law, all of them: N=7e9,D=1.4e11. May be repeated.")
  private List<String> at = new ArrayList<>();

  @Option(
      names = "--flops",
      description = "The compute-optimal model at this budget, and its loss.")
  private Double flops;

  /**
   * A prediction.
   *
   * @param inputs as they were asked for
   * @param values of the law's inputs, in its order
   * @param loss with the interval of the curve
   */
  record At(String inputs, double[] values, Estimate loss) {}

  Double flops() {
    return flops;
  }

  /**
   * Refuses what the law cannot answer, before anything is fitted.
   *
   * @throws IllegalArgumentException naming the option and what to write
   */
  void check(Law law) {
    if (flops != null && !(flops > 0)) {
      throw new IllegalArgumentException("--flops must be positive, got " + flops);
    }
    if (flops != null && !(law instanceof ComputeOptimal)) {
      throw new IllegalArgumentException(
          "--flops: "
              + law.name()
              + " says nothing about the best split of a budget; ask --at a point, or fit a law of N"
              + " and D");
    }
    at.forEach(text -> inputs(law, text));
  }

  List<At> of(Fit fit) {
    return at.stream()
        .map(text -> {
          double[] values = inputs(fit.plan().law(), text);
          return new At(text, values, fit.predict(values));
        })
        .toList();
  }

  private static double[] inputs(Law law, String text) {
    List<Input> wanted = law.inputs();
    double[] values = new double[wanted.size()];
    boolean[] given = new boolean[values.length];
    List<String> names = wanted.stream().map(Input::name).toList();
    try {
      for (String part : text.split(",", -1)) {
        String[] sides = part.split("=", 2);
        int i = names.indexOf(sides[0].strip());
        values[i] = Double.parseDouble(sides[1]);
        given[i] = true;
        if (!wanted.get(i).domain().contains(values[i])) {
          throw new IllegalArgumentException(
              "--at " + text + ": " + names.get(i) + " must be " + wanted.get(i).domain().text());
        }
      }
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException wrong) {
      throw wanted(law, text, names);
    }
    for (boolean one : given) {
      if (!one) {
        throw wanted(law, text, names);
      }
    }
    return values;
  }

  private static IllegalArgumentException wanted(Law law, String text, List<String> names) {
    return new IllegalArgumentException(
        "--at "
            + text
            + ": "
            + law.name()
            + " takes "
            + String.join(", ", names)
            + "; write "
            + String.join("=NUMBER,", names)
            + "=NUMBER");
  }
}
