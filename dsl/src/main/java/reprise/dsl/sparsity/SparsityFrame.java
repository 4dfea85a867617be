package reprise.dsl.sparsity;

import java.util.List;
import reprise.dsl.result.RunOutcome.Finished;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Runs and their checkpoints as a frame. */
final class SparsityFrame {
  private SparsityFrame() {}

  static Table of(List<Finished<SparsingTask>> runs) {
    StringColumn id = StringColumn.create("run");
    StringColumn model = StringColumn.create("model");
    StringColumn activation = StringColumn.create("activation");
    LongColumn params = LongColumn.create("N");
    IntColumn seed = IntColumn.create("seed");
    LongColumn tokens = LongColumn.create("D tokens");
    DoubleColumn ratio = DoubleColumn.create("activation ratio");
    DoubleColumn nonZero = DoubleColumn.create("non-zero neurons");
    DoubleColumn loss = DoubleColumn.create("dense loss nats");
    DoubleColumn cett = DoubleColumn.create("CETT");
    StringColumn digest = StringColumn.create("digest");
    for (Finished<SparsingTask> run : runs) {
      SparsingTask task = run.task();
      for (int c = 1; c <= task.checkpoints(); c++) {
        String at = SparsityMeasures.after(task.tokensAt(c));
        id.append(task.id());
        model.append(task.model().label());
        activation.append(task.activation().word());
        params.append(Math.round(task.params().count()));
        seed.append(task.seed());
        tokens.append(task.tokensAt(c));
        ratio.append(run.readings().value(SparsityMeasures.ACTIVATION, at));
        nonZero.append(run.readings().value(SparsityMeasures.NON_ZERO, at));
        loss.append(run.readings().value(SparsityMeasures.LOSS, at));
        cett.append(run.readings().value(SparsityMeasures.CETT));
        digest.append(run.digest().substring(0, Math.min(12, run.digest().length())));
      }
    }
    return Table.create(
        "activation sparsity",
        id,
        model,
        activation,
        params,
        seed,
        tokens,
        ratio,
        nonZero,
        loss,
        cett,
        digest);
  }
}
