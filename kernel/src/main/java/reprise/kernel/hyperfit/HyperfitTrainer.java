package reprise.kernel.hyperfit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import reprise.dsl.generation.LanguageModel;
import reprise.dsl.hyperfit.HyperfitTask;
import reprise.dsl.result.RunOutcome;
import reprise.kernel.data.TokenText;
import reprise.kernel.generation.BaseModel;
import reprise.kernel.run.RunContext;
import reprise.kernel.run.Trainer;
import reprise.kernel.run.TrainingLog;
import reprise.tensor.NativeFailure;
import reprise.tensor.ir.Program;

/** Trains a language model and hyperfits it as often as its task says. */
public final class HyperfitTrainer implements Trainer<HyperfitTask> {
  private final Map<LanguageModel, TokenText> texts = new ConcurrentHashMap<>();

  @Override
  public Class<HyperfitTask> kind() {
    return HyperfitTask.class;
  }

  @Override
  public Optional<Program> program(HyperfitTask task) {
    return task.model() instanceof LanguageModel.Trained trained
        ? Optional.of(TuningProgram.of(BaseModel.config(trained), task.tuning(), task.samples()))
        : Optional.empty();
  }

  @Override
  public void train(List<HyperfitTask> bundle, RunContext context) {
    for (HyperfitTask task : bundle) {
      if (!context.cancelled()) {
        context.ended(run(task, context));
      }
    }
  }

  private RunOutcome run(HyperfitTask task, RunContext context) {
    TokenText text = texts.computeIfAbsent(task.model(), BaseModel::text);
    try {
      return HyperfitRun.carryOut(task, text, context);
    } catch (TrainingLog.Ended
        | NativeFailure
        | IllegalArgumentException
        | IllegalStateException failure) {
      return new RunOutcome.Failed(task, failure.getMessage());
    }
  }
}
