package reprise.dsl.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.XYChart;

@Tag("unit")
class PlotTest {
  private static final PlotAxis X = PlotAxis.log("compute C", "FLOP");
  private static final PlotAxis Y = PlotAxis.linear("loss", "nats per token");
  private static final double[] C = {1e9, 1e10, 1e11};
  private static final double[] L = {4, 3, 2};

  static BufferedImage painted(XYChart chart) {
    var image = new BufferedImage(chart.getWidth(), chart.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    chart.paint(g, chart.getWidth(), chart.getHeight());
    g.dispose();
    return image;
  }

  static long pixels(BufferedImage image, Color color) {
    long count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        var at = new Color(image.getRGB(x, y));
        int far =
            Math.abs(at.getRed() - color.getRed())
                + Math.abs(at.getGreen() - color.getGreen())
                + Math.abs(at.getBlue() - color.getBlue());
        count += far < 24 ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  void aPlotIsADescriptionThatAddingDoesNotChange() {
    Plot empty = Plot.of(X, Y);
    Plot one = empty.add(Layer.line("d32", C, L));
    assertThat(empty.layers()).isEmpty();
    assertThat(one.layers()).hasSize(1);
    C.clone()[0] = 7;
    assertThat(((Layer.Line) one.layers().getFirst()).at().x(0)).isEqualTo(1e9);
  }

  @Test
  void theChartIsAnXChartWithTheSeriesAndTitles() {
    XYChart chart =
        Plot.of(X, Y).title("T").add(Layer.line("d32", C, L), Layer.points("d32", C, L)).chart();
    assertThat(chart.getXAxisTitle()).isEqualTo("compute C (FLOP)");
    assertThat(chart.getYAxisTitle()).isEqualTo("loss (nats per token)");
    assertThat(chart.getSeries("d32").getYData()).containsExactly(4, 3, 2);
    assertThat(chart.getSeries("d32 (2)")).isNotNull();
    assertThat(chart.getStyler().isXAxisLogarithmic()).isTrue();
  }

  @Test
  void restylingASeriesShows() {
    XYChart chart = Plot.of(X, Y).add(Layer.line("d32", C, L)).chart();
    Color blue = Look.LIGHT.palette().getFirst();
    assertThat(pixels(painted(chart), blue)).isGreaterThan(300);
    chart.getSeries("d32").setLineColor(Color.MAGENTA);
    assertThat(pixels(painted(chart), blue)).isZero();
    assertThat(pixels(painted(chart), Color.MAGENTA)).isGreaterThan(300);
    chart.getSeries("d32").setEnabled(false);
    assertThat(pixels(painted(chart), Color.MAGENTA)).isZero();
  }

  @Test
  void aSeriesAddedLaterIsPainted() {
    XYChart chart = Plot.of(X, Y).add(Layer.line("d32", C, L)).chart();
    chart.addSeries("mine", C, new double[] {3.5, 2.5, 2.2}).setLineColor(Color.MAGENTA);
    assertThat(pixels(painted(chart), Color.MAGENTA)).isGreaterThan(300);
  }

  @Test
  void theDarkLookHasADarkGround() {
    var image = painted(Plot.of(X, Y).look(Look.DARK).add(Layer.line("d32", C, L)).chart());
    assertThat(new Color(image.getRGB(1, 1))).isEqualTo(Look.DARK.ground());
  }

  @Test
  void automaticColoursLeaveThoseAskedFor() {
    Plot plot =
        Plot.of(X, Y)
            .add(Layer.line("a", C, L).ink(Ink.slot(0)))
            .add(Layer.line("b", C, L))
            .add(Layer.line("c", C, L));
    XYChart chart = plot.chart();
    assertThat(chart.getSeries("b").getLineColor()).isEqualTo(Look.LIGHT.palette().get(1));
    assertThat(chart.getSeries("c").getLineColor()).isEqualTo(Look.LIGHT.palette().get(2));
  }

  @Test
  void aMillionPointsArePaintedInASecondOrTwo() {
    double[] xs = new double[1_000_000];
    double[] ys = new double[1_000_000];
    for (int i = 0; i < xs.length; i++) {
      xs[i] = i + 1;
      ys[i] = 3 + Math.sin(i / 1e5);
    }
    XYChart chart = Plot.of(X, Y).add(Layer.line("long", xs, ys)).chart();
    long start = System.nanoTime();
    assertThat(pixels(painted(chart), Look.LIGHT.palette().getFirst())).isGreaterThan(300);
    assertThat((System.nanoTime() - start) / 1e9).isLessThan(20);
  }

  @Test
  void errorsSayWhatWhereAndWhatToDo() {
    double[] nan = {Double.NaN, Double.NaN};
    assertThatThrownBy(() -> Layer.line("d32", new double[] {1, 2}, nan))
        .hasMessage(
            "series 'd32' has no finite point among 2; leave it out, or look for what made its"
                + " numbers NaN");
    assertThatThrownBy(() -> Layer.line("d32", new double[0], new double[0]))
        .hasMessageContaining("has no finite point among 0");
    assertThatThrownBy(() -> Layer.line("d32", new double[1], new double[2]))
        .hasMessage("a series needs a y for every x, got 1 x and 2 y");
    assertThatThrownBy(() ->
            Plot.of(X, Y).add(Layer.line("d32", new double[] {5, 0}, new double[] {1, 2})).chart())
        .hasMessage(
            "series 'd32': number 2 is 0.0, which the log axis 'compute C' cannot show; leave it"
                + " out or use a linear axis");
    assertThatThrownBy(() -> Plot.of(X, Y).chart())
        .hasMessage(
            "the plot of loss (nats per token) against compute C (FLOP) has nothing to draw; add"
                + " at least one layer");
    assertThatThrownBy(() -> Plot.of(X, Y).add(Layer.line("a", C, L).ink(Ink.at(3))).chart())
        .hasMessageContaining("the plot has no ramp; name it with ramp(PlotAxis.log(..))");
    assertThatThrownBy(() -> PlotAxis.log("N", "").range(0, 5))
        .hasMessage("the log axis 'N' must begin above 0, got 0.0");
    assertThatThrownBy(() -> Layer.points("p", C, L).bars(new double[1], new double[3]))
        .hasMessage("series 'p': 3 points, but 1 lower ends");
  }

  @Test
  void annotationsAreRefusedNotForgotten() {
    XYChart chart = Plot.of(X, Y).add(Layer.line("a", C, L)).chart();
    assertThatThrownBy(() -> chart.addAnnotation(new AnnotationLine(2, false, false)))
        .hasMessageContaining("add a Layer, such as Layer.horizontal(\"entropy\", 1.69)");
  }

  @Test
  void endLabelsArePushedApartAndStayInside() {
    double[] places = {100, 101, 102, 300};
    EndLabels.spread(places, 15, 50, 310);
    assertThat(places[1] - places[0]).isGreaterThanOrEqualTo(14.99);
    assertThat(places[2] - places[1]).isGreaterThanOrEqualTo(14.99);
    assertThat(places[0]).isBetween(50., 310.);
    assertThat(places[2]).isBetween(50., 310.);
    assertThat(places[3]).isEqualTo(300);
  }
}
