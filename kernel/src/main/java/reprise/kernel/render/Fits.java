package reprise.kernel.render;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.chart.ValleyCharts;
import reprise.dsl.law.Estimate;
import reprise.dsl.law.Fit;
import reprise.dsl.law.IsoFlop;
import reprise.dsl.law.Valley;
import reprise.dsl.unit.Numbers;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** A fitted law: constants with standard errors and intervals, and what to be wary of. */
final class Fits {
  private Fits() {}

  static String html(Fit fit) {
    StringBuilder out = new StringBuilder("<p><b>");
    out.append(Html.escape(fit.plan().law().formula()))
        .append("</b>")
        .append(Html.of("div", "m", fit.plan().law().source()))
        .append(Html.of("div", "m", search(fit)))
        .append("</p><table><thead><tr><th>constant</th>");
    for (String head : List.of("value", "se", percent(fit) + " interval")) {
      out.append(Html.of("th", "n", head));
    }
    out.append("<th>meaning</th></tr></thead><tbody>");
    List<Estimate> derived = fit.derived();
    for (int i = 0; i < fit.constants().size(); i++) {
      var constant = fit.plan().law().constants().get(i);
      row(out, fit.constants().get(i), constant.meaning() + unit(constant.unit()));
    }
    for (int i = 0; i < derived.size(); i++) {
      row(out, derived.get(i), fit.plan().law().derived().get(i).formula());
    }
    out.append("</tbody></table>");
    fit.warnings().forEach(w -> out.append(warning(w.message())));
    return out.toString();
  }

  static String text(Fit fit) {
    StringColumn name = StringColumn.create("constant");
    List<StringColumn> numbers =
        List.of(
            StringColumn.create("value"),
            StringColumn.create("se"),
            StringColumn.create(percent(fit) + " interval"));
    List<Estimate> all = new ArrayList<>(fit.constants());
    all.addAll(fit.derived());
    for (Estimate estimate : all) {
      name.append(estimate.name());
      numbers.get(0).append(Numbers.significant(estimate.value(), 5));
      numbers.get(1).append(error(estimate));
      numbers.get(2).append(interval(estimate));
    }
    Table table = Table.create(fit.plan().law().formula(), name);
    numbers.forEach(table::addColumns);
    StringBuilder out = new StringBuilder(Tables.text(table, Tables.Bounds.CELL));
    out.append('\n').append(search(fit));
    fit.warnings().forEach(w -> out.append("\nwarning: ").append(w.message()));
    return out.toString();
  }

  static String html(IsoFlop isoFlop) {
    StringBuilder out = new StringBuilder(Html.of("p", isoFlop.toString()));
    out.append(Tables.html(valleys(isoFlop), Tables.Bounds.CELL));
    isoFlop.warnings().forEach(w -> out.append(warning(w)));
    return out.append(Figures.cell(ValleyCharts.valleys(isoFlop))).toString();
  }

  static String text(IsoFlop isoFlop) {
    StringBuilder out = new StringBuilder(isoFlop.toString());
    out.append("\n\n").append(Tables.text(valleys(isoFlop), Tables.Bounds.CELL));
    isoFlop.warnings().forEach(w -> out.append("\nwarning: ").append(w));
    return out.toString();
  }

  private static Table valleys(IsoFlop isoFlop) {
    DoubleColumn flops = DoubleColumn.create("C FLOP");
    IntColumn sizes = IntColumn.create("sizes");
    DoubleColumn params = DoubleColumn.create("N_opt");
    DoubleColumn tokens = DoubleColumn.create("D_opt");
    DoubleColumn loss = DoubleColumn.create("loss");
    StringColumn inside = StringColumn.create("minimum");
    for (Valley valley : isoFlop.valleys()) {
      flops.append(valley.flops());
      sizes.append(valley.sizes());
      params.append(valley.params());
      tokens.append(valley.tokens());
      loss.append(valley.loss());
      inside.append(valley.interior() ? "inside the sizes" : "not inside");
    }
    return Table.create("", flops, sizes, params, tokens, loss, inside);
  }

  private static String warning(String message) {
    return "<p><span class=\"b inconclusive\">! warning</span> " + Html.escape(message) + "</p>";
  }

  private static void row(StringBuilder out, Estimate estimate, String meaning) {
    out.append("<tr>")
        .append(Html.of("td", estimate.name()))
        .append(Html.of("td", "n", Numbers.significant(estimate.value(), 5)))
        .append(Html.of("td", "n", error(estimate)))
        .append(Html.of("td", "n", interval(estimate)))
        .append(Html.of("td", "m", meaning))
        .append("</tr>");
  }

  private static String error(Estimate estimate) {
    return Double.isFinite(estimate.standardError())
        ? Numbers.significant(estimate.standardError(), 3)
        : "–";
  }

  private static String interval(Estimate estimate) {
    return estimate.interval().known()
        ? Numbers.significant(estimate.interval().low(), 4)
            + " to "
            + Numbers.significant(estimate.interval().high(), 4)
        : "–";
  }

  private static String unit(String unit) {
    return unit.equals("1") || unit.isEmpty() ? "" : ", " + unit;
  }

  private static String percent(Fit fit) {
    return Numbers.significant(100 * fit.plan().confidence(), 3) + " %";
  }

  private static String search(Fit fit) {
    var ended = fit.convergence();
    return fit.n()
        + " points, "
        + fit.plan().objective().text()
        + ", objective "
        + Numbers.significant(fit.objective(), 7)
        + "; "
        + (ended.converged() ? "converged" : "NOT CONVERGED")
        + " ("
        + ended.reason()
        + "), "
        + ended.reached()
        + " of "
        + ended.starts()
        + " starts at the best; "
        + fit.samples().size()
        + " bootstrap replicates";
  }
}
