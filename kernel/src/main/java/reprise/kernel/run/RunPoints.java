package reprise.kernel.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import reprise.dsl.RunFailure;
import reprise.dsl.data.Corpus;
import reprise.dsl.law.Column;
import reprise.dsl.law.Points;
import reprise.dsl.plan.PointTask;
import reprise.dsl.plan.TrainTask;
import reprise.dsl.result.RunOutcome;
import reprise.dsl.result.RunOutcome.Finished;

/** The runs of a plan as points: columns N, D, C and loss. */
final class RunPoints {
  private RunPoints() {}

  /**
   * One point a run that ended.
   *
   * @throws RunFailure when none did
   */
  static Points runs(String analysis, List<RunOutcome> runs) {
    return points(finished(analysis, runs).stream().map(List::of).toList());
  }

  /**
   * One point a cell, the mean loss of its seeds. A law misses a cell as a whole: its seeds are not
   * independent points, and a bootstrap over them would make every interval too narrow.
   *
   * @throws RunFailure when no run ended
   */
  static Points cells(String analysis, List<RunOutcome> runs) {
    List<Finished<PointTask>> placed = RunOutcome.finished(runs, PointTask.class);
    if (!placed.isEmpty()) {
      return placed(placed);
    }
    return points(byCell(analysis, runs));
  }

  /** The runs on one corpus. */
  static List<RunOutcome> on(Corpus corpus, List<RunOutcome> runs) {
    return runs.stream()
        .filter(run -> run.task() instanceof TrainTask train && train.corpus().equals(corpus))
        .toList();
  }

  /**
   * The compute frontier: of every budget the cell of least mean loss, in ascending order of C.
   *
   * @throws RunFailure when no run ended
   */
  static Points frontier(String analysis, List<RunOutcome> runs) {
    Map<Double, List<Finished<TrainTask>>> best = new TreeMap<>();
    for (List<Finished<TrainTask>> cell : byCell(analysis, runs)) {
      TrainTask task = cell.getFirst().task();
      best.merge(
          task.budget().orElse(task.flops()).count(),
          cell,
          (a, b) -> meanLoss(a) <= meanLoss(b) ? a : b);
    }
    return points(List.copyOf(best.values()));
  }

  private static double meanLoss(List<Finished<TrainTask>> cell) {
    return cell.stream().mapToDouble(Finished::loss).average().orElseThrow();
  }

  private static List<List<Finished<TrainTask>>> byCell(String analysis, List<RunOutcome> runs) {
    record Cell(double params, long tokens) {}
    Map<Cell, List<Finished<TrainTask>>> cells = new LinkedHashMap<>();
    for (Finished<TrainTask> run : finished(analysis, runs)) {
      Cell cell = new Cell(run.task().params().count(), run.task().tokens().count());
      cells.computeIfAbsent(cell, c -> new ArrayList<>()).add(run);
    }
    return List.copyOf(cells.values());
  }

  /** Cells of runs that say themselves where they stand: a column a coordinate, and loss. */
  private static Points placed(List<Finished<PointTask>> runs) {
    Map<List<PointTask.Coordinate>, List<Finished<PointTask>>> cells = new LinkedHashMap<>();
    runs.forEach(r -> cells.computeIfAbsent(r.task().coordinates(), c -> new ArrayList<>()).add(r));
    List<Column> columns = new ArrayList<>();
    List<PointTask.Coordinate> first = runs.getFirst().task().coordinates();
    for (int i = 0; i < first.size(); i++) {
      int at = i;
      columns.add(
          new Column(
              first.get(i).name(),
              cells.keySet().stream().mapToDouble(c -> c.get(at).value()).toArray()));
    }
    columns.add(
        new Column(
            "loss",
            cells.values().stream()
                .mapToDouble(
                    cell -> cell.stream().mapToDouble(Finished::loss).average().orElseThrow())
                .toArray()));
    return new Points(
        columns,
        cells.values().stream()
            .map(cell -> label(cell.getFirst().task().id(), cell.size()))
            .toList());
  }

  private static Points points(List<List<Finished<TrainTask>>> cells) {
    return new Points(
        List.of(
            column("N", cells, run -> run.task().params().count()),
            column("D", cells, run -> run.task().tokens().count()),
            // a cell of a budget stands at its budget, though whole steps make its work differ
            column("C", cells, run -> run.task().budget().orElse(run.task().flops()).count()),
            column("loss", cells, Finished::loss)),
        cells.stream().map(RunPoints::label).toList());
  }

  private static Column column(
      String name,
      List<List<Finished<TrainTask>>> cells,
      ToDoubleFunction<Finished<TrainTask>> value) {
    return new Column(
        name,
        cells.stream()
            .mapToDouble(cell -> cell.stream().mapToDouble(value).average().orElseThrow())
            .toArray());
  }

  private static String label(List<Finished<TrainTask>> cell) {
    return label(cell.getFirst().task().id(), cell.size());
  }

  private static String label(String first, int seeds) {
    return seeds == 1 ? first : first.replaceFirst("-s[0-9]+$", "") + ", " + seeds + " seeds";
  }

  private static List<Finished<TrainTask>> finished(String analysis, List<RunOutcome> runs) {
    List<Finished<TrainTask>> done = RunOutcome.finished(runs, TrainTask.class);
    if (done.isEmpty()) {
      throw new RunFailure(
          "analysis '"
              + analysis
              + "' has no points: none of the "
              + runs.size()
              + " runs came to its end"
              + firstFailure(runs));
    }
    return done;
  }

  private static String firstFailure(List<RunOutcome> runs) {
    for (RunOutcome run : runs) {
      if (run instanceof RunOutcome.Failed failed) {
        return "; the first failed with: " + failed.reason();
      } else if (run instanceof RunOutcome.Stopped early) {
        return "; the first was " + early.reason();
      }
    }
    return "";
  }
}
