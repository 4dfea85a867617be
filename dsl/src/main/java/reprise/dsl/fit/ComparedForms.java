package reprise.dsl.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.LawCharts;
import reprise.dsl.law.FormComparison;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Result;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Forms of a law, compared.
 *
 * @param experiment what was asked
 * @param outcome all that came out
 */
public record ComparedForms(FormContest experiment, Outcome outcome) implements Result {
  /** Scores and fits, one row a form. */
  public FormComparison comparison() {
    return outcome.forms(FormContest.FORMS).comparison();
  }

  /** One row a form: constants, AIC, BIC, and mean relative errors. */
  @Override
  public Table frame() {
    StringColumn law = StringColumn.create("form");
    IntColumn constants = IntColumn.create("constants");
    DoubleColumn aic = DoubleColumn.create("AIC");
    DoubleColumn bic = DoubleColumn.create("BIC");
    DoubleColumn fitted = DoubleColumn.create("fitted error");
    DoubleColumn folds = DoubleColumn.create("cross-validated error");
    DoubleColumn heldOut = DoubleColumn.create("held-out error");
    BooleanColumn identified = BooleanColumn.create("identified");
    for (FormComparison.Row row : comparison().rows()) {
      law.append(row.law().name());
      constants.append(row.law().constants().size());
      aic.append(row.aic());
      bic.append(row.bic());
      fitted.append(row.fitted());
      folds.append(row.crossValidated());
      heldOut.append(row.heldOut());
      identified.append(row.fit().identified());
    }
    return Table.create("forms", law, constants, aic, bic, fitted, folds, heldOut, identified);
  }

  /** The residuals of every form. */
  @Override
  public List<Figure> charts() {
    List<Figure> charts = new ArrayList<>();
    for (FormComparison.Row row : comparison().rows()) {
      Figure residuals = LawCharts.residuals(row.fit());
      charts.add(
          new Figure(
              "residuals-" + row.law().name().toLowerCase(Locale.ROOT),
              residuals.caption(),
              residuals.chart()));
    }
    return charts;
  }

  /** The form that predicts best what it has not seen: held out, else cross-validated, else BIC. */
  @Override
  public String toString() {
    FormComparison all = comparison();
    boolean held = experiment.heldOut().isPresent();
    boolean folded = experiment.folds() > 0;
    FormComparison.Row best =
        all.best(
            held
                ? FormComparison.Row::heldOut
                : folded ? FormComparison.Row::crossValidated : FormComparison.Row::bic);
    String by = held ? "held-out points" : folded ? "cross-validation" : "BIC";
    return "of " + all.rows().size() + " forms " + best.law().name() + " is best by " + by;
  }
}
