package reprise.dsl.zoo;

import java.util.List;
import java.util.Optional;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.Layer;
import reprise.dsl.chart.Plot;
import reprise.dsl.chart.PlotAxis;
import reprise.dsl.result.Reading;
import reprise.dsl.result.RunOutcome.Finished;

/** The density of a Hessian's eigenvalues from the nodes that Lanczos found. */
final class SpectrumChart {
  private static final int POINTS = 400;

  private SpectrumChart() {}

  static Optional<Figure> of(Finished<ZooTask> model) {
    double[] nodes = column(model, ZooMeasures.SPECTRUM_NODE);
    double[] weights = column(model, ZooMeasures.SPECTRUM_WEIGHT);
    if (nodes.length == 0) {
      return Optional.empty();
    }
    double low = java.util.Arrays.stream(nodes).min().orElseThrow();
    double high = java.util.Arrays.stream(nodes).max().orElseThrow();
    // every node a normal of a fiftieth of the range (Ghorbani et al. 2019, section 2)
    double deviation = Math.max((high - low) / 50, 1e-9);
    double[] at = new double[POINTS];
    double[] density = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      at[i] = low - 3 * deviation + (high - low + 6 * deviation) * i / (POINTS - 1);
      for (int k = 0; k < nodes.length; k++) {
        double z = (at[i] - nodes[k]) / deviation;
        density[i] += weights[k] * Math.exp(-z * z / 2) / (deviation * Math.sqrt(2 * Math.PI));
      }
      // what a log axis can show
      density[i] = Math.max(density[i], 1e-8 / deviation);
    }
    return Optional.of(
        Plot.of(PlotAxis.linear("eigenvalue of the Hessian", ""), PlotAxis.log("density", ""))
            .add(Layer.line("", at, density))
            .figure(
                "spectrum-"
                    + model
                        .task()
                        .id()
                        .toLowerCase(java.util.Locale.ROOT)
                        .replaceAll("[^a-z0-9-]", "-"),
                "Spectral density of the Hessian of the training loss of model "
                    + model.task().id()
                    + ", one Lanczos vector, each node drawn as a normal."));
  }

  private static double[] column(Finished<ZooTask> model, reprise.dsl.result.Measure measure) {
    List<Reading> found =
        model.readings().values().stream().filter(r -> r.measure().equals(measure)).toList();
    return found.stream().mapToDouble(Reading::value).toArray();
  }
}
