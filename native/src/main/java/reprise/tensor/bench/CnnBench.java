package reprise.tensor.bench;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reprise.tensor.Backend;
import reprise.tensor.Backends;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.cpu.ProcessClock;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.Shape;
import reprise.tensor.model.Classifier;
import reprise.tensor.model.ExampleSet;
import reprise.tensor.model.LearningRate;
import reprise.tensor.model.Optimiser;
import reprise.tensor.model.ResNet;
import reprise.tensor.model.Training;

/**
 * Training steps of a ResNet of 6n + 2 layers on 3 x 32 x 32 images, AdamW: {@code --n 3 --width 16
 * --batch 64 --steps 20 --warm 5 --threads 1 --json}.
 */
public final class CnnBench {
  private static final int PIXELS = 32;
  private static final int CHANNELS = 3;
  private static final int CLASSES = 10;

  private CnnBench() {}

  /** Runs the benchmark and prints one line. */
  public static void main(String[] args) {
    run(args, System.out);
  }

  /** Multiply-adds of one image forward. */
  static double macs(int n, int width) {
    double macs = 9.0 * CHANNELS * width * PIXELS * PIXELS;
    int in = width;
    for (int s = 0; s < 3; s++) {
      int out = width << s;
      double pixels = (double) (PIXELS >> s) * (PIXELS >> s);
      for (int b = 0; b < n; b++) {
        macs += 9.0 * (in + out) * out * pixels + (in == out ? 0 : (double) in * out * pixels);
        in = out;
      }
    }
    return macs;
  }

  static void run(String[] args, PrintStream out) {
    BenchOptions o =
        BenchOptions.parse(
            args, "n", 3, "width", 16, "batch", 64, "steps", 20, "warm", 5, "threads", 1);
    int batch = o.get("batch");
    int steps = o.get("steps");
    Training training =
        new Training(
            batch,
            1_000_000,
            LearningRate.constant(1e-3),
            new Optimiser.AdamW(0.9, 0.999, 1e-8, 0.01),
            0,
            0,
            List.of());
    Shape input = Shape.of(PIXELS, PIXELS, CHANNELS);
    Program program =
        Classifier.program(
            ResNet.of(o.get("n"), o.get("width")),
            training,
            ExampleSet.of(batch, 1, input, CLASSES));
    Backend backend = Backends.best();
    double[] wall = new double[steps];
    double[] cpu = new double[steps];
    double first = Double.NaN;
    double last = Double.NaN;
    try (Session s = backend.open(program, SessionOptions.seed(1).threads(o.get("threads")))) {
      s.write("train_x", BenchOptions.normal(batch * input.size()));
      s.write("train_y", BenchOptions.labels(batch, CLASSES));
      s.run("initialise", 1).orThrow();
      boolean single = o.get("threads") == 1;
      for (int i = -o.get("warm"); i < steps; i++) {
        double before = single ? ProcessClock.threadSeconds() : ProcessClock.cpuSeconds();
        long start = System.nanoTime();
        last = s.run("train_step", 1).orThrow().last("loss");
        if (i == -o.get("warm")) {
          first = last;
        }
        if (i >= 0) {
          wall[i] = (System.nanoTime() - start) * 1e-6;
          double after = single ? ProcessClock.threadSeconds() : ProcessClock.cpuSeconds();
          cpu[i] = (after - before) * 1e3;
        }
      }
    }
    Arrays.sort(wall);
    Arrays.sort(cpu);
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("workload", "cnn-train");
    row.put("threads", o.get("threads"));
    row.put("backend", backend.info().name());
    row.put("isa", backend.info().instructionSet());
    row.put("layers", 6 * o.get("n") + 2);
    row.put("width", o.get("width"));
    row.put("batch", batch);
    row.put("steps", steps);
    row.put("ms_step_median", BenchOptions.median(wall));
    row.put("ms_step_min", wall[0]);
    row.put("cpu_ms_step", BenchOptions.median(cpu));
    row.put("cpu_ms_step_min", cpu[0]);
    row.put("imgs_s", batch / BenchOptions.median(wall) * 1e3);
    row.put("imgs_s_best", batch / wall[0] * 1e3);
    row.put("gflops_model_best", 6 * macs(o.get("n"), o.get("width")) * batch / wall[0] / 1e6);
    row.put("loss_first", first);
    row.put("loss_last", last);
    row.put("native_mib", program.memory().totalBytes() / 1048576.0);
    row.put("peak_rss_mb", BenchOptions.peakRssMb());
    out.println(o.line(row));
  }
}
