package reprise.kernel.ladder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reprise.dsl.ladder.CheckpointTask;
import reprise.dsl.ladder.LadderMeasures;
import reprise.dsl.result.LossCurve;
import reprise.dsl.result.Provenance;
import reprise.dsl.result.Readings;
import reprise.dsl.result.RunOutcome;
import reprise.kernel.compile.TrainCompiler;
import reprise.kernel.data.Text;
import reprise.kernel.data.TokenText;
import reprise.kernel.generation.Scorer;
import reprise.kernel.run.RunContext;
import reprise.kernel.run.Trainer;
import reprise.tensor.NativeFailure;
import reprise.tensor.checkpoint.SafeTensors;
import reprise.tensor.ir.Program;
import reprise.tensor.model.Decoder.Parameter;
import reprise.tensor.model.Transformer;
import reprise.tensor.model.TransformerConfig;

/** Asks checkpoints a ladder's benchmark. */
public final class CheckpointTrainer implements Trainer<CheckpointTask> {
  private static final LossCurve NONE = new LossCurve(new int[0], new double[0]);

  @Override
  public Class<CheckpointTask> kind() {
    return CheckpointTask.class;
  }

  @Override
  public void train(List<CheckpointTask> bundle, RunContext context) {
    for (CheckpointTask task : bundle) {
      if (!context.cancelled()) {
        context.ended(ask(task, context));
      }
    }
  }

  private static RunOutcome ask(CheckpointTask task, RunContext context) {
    long start = System.nanoTime();
    TransformerConfig config = TransformerConfig.of(TrainCompiler.config(task.model().shape()));
    try (Scorer scorer = new Scorer(context.backend(), config)) {
      Map<String, float[]> weights = read(task.model().file(), Transformer.parameters(config));
      TokenText text = TokenText.words(task.corpus());
      Cloze cloze = Cloze.of(task.benchmark(), text, config.context());
      Readings readings = Readings.of(cloze.ask(scorer.weights(weights::get), config.vocab(), ""));
      double seconds = (System.nanoTime() - start) / 1e9;
      double loss = readings.value(LadderMeasures.LOSS);
      return new RunOutcome.Finished<>(task, loss, NONE, readings, seconds, scorer.digest());
    } catch (NativeFailure
        | IllegalArgumentException
        | IllegalStateException
        | IOException failure) {
      return new RunOutcome.Failed(task, failure.getMessage());
    }
  }

  private static Map<String, float[]> read(Path file, List<Parameter> parameters)
      throws IOException {
    Map<String, float[]> weights = new LinkedHashMap<>();
    try (SafeTensors in = SafeTensors.open(file)) {
      for (Parameter p : parameters) {
        List<Long> expected = p.shape().dims().stream().map(Integer::longValue).toList();
        if (!in.names().contains(p.name()) || !in.shape(p.name()).equals(expected)) {
          throw new IllegalArgumentException(
              file
                  + ": expected a tensor '"
                  + p.name()
                  + "' of shape "
                  + expected
                  + ", got "
                  + (in.names().contains(p.name()) ? in.shape(p.name()) : "none of that name")
                  + "; the width, layers and context of decoder(..) and the ladder's vocabulary"
                  + " must be those of the checkpoint");
        }
        weights.put(p.name(), in.floats(p.name()));
      }
    }
    return weights;
  }

  @Override
  public Optional<Program> program(CheckpointTask task) {
    return Optional.empty();
  }

  @Override
  public List<Provenance.Data> data(CheckpointTask task) {
    return List.of(
        new Provenance.Data(
            task.corpus().label(), Text.read(task.corpus().text()).sha256(), "", ""));
  }
}
