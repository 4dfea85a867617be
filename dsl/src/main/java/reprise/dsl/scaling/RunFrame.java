package reprise.dsl.scaling;

import java.util.List;
import reprise.dsl.plan.TrainTask;
import reprise.dsl.result.RunOutcome;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Runs as a frame. */
final class RunFrame {
  private RunFrame() {}

  static Table of(String name, List<RunOutcome> runs) {
    StringColumn id = StringColumn.create("run");
    IntColumn width = IntColumn.create("width");
    LongColumn params = LongColumn.create("N");
    LongColumn tokens = LongColumn.create("D tokens");
    DoubleColumn flops = DoubleColumn.create("C FLOP");
    IntColumn steps = IntColumn.create("steps");
    IntColumn seed = IntColumn.create("seed");
    DoubleColumn loss = DoubleColumn.create("loss nats/token");
    DoubleColumn seconds = DoubleColumn.create("seconds");
    StringColumn status = StringColumn.create("status");
    StringColumn digest = StringColumn.create("digest");
    for (RunOutcome run : runs) {
      TrainTask task = (TrainTask) run.task();
      id.append(task.id());
      width.append(task.model().width());
      params.append(Math.round(task.params().count()));
      tokens.append(task.tokens().count());
      flops.append(task.flops().count());
      steps.append(task.steps());
      seed.append(task.seed());
      switch (run) {
        case RunOutcome.Finished<?> done -> {
          loss.append(done.loss());
          seconds.append(done.seconds());
          status.append("finished");
          digest.append(cut(done.digest()));
        }
        case RunOutcome.Stopped early -> {
          loss.append(early.run().loss());
          seconds.append(early.run().seconds());
          status.append(early.reason());
          digest.append(cut(early.run().digest()));
        }
        case RunOutcome.Failed failed -> {
          loss.appendMissing();
          seconds.appendMissing();
          status.append(failed.reason());
          digest.append("");
        }
      }
    }
    return Table.create(
        name, id, width, params, tokens, flops, steps, seed, loss, seconds, status, digest);
  }

  private static String cut(String digest) {
    return digest.substring(0, Math.min(12, digest.length()));
  }
}
