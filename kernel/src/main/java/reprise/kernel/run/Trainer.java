package reprise.kernel.run;

import java.util.List;
import java.util.Optional;
import reprise.dsl.plan.Task;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Provenance;
import reprise.tensor.ir.Program;

/**
 * Carries out one kind of task. Found by {@link java.util.ServiceLoader}; a plan has an instance of
 * its own, which may keep what its runs share. Called from several threads.
 *
 * @param <T> the kind
 */
public interface Trainer<T extends Task> {
  /** The kind of task. */
  Class<T> kind();

  /**
   * Shares runs out: each bundle is carried out by one call of {@link #train}, on one thread. By
   * itself each, unless runs share work, such as a model to start from, or go on together as a
   * group.
   *
   * @param open runs that the store does not hold, in the plan's order
   * @param workers bundles that go on at the same time
   */
  default List<List<T>> bundles(List<T> open, int workers) {
    return open.stream().map(List::of).toList();
  }

  /**
   * Carries out a bundle and tells the context of each run that ends, failed or not. Returns early
   * when the context is cancelled.
   *
   * @throws reprise.dsl.RunFailure when nothing of the plan can be carried out, for example without
   *     its data; what concerns one run is a {@link reprise.dsl.result.RunOutcome.Failed} instead
   */
  void train(List<T> bundle, RunContext context);

  /** Expected seconds of a run on one thread. */
  default double seconds(T task, StepCost cost) {
    return cost.seconds(task.steps(), task.flops().count() + task.evaluationFlops());
  }

  /** The tensor program of its training, where it is one. */
  Optional<Program> program(T task);

  /** The data sets that a run reads, with their checksums, for its record. */
  default List<Provenance.Data> data(T task) {
    return List.of();
  }

  /** Known entropy of the sources that these runs learn. */
  default List<Outcome.EntropyRate> entropyRates(List<T> tasks) {
    return List.of();
  }
}
