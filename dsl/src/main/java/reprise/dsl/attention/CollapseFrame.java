package reprise.dsl.attention;

import java.util.List;
import reprise.dsl.result.RunOutcome.Finished;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Runs, looks and blocks as a frame. */
final class CollapseFrame {
  private CollapseFrame() {}

  static Table of(List<Finished<CollapseTask>> runs) {
    StringColumn id = StringColumn.create("run");
    StringColumn matrices = StringColumn.create("matrices");
    DoubleColumn rate = DoubleColumn.create("peak lr");
    IntColumn seed = IntColumn.create("seed");
    IntColumn step = IntColumn.create("step");
    IntColumn block = IntColumn.create("block");
    DoubleColumn mean = DoubleColumn.create("mean entropy nats");
    DoubleColumn least = DoubleColumn.create("least entropy nats");
    DoubleColumn rise = DoubleColumn.create("rise of loss nats");
    DoubleColumn loss = DoubleColumn.create("held-out loss nats");
    StringColumn digest = StringColumn.create("digest");
    for (Finished<CollapseTask> run : runs) {
      CollapseTask task = run.task();
      for (int look = 0; look <= task.looks(); look++) {
        for (int b = 1; b <= task.model().layers(); b++) {
          String at = CollapseMeasures.at(task.stepsAt(look), b);
          if (run.readings().find(CollapseMeasures.LEAST, at).isEmpty()) {
            continue; // the run broke before
          }
          id.append(task.id());
          matrices.append(task.scale().word());
          rate.append(task.rate());
          seed.append(task.seed());
          step.append(task.stepsAt(look));
          block.append(b);
          mean.append(run.readings().value(CollapseMeasures.MEAN, at));
          least.append(run.readings().value(CollapseMeasures.LEAST, at));
          rise.append(run.readings().value(CollapseMeasures.RISE));
          loss.append(run.loss());
          digest.append(run.digest().substring(0, Math.min(12, run.digest().length())));
        }
      }
    }
    return Table.create(
        "entropy of attention",
        id,
        matrices,
        rate,
        seed,
        step,
        block,
        mean,
        least,
        rise,
        loss,
        digest);
  }
}
