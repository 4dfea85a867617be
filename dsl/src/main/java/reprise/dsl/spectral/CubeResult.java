package reprise.dsl.spectral;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.Layer;
import reprise.dsl.chart.Plot;
import reprise.dsl.chart.PlotAxis;
import reprise.dsl.claim.Measured;
import reprise.dsl.claim.Seeds;
import reprise.dsl.result.Measure;
import reprise.dsl.result.Outcome;
import reprise.dsl.study.StudyResult;
import reprise.dsl.study.Trials;
import reprise.dsl.unit.Numbers;

/**
 * Entropies of sets of points.
 *
 * @param experiment what was asked
 * @param outcome all that came out
 * @param trials sets of points
 */
public record CubeResult(CubeStudy experiment, Outcome outcome, Trials<CubeTrial> trials)
    implements StudyResult<CubeTrial> {
  /** Diffusion spectral entropy; the stage says at which time t. */
  public static final Measure DSE = new Measure("diffusion spectral entropy", "bits");

  /** Entropy of the points sorted into two bins a dimension. */
  public static final Measure BINNED = new Measure("binned entropy", "bits");

  /** Stage of {@link #DSE} after one step of diffusion. */
  public static final String ONE = "t=1";

  /** Stage of {@link #DSE} after two steps of diffusion. */
  public static final String TWO = "t=2";

  /** The smallest rise from one dimension to the next, of all seeds. */
  public Measured leastRise(double noise) {
    List<Double> rises = new ArrayList<>();
    for (int seed = 1; seed <= experiment.seeds(); seed++) {
      double[] values = values(noise, DSE, TWO, seed);
      for (int i = 1; i < values.length; i++) {
        rises.add(values[i] - values[i - 1]);
      }
    }
    return Measured.exactly(
        rises.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
        "bits, the smallest rise of DSE between two dimensions at noise " + Numbers.plain(noise));
  }

  /** The largest relative change of DSE by noise, of all dimensions and seeds. */
  public Measured mostChange(double noise) {
    double most = 0;
    for (int seed = 1; seed <= experiment.seeds(); seed++) {
      double[] clean = values(0, DSE, TWO, seed);
      double[] noisy = values(noise, DSE, TWO, seed);
      for (int i = 0; i < clean.length; i++) {
        most = Math.max(most, Math.abs(noisy[i] / clean[i] - 1));
      }
    }
    return Measured.exactly(
        most, "largest relative change of DSE by noise " + Numbers.plain(noise));
  }

  /** Difference between the largest and smallest mean of all dimensions. */
  public Measured range(double noise, Measure measure, String at) {
    double[] each = new double[experiment.seeds()];
    for (int seed = 1; seed <= each.length; seed++) {
      double[] values = values(noise, measure, at, seed);
      var spread = java.util.Arrays.stream(values).summaryStatistics();
      each[seed - 1] = spread.getMax() - spread.getMin();
    }
    return Seeds.mean(
        each, "seeds", "range of " + measure.name() + " at noise " + Numbers.plain(noise));
  }

  /** What is left of the range without noise. */
  public Measured rangeLeft(double noise, String at) {
    double share = range(noise, DSE, at).value() / range(0, DSE, at).value();
    return Measured.exactly(
        share, "range of DSE at " + at + " and noise " + Numbers.plain(noise) + " over without");
  }

  // by dimension
  private double[] values(double noise, Measure measure, String at, int seed) {
    return trials.where(t -> t.noise() == noise && t.seed() == seed).values(measure, at);
  }

  @Override
  public List<Figure> charts() {
    if (trials.isEmpty()) {
      return List.of();
    }
    List<Layer> layers = new ArrayList<>();
    trials
        .by(CubeTrial::noise)
        .forEach((noise, group) -> {
          String name = ", noise " + Numbers.plain(noise);
          layers.add(group.line("DSE" + name, CubeTrial::dimension, DSE, TWO));
          layers.add(group.line("binned" + name, CubeTrial::dimension, BINNED, ""));
        });
    return List.of(
        Plot.of(PlotAxis.log("dimension of the cube", ""), PlotAxis.linear("entropy", "bits"))
            .add(layers)
            .figure(
                "cubes",
                "Entropy of "
                    + experiment.points()
                    + " points by the dimension of the cube they come from. Binned entropy is full"
                    + " as soon as there is noise; diffusion spectral entropy (t = 2) follows the"
                    + " dimension."));
  }

  /** One line: sets of points and the range of both entropies. */
  @Override
  public String toString() {
    return trials.all().size()
        + " sets of points, "
        + experiment.dimensions().size()
        + " dimensions, "
        + experiment.noise().size()
        + " levels of noise";
  }
}
