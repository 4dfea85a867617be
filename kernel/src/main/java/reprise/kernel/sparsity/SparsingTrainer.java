package reprise.kernel.sparsity;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import reprise.dsl.data.Corpus;
import reprise.dsl.result.Provenance;
import reprise.dsl.sparsity.SparsingTask;
import reprise.kernel.data.Text;
import reprise.kernel.run.RunContext;
import reprise.kernel.run.Trainer;
import reprise.tensor.ir.Program;

/** Trains models and counts the neurons they need; each run by itself on one thread. */
public final class SparsingTrainer implements Trainer<SparsingTask> {
  private final Map<Corpus, Text> texts = new ConcurrentHashMap<>();

  @Override
  public Class<SparsingTask> kind() {
    return SparsingTask.class;
  }

  @Override
  public void train(List<SparsingTask> bundle, RunContext context) {
    for (SparsingTask task : bundle) {
      if (!context.cancelled()) {
        context.ended(new SparsingRun(task, text(task), context).run());
      }
    }
  }

  @Override
  public Optional<Program> program(SparsingTask task) {
    return Optional.of(SparsingCompiler.program(task, text(task)));
  }

  @Override
  public List<Provenance.Data> data(SparsingTask task) {
    return List.of(new Provenance.Data(task.corpus().label(), text(task).sha256(), "", ""));
  }

  private Text text(SparsingTask task) {
    return texts.computeIfAbsent(
        task.corpus(), c -> Text.read(((Corpus.Characters) c).text())); // as the plan was checked
  }
}
