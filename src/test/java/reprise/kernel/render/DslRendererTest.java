package reprise.kernel.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.dsl.chart.Invented;
import reprise.dsl.chart.ValleyCharts;
import reprise.dsl.plan.Cost;
import reprise.dsl.plan.Plan;
import reprise.dsl.plan.Task;
import reprise.dsl.unit.Bytes;
import reprise.kernel.display.MimeBundle;
import reprise.kernel.display.Renderers;

@Tag("unit")
class DslRendererTest {
  private static String html(Object value) {
    MimeBundle bundle = Renderers.render(value);
    assertThat(bundle.plain()).isNotBlank();
    String html = bundle.string("text/html").orElseThrow();
    assertThat(html).startsWith("<style>").endsWith("</div>");
    return html;
  }

  @Test
  void tablesAreFoundByTheServiceLoader() {
    assertThat(html(InventedPaper.table(40))).contains("run-19", "… 20 more rows");
    assertThat(Renderers.render(InventedPaper.table(40)).plain()).contains("… 20 more rows");
  }

  @Test
  void aCellFollowsTheThemeOfJupyterLab() {
    assertThat(html(InventedPaper.table(1)))
        .contains("prefers-color-scheme:dark", "[data-jp-theme-light=\"false\"] .rp");
  }

  @Test
  void chartsArePngAtTwiceTheSizeShownAtTheirSize() {
    var chart = ValleyCharts.valleys(Invented.isoFlop()).chart();
    var png =
        (MimeBundle.Binary)
            Renderers.render(chart).parts().stream()
                .filter(p -> p.type().equals("image/png"))
                .findFirst()
                .orElseThrow();
    assertThat(png.width()).isEqualTo(660);
    assertThat(png.height()).isEqualTo(420);
    // IHDR holds the width in pixels at byte 16
    byte[] bytes = png.bytes();
    assertThat(((bytes[18] & 255) << 8) | (bytes[19] & 255)).isEqualTo(1320);
  }

  @Test
  void figuresCarryTheirCaptionAndListsAreShownWhole() {
    var figure = ValleyCharts.valleys(Invented.isoFlop());
    assertThat(html(figure)).contains("<img alt=", "data:image/png;base64,", "<figcaption>Loss");
    assertThat(html(List.of(figure, figure)).split("<figure>")).hasSize(3);
    assertThat(Renderers.render(List.of(1, 2)).plain()).isEqualTo("[1, 2]");
  }

  @Test
  void aPlanIsATableWithItsCost() {
    var tasks = List.<Task>copyOf(Invented.runs().stream().map(r -> r.task()).toList());
    var plan =
        new Plan(
            "a sweep",
            tasks,
            List.of(),
            Optional.of(new Cost(240, 2, new Bytes(40 << 20), "measured 31 GFLOP/s")));
    assertThat(html(plan))
        .contains("24 runs, ", "<td>d16-t400-s0</td>", "<td class=\"n\">7.17k</td>")
        .contains("about 4 min and 40 MiB with 2 at once (measured 31 GFLOP/s)");
    assertThat(Renderers.render(plan).plain()).isEqualTo(plan.toString().stripTrailing());
  }

  @Test
  void aFitShowsErrorsIntervalsAndWarnings() {
    assertThat(html(Invented.smallFit()))
        .contains("<td>alpha</td><td class=\"n\">0.42</td><td class=\"n\">0.0142</td>")
        .contains("flat valley: E, alpha can move together");
    assertThat(Renderers.render(Invented.smallFit()).plain())
        .contains("alpha     0.42      0.0142  0.3907 to 0.4484", "warning: flat valley");
  }

  @Test
  void valleysAreATableAndAChart() {
    assertThat(html(Invented.isoFlop())).contains("not inside", "<figure>", "1 of 5 minima");
  }

  @Test
  void aReproductionShowsBadgesAndFigures() {
    var paper = InventedPaper.reproduced();
    String html = html(paper);
    assertThat(html).contains("✓ supported", "✗ contradicted", "? inconclusive", "– out of reach");
    assertThat(html.split("<figure>")).hasSize(6);
    assertThat(Renderers.render(paper).plain())
        .contains("✗ contradicted  published-beta", "[0.331, 0.4094] excludes 0.28");
  }

  @Test
  void resultsVerdictsAndCards() {
    var paper = InventedPaper.reproduced();
    assertThat(html(paper.parts().getFirst().result().orElseThrow()))
        .contains("alpha 0.3473", "data: 24 rows", "<figure>", "cpu avx2 f32");
    assertThat(html(paper.verdict("published-beta"))).contains("✗ contradicted", "section 3.3");
    assertThat(html(paper.verdicts())).contains("entropy-inside");
    assertThat(html(paper.card())).contains("arXiv 2203.15556", "by construction");
  }
}
