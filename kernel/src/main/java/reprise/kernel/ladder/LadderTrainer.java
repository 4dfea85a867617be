package reprise.kernel.ladder;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import reprise.dsl.data.Corpus;
import reprise.dsl.ladder.LadderTask;
import reprise.dsl.result.Provenance;
import reprise.kernel.data.Text;
import reprise.kernel.data.TokenText;
import reprise.kernel.generation.BaseModel;
import reprise.kernel.run.RunContext;
import reprise.kernel.run.Trainer;
import reprise.tensor.ir.Program;

/** Trains the models of a ladder and asks them; each run by itself on one thread. */
public final class LadderTrainer implements Trainer<LadderTask> {
  private final Map<Corpus.Words, TokenText> texts = new ConcurrentHashMap<>();

  @Override
  public Class<LadderTask> kind() {
    return LadderTask.class;
  }

  @Override
  public void train(List<LadderTask> bundle, RunContext context) {
    for (LadderTask task : bundle) {
      if (!context.cancelled()) {
        context.ended(new LadderRun(task, text(task), context).run());
      }
    }
  }

  @Override
  public Optional<Program> program(LadderTask task) {
    return Optional.of(BaseModel.program(task.model(), text(task)));
  }

  @Override
  public List<Provenance.Data> data(LadderTask task) {
    Corpus.Words corpus = task.model().corpus();
    return List.of(new Provenance.Data(corpus.label(), Text.read(corpus.text()).sha256(), "", ""));
  }

  private TokenText text(LadderTask task) {
    return texts.computeIfAbsent(task.model().corpus(), TokenText::words);
  }
}
