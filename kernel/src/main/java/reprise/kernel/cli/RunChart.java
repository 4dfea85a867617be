package reprise.kernel.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import reprise.dsl.RunFailure;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.Layer;
import reprise.dsl.chart.Plot;
import reprise.dsl.chart.PlotAxis;
import reprise.kernel.render.Charts;
import reprise.kernel.store.StoredRuns;

/** The training loss of one stored run over its steps, also of a run that goes on. */
final class RunChart {
  private static final String FILE = "loss.svg";

  private RunChart() {}

  /**
   * Draws it.
   *
   * @param file {@code .svg} or {@code .png}; null for {@code loss.svg} in the run's directory
   * @return where it was drawn
   * @throws RunFailure when the run has fewer than two points with a loss
   */
  static Path draw(StoredRuns.Stored run, Path file) throws IOException {
    List<StoredRuns.Point> points =
        run.points().stream().filter(point -> Double.isFinite(point.loss())).toList();
    if (points.size() < 2) {
      throw new RunFailure(
          run.name() + " has " + points.size() + " points with a loss; a line needs two");
    }
    double[] steps = points.stream().mapToDouble(StoredRuns.Point::step).toArray();
    double[] losses = points.stream().mapToDouble(StoredRuns.Point::loss).toArray();
    Figure figure =
        Plot.of(PlotAxis.log("step", ""), PlotAxis.log("training loss", "nats"))
            .title(run.name())
            .add(Layer.line("", steps, losses))
            .figure("loss", "Training loss of run " + run.name() + " over its steps.");
    Path to = file == null ? run.folder().resolve(FILE) : file;
    Charts.write(figure, to);
    return to;
  }
}
