package reprise.dsl.streams;

import java.util.List;
import reprise.dsl.result.RunOutcome;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Runs as a frame. */
final class StreamFrame {
  private StreamFrame() {}

  static Table of(List<RunOutcome> runs) {
    StringColumn id = StringColumn.create("run");
    IntColumn width = IntColumn.create("width");
    IntColumn streams = IntColumn.create("P");
    LongColumn params = LongColumn.create("N");
    LongColumn aggregator = LongColumn.create("aggregator");
    LongColumn prefixes = LongColumn.create("prefixes");
    DoubleColumn flops = DoubleColumn.create("C FLOP");
    IntColumn steps = IntColumn.create("steps");
    IntColumn seed = IntColumn.create("seed");
    DoubleColumn loss = DoubleColumn.create("loss nats/token");
    DoubleColumn seconds = DoubleColumn.create("seconds");
    StringColumn status = StringColumn.create("status");
    for (RunOutcome run : runs) {
      StreamTask task = (StreamTask) run.task();
      id.append(task.id());
      width.append(task.model().width());
      streams.append(task.streams());
      params.append(Math.round(task.params().count()));
      aggregator.append(Math.round(task.aggregator()));
      prefixes.append(Math.round(task.prefixes()));
      flops.append(task.flops().count());
      steps.append(task.steps());
      seed.append(task.seed());
      switch (run) {
        case RunOutcome.Finished<?> done -> {
          loss.append(done.loss());
          seconds.append(done.seconds());
          status.append("finished");
        }
        case RunOutcome.Stopped early -> {
          loss.append(early.run().loss());
          seconds.append(early.run().seconds());
          status.append(early.reason());
        }
        case RunOutcome.Failed failed -> {
          loss.appendMissing();
          seconds.appendMissing();
          status.append(failed.reason());
        }
      }
    }
    return Table.create(
        "parallel streams",
        id,
        width,
        streams,
        params,
        aggregator,
        prefixes,
        flops,
        steps,
        seed,
        loss,
        seconds,
        status);
  }
}
