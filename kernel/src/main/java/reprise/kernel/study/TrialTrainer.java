package reprise.kernel.study;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import reprise.dsl.RunFailure;
import reprise.dsl.result.Readings;
import reprise.dsl.result.RunOutcome;
import reprise.dsl.study.Trial;
import reprise.kernel.data.Sha256;
import reprise.kernel.run.RunContext;
import reprise.kernel.run.StepCost;
import reprise.kernel.run.Trainer;
import reprise.tensor.ir.Program;

/**
 * Carries out trials one by one: a kind of trial adds what is measured, and a line in {@code
 * META-INF/services/reprise.kernel.run.Trainer}.
 *
 * @param <T> kind of trial
 */
public abstract class TrialTrainer<T extends Trial> implements Trainer<T> {
  /** Measured: loops over doubles in plain Java, one thread. */
  private static final double FLOPS_PER_SECOND = 1e9;

  private final Class<T> kind;

  protected TrialTrainer(Class<T> kind) {
    this.kind = kind;
  }

  /**
   * Measures a trial and writes down what came out; the same trial gives the same numbers.
   *
   * @throws RunFailure when this trial cannot be measured; the others go on
   */
  public abstract void measure(T trial, Sheet sheet);

  @Override
  public final Class<T> kind() {
    return kind;
  }

  @Override
  public Optional<Program> program(T trial) {
    return Optional.empty();
  }

  @Override
  public double seconds(T trial, StepCost cost) {
    return trial.flops().count() / FLOPS_PER_SECOND;
  }

  @Override
  public final void train(List<T> bundle, RunContext context) {
    for (T trial : bundle) {
      if (!context.cancelled()) {
        RunOutcome outcome = outcome(trial, context);
        if (!context.cancelled()) {
          context.progress(trial, trial.steps(), Double.NaN);
          context.ended(outcome);
        }
      }
    }
  }

  private RunOutcome outcome(T trial, RunContext context) {
    long start = System.nanoTime();
    Sheet sheet = new Sheet(context.backend(), context::cancelled);
    try {
      measure(trial, sheet);
    } catch (RunFailure failure) {
      return new RunOutcome.Failed(trial, failure.getMessage());
    }
    return new RunOutcome.Finished<>(
        trial,
        sheet.lastLoss(),
        sheet.curve(),
        Readings.of(sheet.readings()),
        (System.nanoTime() - start) / 1e9,
        Sha256.hex(sheet.readings().toString().getBytes(UTF_8)));
  }
}
