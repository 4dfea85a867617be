package reprise.kernel.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.FitCharts;
import reprise.dsl.chart.LawCharts;
import reprise.dsl.law.Fit;
import reprise.dsl.law.Input;
import reprise.dsl.law.Profile;
import reprise.kernel.render.Charts;

/** Writes the charts of a fit into a folder. */
final class ChartFiles {
  private ChartFiles() {}

  static void write(Path folder, Fit fit, List<Profile> profiles, PrintWriter log)
      throws IOException {
    List<Figure> figures = new ArrayList<>();
    figures.add(LawCharts.residuals(fit));
    List<String> inputs = fit.plan().law().inputs().stream().map(Input::name).toList();
    if (inputs.equals(List.of("N", "D"))) {
      figures.add(LawCharts.lossAgainstTokens(fit));
      figures.add(FitCharts.contours(fit));
    }
    profiles.forEach(profile -> figures.add(FitCharts.profile(fit, profile)));
    Files.createDirectories(folder);
    for (Figure figure : figures) {
      Path svg = folder.resolve(figure.name() + ".svg");
      Files.write(svg, Charts.svg(figure).getBytes(StandardCharsets.UTF_8));
      Files.write(folder.resolve(figure.name() + ".png"), Charts.png(figure, Charts.CRISP));
      log.println("note: chart " + svg);
    }
    log.flush();
  }
}
