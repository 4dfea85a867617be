package reprise.kernel.render;

import java.util.List;
import java.util.stream.Collectors;
import org.knowm.xchart.internal.chartpart.Chart;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.Plot;
import reprise.dsl.claim.Card;
import reprise.dsl.claim.Verdict;
import reprise.dsl.law.Fit;
import reprise.dsl.law.IsoFlop;
import reprise.dsl.plan.Plan;
import reprise.dsl.repro.Reproduced;
import reprise.dsl.result.Result;
import reprise.kernel.display.MimeBundle;
import reprise.kernel.display.Renderer;
import reprise.tensor.ir.Program;
import tech.tablesaw.api.Table;

/** Shows tables, charts and the objects of the DSL in a notebook and on a terminal. */
public final class DslRenderer implements Renderer {

  @Override
  public boolean accepts(Object value) {
    if (value.getClass().getName().startsWith("java.")) {
      // the common case, answered without loading chart and table classes
      return value instanceof List<?> list && shown(list);
    }
    return value instanceof List<?> list && shown(list)
        || value instanceof Table
        || value instanceof Chart<?, ?>
        || value instanceof Plot
        || value instanceof Figure
        || value instanceof Plan
        || value instanceof Program
        || value instanceof Result
        || value instanceof Verdict
        || value instanceof Card
        || value instanceof Reproduced
        || value instanceof Fit
        || value instanceof IsoFlop;
  }

  private static boolean shown(List<?> list) {
    return !list.isEmpty()
        && (list.stream().allMatch(Figure.class::isInstance)
            || list.stream().allMatch(Verdict.class::isInstance));
  }

  @Override
  public MimeBundle render(Object value) {
    return switch (value) {
      case Table table ->
          both(Tables.text(table, Tables.Bounds.CELL), Tables.html(table, Tables.Bounds.CELL));
      case Plot plot -> chart(plot.chart());
      case Chart<?, ?> chart -> chart(chart);
      case Figure figure -> both(figure.toString(), Figures.cell(figure));
      case Plan plan -> both(plan.toString().stripTrailing(), Plans.html(plan));
      case Program program -> both(Programs.text(program), Programs.html(program));
      case Verdict verdict ->
          both(Verdicts.text(List.of(verdict)), Verdicts.html(List.of(verdict)));
      case Card card -> both(Cards.text(card), Cards.html(card));
      case Reproduced done -> reproduced(done);
      case Fit fit -> both(Fits.text(fit), Fits.html(fit));
      case IsoFlop isoFlop -> both(Fits.text(isoFlop), Fits.html(isoFlop));
      case Result result -> result(result);
      case List<?> list when list.getFirst() instanceof Figure -> figures(list);
      case List<?> list -> verdicts(list);
      default ->
          throw new IllegalArgumentException("no rendering of " + value.getClass().getName());
    };
  }

  private static MimeBundle both(String text, String html) {
    return MimeBundle.text(text).html(Style.cell(html));
  }

  /** PNG at 2x, shown at its size. */
  private static MimeBundle chart(Chart<?, ?> chart) {
    String title = chart.getTitle() == null || chart.getTitle().isBlank() ? "" : chart.getTitle();
    return MimeBundle.text(("chart " + title).strip())
        .png(Charts.png(chart, Charts.CRISP), chart.getWidth(), chart.getHeight());
  }

  private static MimeBundle result(Result result) {
    String line = result.toString();
    Table frame = result.frame();
    StringBuilder text = new StringBuilder(line);
    StringBuilder html = new StringBuilder(Html.of("p", line));
    if (!result.claims().isEmpty()) {
      text.append("\n\n").append(Verdicts.text(result.claims()));
      html.append(Verdicts.html(result.claims()));
    }
    text.append("\n\n").append(Tables.text(frame, Tables.Bounds.CELL));
    List<Figure> charts = result.charts();
    charts.forEach(figure -> text.append('\n').append(figure));
    html.append(Figures.cell(charts))
        .append(
            Html.folded(
                "data: " + frame.rowCount() + " rows", Tables.html(frame, Tables.Bounds.CELL)))
        .append(Html.of("p", "m", result.record().toString()));
    return both(text.toString(), html.toString());
  }

  private static MimeBundle reproduced(Reproduced done) {
    String html =
        Html.of("p", done.toString())
            + Verdicts.html(done.verdicts())
            + Figures.cell(done.charts());
    return both(done + "\n\n" + Verdicts.text(done.verdicts()), html);
  }

  private static MimeBundle figures(List<?> list) {
    List<Figure> figures = list.stream().map(Figure.class::cast).toList();
    String text = figures.stream().map(Figure::toString).collect(Collectors.joining("\n"));
    return both(text, Figures.cell(figures));
  }

  private static MimeBundle verdicts(List<?> list) {
    List<Verdict> verdicts = list.stream().map(Verdict.class::cast).toList();
    return both(Verdicts.text(verdicts), Verdicts.html(verdicts));
  }

  @Override
  public int priority() {
    return BUILT_IN;
  }
}
