package reprise.kernel.run;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import reprise.dsl.data.Corpus;
import reprise.dsl.plan.TrainTask;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Provenance;
import reprise.kernel.compile.TrainCompiler;
import reprise.tensor.ir.Program;

/** Trains decoders on corpora, each by itself; the runs of a plan share the corpora's tokens. */
public final class DecoderTrainer implements Trainer<TrainTask> {
  private final TrainCompiler compiler = new TrainCompiler();

  @Override
  public Class<TrainTask> kind() {
    return TrainTask.class;
  }

  @Override
  public void train(List<TrainTask> bundle, RunContext context) {
    for (TrainTask task : bundle) {
      if (!context.cancelled()) {
        context.ended(new TrainRun(task, compiler.compile(task), context).run());
      }
    }
  }

  @Override
  public Optional<Program> program(TrainTask task) {
    return Optional.of(compiler.compile(task).program());
  }

  @Override
  public List<Provenance.Data> data(TrainTask task) {
    return compiler.data(task.corpus()).stream().toList();
  }

  @Override
  public List<Outcome.EntropyRate> entropyRates(List<TrainTask> tasks) {
    Set<Corpus> corpora = new LinkedHashSet<>();
    tasks.stream().map(TrainTask::corpus).filter(Corpus::entropyKnown).forEach(corpora::add);
    return corpora.stream()
        .map(c -> new Outcome.EntropyRate(c.label(), compiler.entropy(c).orElseThrow()))
        .toList();
  }
}
