package reprise.kernel.render;

import java.util.List;
import java.util.Optional;
import reprise.dsl.claim.Claim;
import reprise.dsl.claim.Expected;
import reprise.dsl.claim.Measured;
import reprise.dsl.claim.Verdict;
import reprise.dsl.unit.Numbers;

/** Verdicts as badges and tables. A contradiction is shown as plainly as a confirmation. */
final class Verdicts {
  private Verdicts() {}

  /** A sign that tells verdicts apart without colour. */
  static String sign(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Supported s -> "✓";
      case Verdict.Contradicted c -> "✗";
      case Verdict.Inconclusive i -> "?";
      case Verdict.OutOfReach o -> "–";
    };
  }

  /** The class of the style sheet that colours it. */
  static String kind(Verdict verdict) {
    return verdict instanceof Verdict.OutOfReach ? "far" : verdict.word();
  }

  /** A coloured word with its sign. */
  static String badge(Verdict verdict) {
    return Html.of("span", "b " + kind(verdict), sign(verdict) + " " + verdict.word());
  }

  /** The verdicts as an HTML table, a claim a row. */
  static String html(List<Verdict> verdicts) {
    StringBuilder out = new StringBuilder("<table class=\"verdicts\"><thead><tr>");
    for (String head : List.of("verdict", "claim", "claimed", "measured")) {
      out.append(Html.of("th", head));
    }
    out.append("</tr></thead><tbody>");
    for (Verdict verdict : verdicts) {
      Claim claim = verdict.claim();
      out.append("<tr><td>")
          .append(badge(verdict))
          .append("</td><td>")
          .append(Html.escape(claim.sentence()))
          .append(reason(verdict))
          .append("<div class=\"m\">")
          .append(Html.escape(claim.id()))
          .append(claim.origin() == Claim.Origin.REPRISE ? " · a claim of ours" : "")
          .append(" · ")
          .append(Html.escape(claim.rule().text()))
          .append("</div></td><td>")
          .append(claimed(claim.expected()))
          .append("</td><td>")
          .append(measured(verdict.measured()))
          .append("</td></tr>");
    }
    return out.append("</tbody></table>").toString();
  }

  /** The reason, unless the rule below says the same. */
  private static String reason(Verdict verdict) {
    return verdict.claim().rule().text().contains(verdict.reason())
        ? ""
        : Html.of("div", "reason", verdict.reason());
  }

  private static String claimed(Optional<Expected> expected) {
    return expected
        .map(e ->
            Html.escape(number(e.value()))
                + e.interval().map(i -> "<br>" + Html.escape(i.toString())).orElse("")
                + Html.of("div", "m", (e.unit().isEmpty() ? "" : e.unit() + ", ") + e.where()))
        .orElse(Html.of("span", "m", "a direction"));
  }

  private static String measured(Optional<Measured> measured) {
    return measured
        .map(m ->
            Html.escape(number(m.value()))
                + m.interval()
                    .map(i ->
                        "<br>"
                            + Html.escape(i.toString())
                            + Html.of("div", "m", percent(i.level()) + ", " + i.method()))
                    .orElse("")
                + Html.of("div", "m", m.how()))
        .orElse(Html.of("span", "m", "nothing"));
  }

  /** The verdicts as aligned lines, each followed by its reason. */
  static String text(List<Verdict> verdicts) {
    StringBuilder out = new StringBuilder();
    for (Verdict verdict : verdicts) {
      out.append(sign(verdict))
          .append(' ')
          .append(verdict.line())
          .append("\n                ")
          .append(verdict.reason())
          .append('\n');
    }
    return out.toString().stripTrailing();
  }

  /** The verdicts as a Markdown table. */
  static String markdown(List<Verdict> verdicts) {
    StringBuilder out =
        new StringBuilder(
            "| verdict | claim | claimed | measured | reason |\n|---|---|---|---|---|");
    for (Verdict verdict : verdicts) {
      out.append("\n| ")
          .append(sign(verdict))
          .append(' ')
          .append(verdict.word())
          .append(" | ")
          .append(Markdown.cell(verdict.claim().sentence()))
          .append(" | ")
          .append(
              Markdown.cell(
                  verdict.claim().expected().map(Expected::toString).orElse("a direction")))
          .append(" | ")
          .append(Markdown.cell(verdict.measured().map(Measured::toString).orElse("nothing")))
          .append(" | ")
          .append(Markdown.cell(verdict.reason()))
          .append(" |");
    }
    return out.toString();
  }

  private static String number(double value) {
    return Numbers.significant(value, 5);
  }

  private static String percent(double level) {
    return Numbers.significant(100 * level, 3) + " % interval";
  }
}
