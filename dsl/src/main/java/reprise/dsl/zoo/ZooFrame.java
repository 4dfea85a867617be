package reprise.dsl.zoo;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.result.Measure;
import reprise.dsl.result.RunOutcome;
import reprise.dsl.result.RunOutcome.Finished;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Models of a zoo as a frame. */
final class ZooFrame {
  private static final List<Measure> SINGLE =
      List.of(
          ZooMeasures.TRAIN_LOSS,
          ZooMeasures.TRAIN_ACCURACY,
          ZooMeasures.TEST_ACCURACY,
          ZooMeasures.TOP_EIGENVALUE,
          ZooMeasures.TRACE,
          ZooMeasures.TRACE_ERROR,
          ZooMeasures.NORM,
          ZooMeasures.EPOCH_GAIN,
          ZooMeasures.PRUNING_LOSS);

  private static final List<Measure> PAIRS =
      List.of(
          ZooMeasures.CURVE,
          ZooMeasures.RANDOM_CURVE,
          ZooMeasures.LINE,
          ZooMeasures.ALIGNED_LINE,
          ZooMeasures.SEED_GAIN,
          ZooMeasures.LOGIT_CKA,
          ZooMeasures.MIXUP_CKA);

  private ZooFrame() {}

  /** One row a model; a measure of pairs is the mean over the pairs that the model is in. */
  static Table models(List<RunOutcome> runs, List<Finished<ZooTask>> finished) {
    StringColumn id = StringColumn.create("run");
    StringColumn data = StringColumn.create("data");
    IntColumn width = IntColumn.create("width");
    LongColumn weights = LongColumn.create("weights");
    IntColumn batch = IntColumn.create("batch");
    DoubleColumn rate = DoubleColumn.create("learning rate");
    DoubleColumn decay = DoubleColumn.create("weight decay");
    IntColumn seed = IntColumn.create("seed");
    DoubleColumn loss = DoubleColumn.create("test loss nats");
    List<DoubleColumn> measured = new ArrayList<>();
    SINGLE.forEach(m -> measured.add(DoubleColumn.create(m.heading())));
    PAIRS.forEach(m -> measured.add(DoubleColumn.create(m.heading())));
    StringColumn status = StringColumn.create("status");
    for (RunOutcome run : runs) {
      if (!(run.task() instanceof ZooTask task)) {
        continue;
      }
      id.append(task.id());
      data.append(task.data().label());
      width.append(task.model().width());
      weights.append(task.weights());
      batch.append(task.descent().batch());
      rate.append(task.descent().rate());
      decay.append(task.descent().weightDecay());
      seed.append(task.seed());
      List<Double> row = values(run, task, finished);
      PhaseFrame.append(loss, row.getFirst());
      for (int i = 0; i < measured.size(); i++) {
        PhaseFrame.append(measured.get(i), row.get(i + 1));
      }
      status.append(run instanceof RunOutcome.Failed failed ? failed.reason() : "finished");
    }
    List<Column<?>> columns =
        new ArrayList<>(
            List.<Column<?>>of(id, data, width, weights, batch, rate, decay, seed, loss));
    columns.addAll(measured);
    columns.add(status);
    return Table.create("models", columns);
  }

  private static List<Double> values(
      RunOutcome run, ZooTask task, List<Finished<ZooTask>> finished) {
    List<Double> row = new ArrayList<>();
    if (run instanceof RunOutcome.Finished<?> done) {
      row.add(done.loss());
      SINGLE.forEach(m -> row.add(done.readings().value(m)));
      PAIRS.forEach(m -> row.add(pairs(task, finished, m)));
    } else {
      for (int i = 0; i <= SINGLE.size() + PAIRS.size(); i++) {
        row.add(Double.NaN);
      }
    }
    return row;
  }

  /** Pairs stand with the lower seed. */
  private static double pairs(ZooTask task, List<Finished<ZooTask>> all, Measure measure) {
    return all.stream()
        .filter(other -> other.task().cell().equals(task.cell()))
        .flatMap(other ->
            other.readings().values().stream()
                .filter(r -> r.measure().equals(measure))
                .filter(r ->
                    other.task().seed() == task.seed()
                        || r.at().equals(ZooMeasures.pair(task.seed()))))
        .mapToDouble(reprise.dsl.result.Reading::value)
        .average()
        .orElse(Double.NaN);
  }
}
