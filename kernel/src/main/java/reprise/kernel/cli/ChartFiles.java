package reprise.kernel.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.FigureSize;
import reprise.dsl.chart.FitCharts;
import reprise.dsl.chart.FrontierCharts;
import reprise.dsl.chart.LawCharts;
import reprise.dsl.chart.Look;
import reprise.dsl.chart.PanelCharts;
import reprise.dsl.chart.ValleyCharts;
import reprise.dsl.law.Fit;
import reprise.dsl.law.Input;
import reprise.dsl.law.IsoFlop;
import reprise.dsl.law.Profile;
import reprise.kernel.render.Charts;

/** Writes the charts of a fit into a folder. */
final class ChartFiles {
  @Option(names = "--charts", description = "A folder for the charts, as SVG and PNG.")
  private Path folder;

  @Option(
      names = "--theme",
      defaultValue = "notebook",
      description =
          "Of the charts: notebook, print (one column of a paper) or dark. Default:" + " notebook.")
  private String theme;

  private enum Theme {
    NOTEBOOK(Look.LIGHT, FigureSize.NOTEBOOK),
    PRINT(Look.LIGHT, FigureSize.COLUMN),
    DARK(Look.DARK, FigureSize.NOTEBOOK);

    private final Look look;
    private final FigureSize size;

    Theme(Look look, FigureSize size) {
      this.look = look;
      this.size = size;
    }
  }

  void write(Fit fit, List<Profile> profiles, PrintWriter log) throws IOException {
    if (folder == null) {
      return;
    }
    List<Figure> figures = new ArrayList<>();
    figures.add(LawCharts.residuals(fit));
    List<String> inputs = fit.plan().law().inputs().stream().map(Input::name).toList();
    if (inputs.equals(List.of("N", "D"))) {
      figures.add(LawCharts.lossAgainstTokens(fit));
      figures.add(FitCharts.contours(fit));
    }
    if (inputs.equals(List.of("N", "P"))) {
      figures.add(FitCharts.lossAgainstParameters(fit));
    }
    if (FrontierCharts.drawable(fit)) {
      figures.add(FrontierCharts.lossAgainstCompute(fit));
    }
    if (PanelCharts.drawable(fit)) {
      figures.add(PanelCharts.ofSizes(fit));
    }
    profiles.forEach(profile -> figures.add(FitCharts.profile(fit, profile)));
    write(figures, log);
  }

  void write(IsoFlop valleys, PrintWriter log) throws IOException {
    if (folder != null) {
      write(
          List.of(
              ValleyCharts.valleys(valleys),
              ValleyCharts.optimalSize(valleys),
              PanelCharts.valleys(valleys)),
          log);
    }
  }

  private void write(List<Figure> figures, PrintWriter log) throws IOException {
    Theme chosen = theme();
    Files.createDirectories(folder);
    for (Figure figure : figures) {
      Figure drawn = Charts.restyled(figure, chosen.look, chosen.size);
      Path svg = folder.resolve(figure.name() + ".svg");
      Files.write(svg, Charts.svg(drawn).getBytes(StandardCharsets.UTF_8));
      Files.write(folder.resolve(figure.name() + ".png"), Charts.png(drawn, Charts.CRISP));
      log.println("note: chart " + svg);
    }
    log.flush();
  }

  /**
   * Refuses a theme that there is not.
   *
   * @throws IllegalArgumentException naming those there are
   */
  void check() {
    theme();
  }

  private Theme theme() {
    for (Theme one : Theme.values()) {
      if (one.name().equals(theme.toUpperCase(Locale.ROOT))) {
        return one;
      }
    }
    throw new IllegalArgumentException(
        "--theme " + theme + ": choose one of notebook, print, dark");
  }
}
