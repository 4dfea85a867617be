package reprise.kernel.knowledge;

import java.util.List;
import java.util.Optional;
import reprise.dsl.knowledge.CapacityTask;
import reprise.kernel.run.RunContext;
import reprise.kernel.run.Trainer;
import reprise.tensor.ir.Program;

/** Teaches models facts and reads what they know; each run by itself on one thread. */
public final class CapacityTrainer implements Trainer<CapacityTask> {
  @Override
  public Class<CapacityTask> kind() {
    return CapacityTask.class;
  }

  @Override
  public void train(List<CapacityTask> bundle, RunContext context) {
    for (CapacityTask task : bundle) {
      if (!context.cancelled()) {
        context.ended(new CapacityRun(task, context).run());
      }
    }
  }

  @Override
  public Optional<Program> program(CapacityTask task) {
    return Optional.of(CapacityCompiler.program(task));
  }
}
