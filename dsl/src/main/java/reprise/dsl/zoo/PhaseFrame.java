package reprise.dsl.zoo;

import java.util.List;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Phase maps as frames. */
final class PhaseFrame {
  private PhaseFrame() {}

  /** One row a cell. */
  static Table cells(PhaseMap map) {
    DoubleColumn load = DoubleColumn.create(map.loadName());
    DoubleColumn temperature = DoubleColumn.create(map.temperatureName());
    StringColumn phase = StringColumn.create("phase");
    DoubleColumn test = DoubleColumn.create("test accuracy %");
    DoubleColumn train = DoubleColumn.create("train accuracy %");
    DoubleColumn loss = DoubleColumn.create("train loss nats");
    DoubleColumn trace = DoubleColumn.create("Hessian trace");
    DoubleColumn connectivity = DoubleColumn.create("mode connectivity points");
    DoubleColumn similarity = DoubleColumn.create("CKA");
    for (ZooCell cell : map.cells()) {
      load.append(cell.load());
      temperature.append(cell.temperature());
      phase.append(map.phase(cell).map(Phase::label).orElse("none"));
      append(test, cell.testAccuracy());
      append(train, cell.trainAccuracy());
      append(loss, cell.landscape().trainLoss());
      append(trace, cell.landscape().trace());
      append(connectivity, cell.landscape().connectivity());
      append(similarity, cell.landscape().similarity());
    }
    return Table.create(
        "cells", load, temperature, phase, test, train, loss, trace, connectivity, similarity);
  }

  /** One row a phase. */
  static Table phases(List<PhaseRow> rows) {
    StringColumn phase = StringColumn.create("phase");
    StringColumn meaning = StringColumn.create("meaning");
    IntColumn cells = IntColumn.create("cells");
    DoubleColumn mean = DoubleColumn.create("mean test accuracy %");
    DoubleColumn error = DoubleColumn.create("standard error points");
    DoubleColumn best = DoubleColumn.create("best test accuracy %");
    DoubleColumn loss = DoubleColumn.create("mean train loss nats");
    DoubleColumn trace = DoubleColumn.create("mean ln trace");
    for (PhaseRow row : rows) {
      phase.append(row.phase().label());
      meaning.append(row.phase().meaning());
      cells.append(row.cells());
      mean.append(row.meanTest());
      append(error, row.error());
      best.append(row.bestTest());
      loss.append(row.meanLoss());
      append(trace, row.meanLogTrace());
    }
    return Table.create("phases", phase, meaning, cells, mean, error, best, loss, trace);
  }

  static void append(DoubleColumn column, double value) {
    if (Double.isNaN(value)) {
      column.appendMissing();
    } else {
      column.append(value);
    }
  }
}
