package reprise.kernel.nuclear;

import static java.nio.charset.StandardCharsets.UTF_8;
import static reprise.dsl.nuclear.NuclearMeasures.SPEEDUP;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import reprise.dsl.nuclear.MatrixTask;
import reprise.dsl.result.LossCurve;
import reprise.dsl.result.Reading;
import reprise.dsl.result.Readings;
import reprise.dsl.result.RunOutcome;
import reprise.kernel.data.Sha256;
import reprise.kernel.run.RunContext;
import reprise.kernel.run.StepCost;
import reprise.kernel.run.Trainer;
import reprise.tensor.ir.Program;

/** Draws matrices and measures them. Times are of this thread and stay out of the digest. */
public final class MatrixTrainer implements Trainer<MatrixTask> {
  private static final int WARM = 20;
  private static final int TIMED = 50;

  @Override
  public Class<MatrixTask> kind() {
    return MatrixTask.class;
  }

  /** All in one bundle: a time is measured while nothing else of the plan goes on. */
  @Override
  public List<List<MatrixTask>> bundles(List<MatrixTask> open, int workers) {
    return open.isEmpty() ? List.of() : List.of(open);
  }

  @Override
  public double seconds(MatrixTask task, StepCost cost) {
    return task.flops().count() / 1e9;
  }

  @Override
  public Optional<Program> program(MatrixTask task) {
    return Optional.empty();
  }

  @Override
  public void train(List<MatrixTask> bundle, RunContext context) {
    for (MatrixTask task : bundle) {
      if (!context.cancelled()) {
        context.ended(measure(task));
        context.progress(task, 1, Double.NaN);
      }
    }
  }

  private static RunOutcome measure(MatrixTask task) {
    long start = System.nanoTime();
    Norms matrix = task.normalised() ? draw(task).normalised() : draw(task);
    List<Reading> readings = new ArrayList<>(matrix.read(""));
    String digest = Sha256.hex(readings.toString().getBytes(UTF_8));
    if (!task.normalised()) {
      readings.add(new Reading(SPEEDUP, "", speedup(matrix)));
    }
    return new RunOutcome.Finished<>(
        task,
        readings.getFirst().value(),
        new LossCurve(new int[0], new double[0]),
        Readings.of(readings),
        (System.nanoTime() - start) / 1e9,
        digest);
  }

  /**
   * Processor time of one exact norm over that of one surrogate, the mean of many calls. Processor
   * and not wall time, since on a machine with other work the longer of two is disturbed more.
   */
  private static double speedup(Norms matrix) {
    var clock = ManagementFactory.getThreadMXBean();
    long start = clock.getCurrentThreadCpuTime();
    double nuclear = Arrays.stream(matrix.squaredSingularValues()).map(Math::sqrt).sum();
    long exact = clock.getCurrentThreadCpuTime() - start;
    double sum = 0;
    for (int i = 0; i < WARM; i++) {
      sum += matrix.largestColumns();
    }
    start = clock.getCurrentThreadCpuTime();
    for (int i = 0; i < TIMED; i++) {
      sum += matrix.largestColumns();
    }
    long surrogate = clock.getCurrentThreadCpuTime() - start;
    if (!(sum > 0 && nuclear > 0 && surrogate > 0)) {
      throw new IllegalStateException("a drawn matrix of norm " + nuclear + " cannot be timed");
    }
    return (double) exact / surrogate * TIMED;
  }

  private static Norms draw(MatrixTask task) {
    SplittableRandom random = new SplittableRandom(task.seed());
    if (task.rank() == 0) {
      return new Norms(normal(task.rows() * task.columns(), random), task.rows(), task.columns());
    }
    int n = task.rows();
    int d = task.columns();
    double[] left = normal(n * task.rank(), random);
    double[] right = normal(task.rank() * d, random);
    double[] x = new double[n * d];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < task.rank(); k++) {
        double factor = left[i * task.rank() + k];
        for (int j = 0; j < d; j++) {
          x[i * d + j] += factor * right[k * d + j];
        }
      }
    }
    return new Norms(x, n, d);
  }

  private static double[] normal(int size, SplittableRandom random) {
    double[] x = new double[size];
    for (int i = 0; i < size; i++) {
      x[i] = random.nextGaussian();
    }
    return x;
  }
}
