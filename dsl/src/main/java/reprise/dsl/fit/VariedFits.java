package reprise.dsl.fit;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.LawCharts;
import reprise.dsl.law.Fit;
import reprise.dsl.law.Sensitivity;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Result;
import reprise.dsl.unit.Numbers;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * A law fitted under several choices.
 *
 * @param experiment what was asked
 * @param outcome all that came out
 */
public record VariedFits(FitChoices experiment, Outcome outcome) implements Result {
  /** One fit a combination. */
  public Sensitivity table() {
    return outcome.varied(FitChoices.CHOICES).sensitivity();
  }

  /** One row a combination: choices, constants, derived quantities, whether they are identified. */
  @Override
  public Table frame() {
    StringColumn counting = StringColumn.create("N");
    IntColumn dropped = IntColumn.create("dropped");
    StringColumn minimised = StringColumn.create("minimised");
    BooleanColumn converged = BooleanColumn.create("converged");
    BooleanColumn identified = BooleanColumn.create("identified");
    List<DoubleColumn> numbers = new ArrayList<>();
    Fit first = table().rows().getFirst().fit();
    first.constants().forEach(c -> numbers.add(DoubleColumn.create(c.name())));
    first.derived().forEach(d -> numbers.add(DoubleColumn.create(d.name())));
    for (Sensitivity.Row row : table().rows()) {
      counting.append(row.counting().rule());
      dropped.append(row.dropped());
      minimised.append(row.fit().plan().objective().text());
      converged.append(row.fit().converged());
      identified.append(row.fit().identified());
      int at = 0;
      for (var constant : row.fit().constants()) {
        numbers.get(at++).append(constant.value());
      }
      for (var derived : row.fit().derived()) {
        numbers.get(at++).append(derived.value());
      }
    }
    List<Column<?>> columns = new ArrayList<>(List.of(counting, dropped, minimised));
    columns.addAll(numbers);
    columns.add(converged);
    columns.add(identified);
    return Table.create(experiment.law().formula(), columns);
  }

  /** The residuals of the first combination. */
  @Override
  public List<Figure> charts() {
    return List.of(LawCharts.residuals(table().rows().getFirst().fit()));
  }

  /** The range of every exponent and derived quantity over the choices. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(table().rows().size()).append(" fits of ").append(experiment.law().name());
    for (var constant : experiment.law().constants()) {
      var range = table().range(constant.name());
      text.append("; ")
          .append(constant.name())
          .append(' ')
          .append(Numbers.significant(range.low(), 3))
          .append(" to ")
          .append(Numbers.significant(range.high(), 3));
    }
    return text.toString();
  }
}
