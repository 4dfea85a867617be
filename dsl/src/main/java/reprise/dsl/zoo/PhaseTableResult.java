package reprise.dsl.zoo;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.chart.Figure;
import reprise.dsl.claim.Measured;
import reprise.dsl.law.Points;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Result;
import tech.tablesaw.api.Table;

/**
 * The phases of published cells.
 *
 * @param experiment what was asked
 * @param outcome the cells as they were read
 */
public record PhaseTableResult(PhaseTable experiment, Outcome outcome) implements Result {
  /** The cells and their phases. */
  public PhaseMap map() {
    Points p = outcome.table(PhaseTable.CELLS).points();
    List<ZooCell> cells = new ArrayList<>();
    for (int i = 0; i < p.size(); i++) {
      double test = p.column("test_accuracy").value(i);
      double load = p.column("load").value(i);
      if (load >= experiment.leastLoad()) {
        cells.add(
            new ZooCell(
                load,
                p.column("temperature").value(i),
                new Landscape(
                    p.column("train_loss").value(i),
                    p.column("trace").value(i),
                    p.column("connectivity").value(i),
                    p.column("similarity").value(i)),
                p.column("train_accuracy").value(i),
                Double.isNaN(test) ? List.of() : List.of(test)));
      }
    }
    return new PhaseMap("width", "batch", experiment.rule(), cells, 0);
  }

  /** One row a phase: cells, test accuracy, training loss, trace. */
  @Override
  public Table frame() {
    return PhaseFrame.phases(map().rows());
  }

  /** One row a cell. */
  public Table cells() {
    return PhaseFrame.cells(map());
  }

  /**
   * The share of thresholds at which the claimed order of mean test accuracy holds: every
   * combination of these.
   */
  public Measured orderOver(List<Double> logTraces, List<Double> alike) {
    int held = 0;
    PhaseMap map = map();
    for (double logTrace : logTraces) {
      for (double similar : alike) {
        PhaseRule rule =
            new PhaseRule(new Roughness.ByTrace(logTrace), experiment.rule().barrier(), similar);
        held += map.rule(rule).neighboursInOrder().value() == Phase.ORDER.size() - 1 ? 1 : 0;
      }
    }
    int all = logTraces.size() * alike.size();
    return Measured.exactly(
        (double) held / all, held + " of " + all + " combinations of thresholds");
  }

  @Override
  public List<Figure> charts() {
    return PhaseCharts.of(map(), "published-phases");
  }

  @Override
  public String toString() {
    PhaseMap map = map();
    return map.classified()
        + " of "
        + map.cells().size()
        + " cells have a phase; "
        + map.neighboursInOrder().how();
  }
}
