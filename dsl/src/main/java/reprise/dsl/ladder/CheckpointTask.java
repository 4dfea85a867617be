package reprise.dsl.ladder;

import java.util.List;
import reprise.dsl.data.Corpus;
import reprise.dsl.plan.Field;
import reprise.dsl.plan.Task;
import reprise.dsl.unit.Bytes;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Counting;
import reprise.dsl.unit.Flops;
import reprise.dsl.unit.Numbers;

/**
 * A checkpoint to be asked a ladder's benchmark.
 *
 * @param id unique in its plan
 * @param model shape and file
 * @param corpus whose held-out tenth the items come from
 * @param benchmark what it is asked
 */
public record CheckpointTask(
    String id, PlacedModel.ByWeights model, Corpus.Words corpus, ClozeBenchmark benchmark)
    implements Task {
  public CheckpointTask {
    Checks.text("run id", id);
    Checks.present("model", model);
    Checks.present("corpus", corpus);
    Checks.present("benchmark", benchmark);
  }

  /** Nothing is drawn. */
  @Override
  public int seed() {
    return 0;
  }

  @Override
  public int steps() {
    return 0;
  }

  /** A forward pass over the items' windows. */
  @Override
  public Flops flops() {
    return new Flops(4 * model.shape().params(Counting.MATRIX).count() * benchmark.items());
  }

  @Override
  public Bytes memory() {
    return new Bytes(Math.round(8 * model.shape().params(Counting.ALL).count()));
  }

  @Override
  public String setting() {
    return benchmark + " of " + corpus.label();
  }

  @Override
  public List<Field> fields() {
    double params = model.shape().params(Counting.MATRIX).count();
    return List.of(
        Field.words("model", model.name()),
        Field.words("shape", model.shape().label()),
        Field.number("N", params, Numbers.short3(params)),
        Field.number("bytes", model.size().count(), model.size().toString()),
        Field.words("file", model.file().toAbsolutePath().normalize().toString()),
        Field.words("of", model.changed().toString()));
  }

  @Override
  public List<String> problems() {
    return LadderTask.tooShort(model.shape().context());
  }
}
