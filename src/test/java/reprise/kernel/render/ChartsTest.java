package reprise.kernel.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.XYChart;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.FigureSize;
import reprise.dsl.chart.Invented;
import reprise.dsl.chart.Known;
import reprise.dsl.chart.LawCharts;
import reprise.dsl.chart.Layer;
import reprise.dsl.chart.Look;
import reprise.dsl.chart.Plot;
import reprise.dsl.chart.PlotAxis;
import reprise.dsl.chart.ValleyCharts;
import reprise.dsl.result.RunCharts;

@Tag("unit")
class ChartsTest {
  private static Figure small() {
    return Plot.of(PlotAxis.log("compute", "FLOP"), PlotAxis.log("loss", "nats"))
        .add(Layer.line("d32 <a&b>", new double[] {1e9, 1e10, 1e12}, new double[] {5, 3, 1.7}))
        .add(Layer.horizontal("entropy", 1.69))
        .figure("small", "A <caption> & more.");
  }

  static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  static List<String> texts(String svg) throws Exception {
    var nodes = parsed(svg).getElementsByTagName("text");
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }

  @Test
  void theSvgHoldsTickLabelsTitlesAndNamesAsText() throws Exception {
    assertThat(texts(Charts.svg(small())))
        .contains("10⁹", "10¹⁰", "10¹¹", "10¹²")
        .contains("2", "3", "5")
        .contains("compute (FLOP)", "loss (nats)", "entropy", "d32 <a&b>");
  }

  @Test
  void ticksSurviveInAColumnToo() throws Exception {
    Figure column = Charts.restyled(small(), Look.LIGHT, FigureSize.COLUMN);
    assertThat(texts(Charts.svg(column))).contains("10⁹", "10¹²").contains("2", "5");
  }

  @Test
  void theSvgIsNamedForReadersWhoCannotSeeIt() throws Exception {
    Document svg = parsed(Charts.svg(small()));
    assertThat(svg.getDocumentElement().getAttribute("role")).isEqualTo("img");
    assertThat(svg.getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo("A <caption> & more.");
    assertThat(svg.getDocumentElement().getAttribute("viewBox")).isEqualTo("0 0 660 420");
  }

  @Test
  void theFamilysChartsAreSmallAndShowTheirLabels() throws Exception {
    var fit = Invented.fit();
    List<Figure> all =
        List.of(
            RunCharts.lossAgainstCompute(Invented.runs(), Invented.smallFit()),
            ValleyCharts.valleys(Invented.isoFlop()),
            ValleyCharts.optimalSize(Invented.isoFlop(), new Known("Kaplan et al. 2020", .73)),
            LawCharts.residuals(fit),
            LawCharts.lossAgainstTokens(fit),
            LawCharts.bootstrap(fit, "alpha", "beta"),
            LawCharts.distribution(fit, "a", new Known("Hoffmann et al. 2022", .452)));
    List<List<String>> expected =
        List.of(
            List.of("10⁹", "10¹²", "2.4", "3", "401k", "compute-optimal, fitted"),
            List.of("10¹¹ FLOP", "10¹² FLOP", "10⁵", "3.2"),
            List.of("exponent 0.49", "Kaplan et al. 2020: 0.73", "10¹¹", "10⁵"),
            List.of("measured above predicted (%)", "−1", "10⁹"),
            List.of("10⁹", "10¹²", "2", "3", "50M", "15B"),
            List.of("alpha", "beta", "estimate", "0.36"),
            List.of("0.5", "Hoffmann et al. 2022", "95 % interval"));
    for (int i = 0; i < all.size(); i++) {
      String svg = Charts.svg(all.get(i));
      assertThat(texts(svg)).as(all.get(i).name()).containsAll(expected.get(i));
      assertThat(svg.length()).as(all.get(i).name()).isLessThan(200_000);
    }
  }

  @Test
  void aSweepOfAHundredRunsIsStillASmallFile() throws Exception {
    Plot plot = Plot.of(PlotAxis.log("step", ""), PlotAxis.linear("loss", "nats"));
    for (int run = 0; run < 100; run++) {
      double[] xs = new double[3000];
      double[] ys = new double[3000];
      for (int i = 0; i < xs.length; i++) {
        xs[i] = i + 1;
        ys[i] = 3 + 5 / Math.sqrt(i + 5 + run) + .1 * Math.sin(i * 1.7);
      }
      ys[1234] = 9.5;
      plot = plot.add(Layer.line("", xs, ys));
    }
    String svg = Charts.svg(plot.chart());
    assertThat(svg.length()).isLessThan(200_000);
    assertThat(texts(svg)).contains("9", "1000");
  }

  @Test
  void idsDoNotMeetInAPageOfSeveralCharts() throws Exception {
    Set<String> seen = new HashSet<>();
    for (String name : List.of("one", "two")) {
      Figure figure = new Figure(name, "c", small().chart());
      var nodes = parsed(Charts.svg(figure)).getElementsByTagName("*");
      for (int i = 0; i < nodes.getLength(); i++) {
        var id = nodes.item(i).getAttributes().getNamedItem("id");
        if (id != null) {
          assertThat(seen.add(id.getNodeValue())).as(id.getNodeValue()).isTrue();
        }
      }
    }
    assertThat(seen).isNotEmpty();
  }

  @Test
  void thePngHasTwiceThePixelsAndKnowsItsResolution() throws Exception {
    byte[] png = Charts.png(small(), 2);
    var image = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(image.getWidth()).isEqualTo(1320);
    assertThat(image.getHeight()).isEqualTo(840);
    // pHYs: 192 pixels an inch are 7559 a metre
    String bytes = new String(png, java.nio.charset.StandardCharsets.ISO_8859_1);
    int at = bytes.indexOf("pHYs");
    assertThat(at).isPositive();
    int perMetre =
        ((png[at + 4] & 255) << 24)
            | ((png[at + 5] & 255) << 16)
            | ((png[at + 6] & 255) << 8)
            | (png[at + 7] & 255);
    assertThat(perMetre).isBetween(7550, 7570);
    // letters below the axis: dark pixels where the tick labels are
    int dark = 0;
    for (int y = 760; y < 800; y++) {
      for (int x = 100; x < 1300; x++) {
        dark += (image.getRGB(x, y) & 255) < 100 ? 1 : 0;
      }
    }
    assertThat(dark).isGreaterThan(200);
  }

  @Test
  void anyXChartIsShown() {
    var chart = new XYChart(300, 200);
    chart.addSeries("a", new double[] {1, 2}, new double[] {3, 4});
    assertThat(Charts.png(chart, 1)).startsWith(0x89, 'P', 'N', 'G');
    assertThat(Charts.svg(chart)).startsWith("<svg").endsWith("</svg\n>");
  }

  @Test
  void filesAreWrittenWholeAndByTheirName(@TempDir Path folder) throws Exception {
    Charts.write(small(), folder.resolve("deep/small.svg"));
    Charts.write(small(), folder.resolve("deep/small.png"));
    assertThat(Files.readString(folder.resolve("deep/small.svg"))).startsWith("<?xml");
    try (var files = Files.list(folder.resolve("deep"))) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("small.svg", "small.png");
    }
    assertThatThrownBy(() -> Charts.write(small(), folder.resolve("small.gif")))
        .hasMessage("cannot write a figure as 'small.gif'; name it .png or .svg");
    assertThatThrownBy(() -> Charts.png(small(), 0))
        .hasMessage("scale of a picture must be in (0, 10], got 0.0");
  }
}
