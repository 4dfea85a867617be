package reprise.tensor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run did.
 *
 * @param function the function that ran
 * @param requested steps asked for
 * @param done complete steps
 * @param end how it ended
 * @param history scalar outputs by name, one element a step
 * @param seconds wall time
 */
public record RunReport(
    String function,
    int requested,
    int done,
    End end,
    Map<String, float[]> history,
    double seconds) {
  /** How a run ended. */
  public sealed interface End {}

  /** All steps ran. */
  public record Completed() implements End {}

  /** {@link Session#cancel} was called; the step at hand was completed. */
  public record Cancelled() implements End {}

  /** A scalar output was NaN or infinite in this step of the run, counted from 0. */
  public record NonFinite(String output, int step, float value) implements End {
    @Override
    public String toString() {
      return output + " is " + value + " in step " + step;
    }
  }

  public RunReport {
    history = Collections.unmodifiableMap(new LinkedHashMap<>(history));
  }

  /** One scalar output over the steps. */
  public float[] series(String output) {
    float[] s = history.get(output);
    if (s == null) {
      throw new IllegalArgumentException(
          "function " + function + " has no scalar output '" + output + "'; " + history.keySet());
    }
    return s.clone();
  }

  /** A scalar output after the last step. */
  public double last(String output) {
    float[] s = series(output);
    return s.length == 0 ? Double.NaN : s[s.length - 1];
  }

  /** Mean of a scalar output over the steps, accumulated in double. */
  public double mean(String output) {
    float[] s = series(output);
    double sum = 0;
    for (float x : s) {
      sum += x;
    }
    return sum / s.length;
  }

  /**
   * This report if all steps ran.
   *
   * @throws IllegalStateException naming function and step otherwise
   */
  public RunReport orThrow() {
    if (!(end instanceof Completed)) {
      throw new IllegalStateException(
          function + " stopped after " + done + " of " + requested + " steps: " + end);
    }
    return this;
  }
}
