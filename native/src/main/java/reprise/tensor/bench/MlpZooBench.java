package reprise.tensor.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reprise.tensor.Backend;
import reprise.tensor.Backends;
import reprise.tensor.Group;
import reprise.tensor.MemberReport;
import reprise.tensor.SessionOptions;
import reprise.tensor.cpu.ProcessClock;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.Shape;
import reprise.tensor.model.Classifier;
import reprise.tensor.model.ExampleSet;
import reprise.tensor.model.LearningRate;
import reprise.tensor.model.Mlp;
import reprise.tensor.model.Optimiser;
import reprise.tensor.model.Training;

/**
 * Training of many small MLPs (in-hidden-hidden-out, ReLU, AdamW) as one group: {@code --models 64
 * --steps 50 --in 784 --hidden 64 --out 10 --batch 64 --threads 1 --rounds 5 --json}. A round is
 * initialisation and all steps of all models; times are of one step of one model.
 */
public final class MlpZooBench {
  private MlpZooBench() {}

  /** Runs the benchmark and prints one line. */
  public static void main(String[] args) {
    run(args, System.out);
  }

  static void run(String[] args, PrintStream out) {
    BenchOptions o =
        BenchOptions.parse(
            args, "models", 64, "steps", 50, "in", 784, "hidden", 64, "out", 10, "batch", 64,
            "threads", 1, "rounds", 5);
    int in = o.get("in");
    int h = o.get("hidden");
    int classes = o.get("out");
    int batch = o.get("batch");
    int models = o.get("models");
    int steps = o.get("steps");
    Training training =
        new Training(
            batch,
            steps,
            LearningRate.constant(1e-3),
            new Optimiser.AdamW(0.9, 0.999, 1e-8, 0.01),
            0,
            0,
            List.of());
    Program program =
        Classifier.program(
            Mlp.relu(h, h), training, ExampleSet.of(batch, batch, Shape.of(in), classes));
    List<SessionOptions> members = new ArrayList<>();
    for (int m = 0; m < models; m++) {
      members.add(SessionOptions.seed(1 + m));
    }
    Backend backend = Backends.best();
    int rounds = Math.max(1, o.get("rounds"));
    double[] wall = new double[rounds];
    double[] cpu = new double[rounds];
    float first = 0;
    float last = 0;
    try (Group g = backend.openGroup(program, members, o.get("threads"))) {
      g.share("train_x", BenchOptions.normal(batch * in));
      g.share("train_y", BenchOptions.labels(batch, classes));
      boolean single = o.get("threads") == 1;
      for (int r = -1; r < rounds; r++) {
        double cpu0 = single ? ProcessClock.threadSeconds() : ProcessClock.cpuSeconds();
        long start = System.nanoTime();
        g.run("initialise", 1).forEach(MemberReport::orThrow);
        List<MemberReport> reports = g.run("train_step", steps);
        if (r >= 0) {
          wall[r] = (System.nanoTime() - start) * 1e-3 / models / steps;
          double cpu1 = single ? ProcessClock.threadSeconds() : ProcessClock.cpuSeconds();
          cpu[r] = (cpu1 - cpu0) * 1e6 / models / steps;
        }
        float[] loss = reports.getLast().orThrow().phase("train_step").series("loss");
        first = loss[0];
        last = loss[steps - 1];
      }
    }
    Arrays.sort(wall);
    Arrays.sort(cpu);
    // no gradient for the input of the first layer
    double flops = 2.0 * batch * (2.0 * in * h + 3.0 * h * h + 3.0 * h * classes);
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("workload", "mlp-zoo");
    row.put("threads", o.get("threads"));
    row.put("backend", backend.info().name());
    row.put("isa", backend.info().instructionSet());
    row.put("models", models);
    row.put("steps_each", steps);
    row.put("shape", in + "-" + h + "-" + h + "-" + classes);
    row.put("batch", batch);
    row.put("us_step_median", BenchOptions.median(wall));
    row.put("us_step_min", wall[0]);
    row.put("us_step_cpu", BenchOptions.median(cpu));
    row.put("us_step_cpu_min", cpu[0]);
    row.put("steps_s", 1e6 / BenchOptions.median(wall));
    row.put("steps_s_best", 1e6 / wall[0]);
    row.put("gflops_model_best", flops / wall[0] / 1e3);
    row.put("loss_first", (double) first);
    row.put("loss_last", (double) last);
    row.put("peak_rss_mb", BenchOptions.peakRssMb());
    out.println(o.line(row));
  }
}
