package reprise.kernel.study;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import reprise.dsl.result.LossCurve;
import reprise.dsl.result.Measure;
import reprise.dsl.result.Reading;
import reprise.tensor.Backend;

/** What is written down of a trial while it is measured. */
public final class Sheet {
  private final Backend backend;
  private final BooleanSupplier cancelled;
  private final List<Reading> readings = new ArrayList<>();
  private final List<Integer> steps = new ArrayList<>();
  private final List<Double> losses = new ArrayList<>();

  /**
   * An empty sheet.
   *
   * @param backend what computes factorisations and programs
   * @param cancelled whether to return early
   */
  public Sheet(Backend backend, BooleanSupplier cancelled) {
    this.backend = backend;
    this.cancelled = cancelled;
  }

  /** What computes factorisations and programs. */
  public Backend backend() {
    return backend;
  }

  /** Whether the plan is stopped: return early. */
  public boolean cancelled() {
    return cancelled.getAsBoolean();
  }

  /** Writes down a value. */
  public void read(Measure measure, double value) {
    read(measure, "", value);
  }

  /** Writes down a value at a stage. */
  public void read(Measure measure, String at, double value) {
    readings.add(new Reading(measure, at, value));
  }

  /** A point of the trial's curve; steps ascend. */
  public void point(int step, double loss) {
    steps.add(step);
    losses.add(loss);
  }

  /** Everything that was written down. */
  public List<Reading> readings() {
    return List.copyOf(readings);
  }

  LossCurve curve() {
    return new LossCurve(
        steps.stream().mapToInt(Integer::intValue).toArray(),
        losses.stream().mapToDouble(Double::doubleValue).toArray());
  }

  double lastLoss() {
    return losses.isEmpty() ? Double.NaN : losses.getLast();
  }
}
