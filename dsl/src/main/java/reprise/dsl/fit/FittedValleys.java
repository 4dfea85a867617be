package reprise.dsl.fit;

import java.util.List;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.PanelCharts;
import reprise.dsl.chart.ValleyCharts;
import reprise.dsl.law.IsoFlop;
import reprise.dsl.law.Valley;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Result;
import reprise.dsl.unit.Flops;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * The valleys of compute budgets and the power laws through them.
 *
 * @param experiment what was asked
 * @param outcome all that came out
 */
public record FittedValleys(IsoFlopFit experiment, Outcome outcome) implements Result {
  /** Valleys, exponents with intervals, warnings. */
  public IsoFlop valleys() {
    return outcome.valleys(IsoFlopFit.VALLEYS).valleys();
  }

  /** N_opt, D_opt and D/N at a budget, with intervals. */
  public IsoFlop.Optimum at(Flops budget) {
    return valleys().at(budget.count());
  }

  /** One row a budget: sizes, the minimum, whether it lies inside the sizes. */
  @Override
  public Table frame() {
    DoubleColumn flops = DoubleColumn.create("C FLOP");
    IntColumn sizes = IntColumn.create("sizes");
    DoubleColumn params = DoubleColumn.create("N_opt");
    DoubleColumn tokens = DoubleColumn.create("D_opt");
    DoubleColumn ratio = DoubleColumn.create("D/N");
    DoubleColumn loss = DoubleColumn.create("loss");
    BooleanColumn interior = BooleanColumn.create("inside");
    for (Valley valley : valleys().valleys()) {
      flops.append(valley.flops());
      sizes.append(valley.sizes());
      params.append(valley.params());
      tokens.append(valley.tokens());
      ratio.append(valley.tokens() / valley.params());
      loss.append(valley.loss());
      interior.append(valley.interior());
    }
    return Table.create("valleys", flops, sizes, params, tokens, ratio, loss, interior);
  }

  @Override
  public List<Figure> charts() {
    IsoFlop found = valleys();
    return List.of(
        ValleyCharts.valleys(found), ValleyCharts.optimalSize(found), PanelCharts.valleys(found));
  }

  @Override
  public String toString() {
    List<String> warnings = valleys().warnings();
    return valleys() + (warnings.isEmpty() ? "" : "; " + String.join("; ", warnings));
  }
}
