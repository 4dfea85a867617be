package reprise.dsl.result;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import reprise.dsl.RunFailure;

/**
 * What was measured on a run besides its loss.
 *
 * @param values in the order they were read
 * @param passages texts that the model wrote
 */
public record Readings(List<Reading> values, List<Passage> passages) {
  /** Nothing besides the loss. */
  public static final Readings NONE = new Readings(List.of(), List.of());

  public Readings {
    values = List.copyOf(values);
    passages = List.copyOf(passages);
  }

  /** Values without texts. */
  public static Readings of(List<Reading> values) {
    return new Readings(values, List.of());
  }

  /** The value read at the end of the run. */
  public double value(Measure measure) {
    return value(measure, "");
  }

  /**
   * The value read at that stage.
   *
   * @throws RunFailure when it was not read; the message names the stages at which it was
   */
  public double value(Measure measure, String at) {
    return find(measure, at)
        .orElseThrow(() ->
            new RunFailure(
                measure
                    + (at.isEmpty() ? "" : " at '" + at + "'")
                    + " was not read; it was at "
                    + values.stream()
                        .filter(r -> r.measure().equals(measure))
                        .map(r -> "'" + r.at() + "'")
                        .toList()));
  }

  /** The value read at that stage, if it was. */
  public OptionalDouble find(Measure measure, String at) {
    return values.stream()
        .filter(r -> r.measure().equals(measure) && r.at().equals(at))
        .mapToDouble(Reading::value)
        .findFirst();
  }

  /** All stages, in the order they were read. */
  public Set<String> stages() {
    Set<String> stages = new LinkedHashSet<>();
    values.forEach(r -> stages.add(r.at()));
    return stages;
  }

  /** All measures, in the order they were first read. */
  public Set<Measure> measures() {
    Set<Measure> measures = new LinkedHashSet<>();
    values.forEach(r -> measures.add(r.measure()));
    return measures;
  }
}
