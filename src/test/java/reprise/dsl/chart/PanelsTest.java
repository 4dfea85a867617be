package reprise.dsl.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.dsl.law.Laws;

/** Small multiples, and charts over compute of a fit alone. */
@Tag("unit")
class PanelsTest {
  private static final PlotAxis X = PlotAxis.log("tokens D", "");
  private static final PlotAxis Y = PlotAxis.log("loss", "");

  private static Plot plot(String title, double from, double to) {
    double[] xs = {from, to};
    return Plot.of(X, Y).title(title).add(Layer.line("", xs, new double[] {from / 10, to / 10}));
  }

  @Test
  void plotsShareTheirAxes() {
    Panels panels =
        Panels.of(2, List.of(plot("a", 10, 100), plot("b", 1000, 2000), plot("c", 20, 30)));
    assertThat(panels.rows()).isEqualTo(2);
    PlotAxis first = panels.plots().getFirst().x();
    assertThat(panels.plots()).allSatisfy(p -> assertThat(p.x()).isEqualTo(first));
    assertThat(first.low().orElseThrow()).isLessThanOrEqualTo(10);
    assertThat(first.high().orElseThrow()).isGreaterThanOrEqualTo(2000);
    assertThat(panels.chart().getWidth()).isEqualTo(2 * panels.panel().width());
    assertThat(panels.chart().getHeight()).isEqualTo(2 * panels.panel().height());
    assertThatThrownBy(() -> Panels.of(3, List.of()))
        .hasMessage(
            "small multiples need at least one plot and one column, got 0 plots in 0 columns");
  }

  @Test
  void aColumnOfAPaperHoldsFewerPlotsSideBySide() {
    Drawing drawing = (Drawing) PanelCharts.ofSizes(Invented.smallFit()).chart();
    assertThat(((PanelChart) drawing).panels().columns()).isEqualTo(3);
    PanelChart narrow = (PanelChart) drawing.look(Look.DARK, FigureSize.COLUMN);
    assertThat(narrow.panels().columns()).isEqualTo(2);
    assertThat(narrow.panels().look()).isEqualTo(Look.DARK);
    assertThat(narrow.getWidth()).isLessThanOrEqualTo(FigureSize.COLUMN.width());
  }

  @Test
  void everySizeHasItsPointsAndTheBandOfTheLaw() {
    Figure figure = PanelCharts.ofSizes(Invented.smallFit());
    var plots = ((PanelChart) figure.chart()).panels().plots();
    assertThat(plots)
        .extracting(Plot::title)
        .containsExactly("N = 7.17k", "N = 26.6k", "N = 102k", "N = 401k");
    assertThat(plots)
        .allSatisfy(p -> {
          assertThat(p.layers()).hasSize(3);
          assertThat(p.layers().getFirst()).isInstanceOf(Layer.Band.class);
          assertThat(((Layer.Points) p.layers().getLast()).at().size()).isEqualTo(6);
        });
    assertThat(PanelCharts.valleys(Invented.isoFlop()).caption())
        .contains("a plot a compute budget");
    assertThat(((PanelChart) PanelCharts.valleys(Invented.isoFlop()).chart()).panels().plots())
        .hasSize(5);
  }

  @Test
  void overComputePointsLieAtSixNDAboveTheFrontier() {
    var fit = Invented.fit();
    var layers = ((PaperChart) FrontierCharts.lossAgainstCompute(fit).chart()).plot().layers();
    var points =
        layers.stream()
            .filter(Layer.Shaded.class::isInstance)
            .map(Layer.Shaded.class::cast)
            .findFirst()
            .orElseThrow();
    double n = fit.plan().points().column("N").value(17);
    double d = fit.plan().points().column("D").value(17);
    assertThat(points.at().x(17)).isEqualTo(6 * n * d);
    var frontier = (Layer.Line) layers.getLast();
    double c = frontier.at().x(30);
    assertThat(frontier.at().y(30)).isEqualTo(fit.allocation(c).loss().value());
    assertThat(Laws.CHINCHILLA.predict(fit.values(), 1e9, c / 6e9))
        .isGreaterThan(frontier.at().y(30));
  }
}
