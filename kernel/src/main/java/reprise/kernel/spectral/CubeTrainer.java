package reprise.kernel.spectral;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import reprise.dsl.spectral.CubeResult;
import reprise.dsl.spectral.CubeTrial;
import reprise.kernel.study.Sheet;
import reprise.kernel.study.TrialTrainer;

/** Draws points from cubes and measures their entropies. */
public final class CubeTrainer extends TrialTrainer<CubeTrial> {
  private static final double HALF_EDGE = 2;

  /** For the service loader. */
  public CubeTrainer() {
    super(CubeTrial.class);
  }

  @Override
  public void measure(CubeTrial trial, Sheet sheet) {
    double[][] points = points(trial);
    double[] spectrum = Diffusion.spectrum(sheet.backend(), points, CubeTrial.SIGMA);
    sheet.read(CubeResult.DSE, CubeResult.ONE, Diffusion.entropy(spectrum, 1));
    sheet.read(CubeResult.DSE, CubeResult.TWO, Diffusion.entropy(spectrum, 2));
    sheet.read(CubeResult.BINNED, binned(points));
  }

  private static double[][] points(CubeTrial trial) {
    SplittableRandom random = new SplittableRandom(trial.seed());
    double[][] axes = orthonormal(trial.dimension(), CubeTrial.AMBIENT, random);
    double[][] points = new double[trial.points()][CubeTrial.AMBIENT];
    for (double[] x : points) {
      for (double[] axis : axes) {
        double along = HALF_EDGE * (2 * random.nextDouble() - 1);
        for (int a = 0; a < x.length; a++) {
          x[a] += along * axis[a];
        }
      }
    }
    for (double[] x : points) {
      for (int a = 0; a < x.length; a++) {
        x[a] += trial.noise() * random.nextGaussian();
      }
    }
    return points;
  }

  /** Directions at right angles, by Gram and Schmidt, twice. */
  private static double[][] orthonormal(int count, int dimensions, SplittableRandom random) {
    double[][] q = new double[count][dimensions];
    for (int j = 0; j < count; j++) {
      Arrays.setAll(q[j], a -> random.nextGaussian());
      for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < j; i++) {
          double along = dot(q[j], q[i]);
          for (int a = 0; a < dimensions; a++) {
            q[j][a] -= along * q[i][a];
          }
        }
      }
      double length = Math.sqrt(dot(q[j], q[j]));
      for (int a = 0; a < dimensions; a++) {
        q[j][a] /= length;
      }
    }
    return q;
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  /** Entropy in bits of the points sorted into two bins a dimension, halves of its range. */
  static double binned(double[][] points) {
    int dimensions = points[0].length;
    double[] middle = new double[dimensions];
    for (int a = 0; a < dimensions; a++) {
      int at = a;
      var range = Arrays.stream(points).mapToDouble(x -> x[at]).summaryStatistics();
      middle[a] = (range.getMin() + range.getMax()) / 2;
    }
    Map<String, Long> bins =
        Arrays.stream(points)
            .map(x -> bin(x, middle))
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    return bins.values().stream()
        .mapToDouble(count -> (double) count / points.length)
        .map(p -> -p * Math.log(p) / Math.log(2))
        .sum();
  }

  private static String bin(double[] x, double[] middle) {
    StringBuilder bin = new StringBuilder();
    for (int a = 0; a < x.length; a++) {
      bin.append(x[a] < middle[a] ? '0' : '1');
    }
    return bin.toString();
  }
}
