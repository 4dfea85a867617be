package reprise.dsl.knowledge;

import java.util.List;
import reprise.dsl.plan.Task;
import reprise.dsl.result.RunOutcome;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Runs and their readings as a frame. */
final class CapacityFrame {
  private final StringColumn id = StringColumn.create("run");
  private final StringColumn facts = StringColumn.create("facts");
  private final IntColumn people = IntColumn.create("N");
  private final StringColumn model = StringColumn.create("model");
  private final LongColumn params = LongColumn.create("P");
  private final IntColumn exposures = IntColumn.create("exposures");
  private final StringColumn company = StringColumn.create("company");
  private final LongColumn tokens = LongColumn.create("D tokens");
  private final IntColumn seed = IntColumn.create("seed");
  private final StringColumn at = StringColumn.create("read at");
  private final DoubleColumn name = DoubleColumn.create("p1 nats");
  private final DoubleColumn value = DoubleColumn.create("p2 nats");
  private final DoubleColumn first = DoubleColumn.create("p3 nats");
  private final DoubleColumn right = DoubleColumn.create("values right");
  private final DoubleColumn ratio = DoubleColumn.create("R bits/parameter");
  private final DoubleColumn most = DoubleColumn.create("R max");
  private final DoubleColumn share = DoubleColumn.create("R/R max");
  private final DoubleColumn seconds = DoubleColumn.create("seconds");
  private final StringColumn status = StringColumn.create("status");
  private final StringColumn digest = StringColumn.create("digest");

  private CapacityFrame() {}

  static Table of(List<RunOutcome> runs) {
    CapacityFrame frame = new CapacityFrame();
    runs.forEach(frame::add);
    return Table.create(
        "knowledge capacity",
        frame.id,
        frame.facts,
        frame.people,
        frame.model,
        frame.params,
        frame.exposures,
        frame.company,
        frame.tokens,
        frame.seed,
        frame.at,
        frame.name,
        frame.value,
        frame.first,
        frame.right,
        frame.ratio,
        frame.most,
        frame.share,
        frame.seconds,
        frame.status,
        frame.digest);
  }

  private void add(RunOutcome run) {
    switch (run) {
      case RunOutcome.Finished<?> done when done.task() instanceof CapacityTask task ->
          CapacityReading.of(task, done).forEach(reading -> finished(task, done, reading));
      case RunOutcome.Failed failed -> failed(failed);
      default -> {}
    }
  }

  private void head(CapacityTask task) {
    id.append(task.id());
    facts.append(task.facts().label());
    people.append(task.facts().people());
    model.append(task.model().label());
    params.append(Math.round(task.params().count()));
    exposures.append(task.exposures());
    company.append(task.company().label());
    tokens.append(task.tokens().count());
    seed.append(task.seed());
    most.append(task.most());
  }

  private void finished(CapacityTask task, RunOutcome.Finished<?> done, CapacityReading reading) {
    head(task);
    at.append(reading.precision().word());
    name.append(reading.losses().name());
    value.append(reading.losses().value());
    first.append(reading.losses().firstChunk());
    right.append(reading.right());
    ratio.append(reading.ratio());
    share.append(reading.share());
    seconds.append(done.seconds());
    status.append("finished");
    digest.append(done.digest().substring(0, Math.min(12, done.digest().length())));
  }

  private void failed(RunOutcome.Failed run) {
    Task task = run.task();
    if (task instanceof CapacityTask capacity) {
      head(capacity);
      at.append("");
      List.of(name, value, first, right, ratio, share, seconds)
          .forEach(DoubleColumn::appendMissing);
      status.append(run.reason());
      digest.append("");
    }
  }
}
