package reprise.kernel.attention;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import reprise.dsl.attention.CollapseTask;
import reprise.dsl.data.Corpus;
import reprise.dsl.result.Provenance;
import reprise.kernel.data.Text;
import reprise.kernel.run.RunContext;
import reprise.kernel.run.Trainer;
import reprise.tensor.ir.Program;

/** Trains decoders and looks at their attention; each run by itself on one thread. */
public final class CollapseTrainer implements Trainer<CollapseTask> {
  private final Map<Corpus, Text> texts = new ConcurrentHashMap<>();

  @Override
  public Class<CollapseTask> kind() {
    return CollapseTask.class;
  }

  @Override
  public void train(List<CollapseTask> bundle, RunContext context) {
    for (CollapseTask task : bundle) {
      if (!context.cancelled()) {
        context.ended(new CollapseRun(task, text(task), context).run());
      }
    }
  }

  @Override
  public Optional<Program> program(CollapseTask task) {
    return Optional.of(CollapseCompiler.program(task, text(task)));
  }

  @Override
  public List<Provenance.Data> data(CollapseTask task) {
    return List.of(new Provenance.Data(task.corpus().label(), text(task).sha256(), "", ""));
  }

  private Text text(CollapseTask task) {
    return texts.computeIfAbsent(
        task.corpus(), c -> Text.read(((Corpus.Characters) c).text())); // as the plan was checked
  }
}
