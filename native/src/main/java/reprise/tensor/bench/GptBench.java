package reprise.tensor.bench;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import reprise.tensor.Backend;
import reprise.tensor.Backends;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.cpu.CpuBackend;
import reprise.tensor.cpu.ProcessClock;
import reprise.tensor.cpu.Profile;
import reprise.tensor.ir.Program;
import reprise.tensor.model.Corpus;
import reprise.tensor.model.Decoder;
import reprise.tensor.model.DecoderConfig;
import reprise.tensor.model.Training;

/**
 * Training steps of a GPT-2 style decoder (biases, tied head): {@code --d 128 --layers 4 --heads 4
 * --ctx 128 --batch 16 --vocab 256 --steps 30 --warm 10 --threads 1 --json}; {@code --small} takes
 * the small decoder without biases instead.
 */
public final class GptBench {
  private GptBench() {}

  /** Runs the benchmark and prints one line. */
  public static void main(String[] args) {
    run(args, System.out);
  }

  static void run(String[] args, PrintStream out) {
    Map<String, Integer> o = options(args);
    boolean small = Arrays.asList(args).contains("--small");
    int d = o.get("d");
    int ctx = o.get("ctx");
    DecoderConfig config =
        small
            ? DecoderConfig.small(o.get("vocab"), ctx, o.get("layers"), d)
            : DecoderConfig.gpt2(o.get("vocab"), ctx, o.get("layers"), d, o.get("heads"));
    int batch = o.get("batch");
    Program p =
        Decoder.program(
            config,
            Training.small(batch, 1_000_000, 3e-4).weightDecay(0.01),
            Corpus.text(Math.max(50_000, 4 * ctx), 2 * ctx, 1));
    boolean profile = Arrays.asList(args).contains("--profile");
    if (profile) {
      System.setProperty(Profile.PROPERTY, "true");
    }
    Backend backend = Backends.best();
    try (Session s = backend.open(p, SessionOptions.seed(1).threads(o.get("threads")))) {
      s.write("train_tokens", tokens(p.state("train_tokens").type().size(), o.get("vocab")));
      s.run("initialise", 1).orThrow();
      s.run("train_step", o.get("warm")).orThrow();
      int steps = o.get("steps");
      // Rounds of several steps where a step is short, so that clocks and JIT do not show.
      int round = (int) Math.clamp(0.05 / s.run("train_step", 1).seconds(), 1, steps);
      int rounds = Math.max(1, steps / round);
      double[] cpu = new double[rounds];
      double[] wall = new double[rounds];
      boolean single = o.get("threads") == 1;
      for (int i = 0; i < rounds; i++) {
        double before = single ? ProcessClock.threadSeconds() : ProcessClock.cpuSeconds();
        wall[i] = s.run("train_step", round).orThrow().seconds() * 1e3 / round;
        double after = single ? ProcessClock.threadSeconds() : ProcessClock.cpuSeconds();
        cpu[i] = (after - before) * 1e3 / round;
      }
      Arrays.sort(cpu);
      Arrays.sort(wall);
      double flops = config.flopsPerTokenWithAttention() * batch * ctx;
      long memory =
          backend instanceof CpuBackend c
              ? c.memoryBytes(p, o.get("threads"))
              : p.memory().totalBytes();
      print(o, config, backend, cpu, wall, flops, memory, Arrays.asList(args), out);
      if (profile) {
        out.print(Profile.table(Profile.of(s, "train_step")));
      }
    }
  }

  private static void print(
      Map<String, Integer> o,
      DecoderConfig config,
      Backend backend,
      double[] cpu,
      double[] wall,
      double flops,
      long memory,
      java.util.List<String> args,
      PrintStream out) {
    double median = cpu[cpu.length / 2];
    double wallMedian = wall[wall.length / 2];
    double tokens = (double) o.get("batch") * o.get("ctx");
    if (args.contains("--json")) {
      out.printf(
          Locale.ROOT,
          "{\"workload\":\"gpt\",\"d\":%d,\"layers\":%d,\"heads\":%d,\"ctx\":%d,\"batch\":%d,"
              + "\"vocab\":%d,\"threads\":%d,\"params\":%d,\"backend\":\"%s\",\"isa\":\"%s\","
              + "\"cpu_ms_median\":%.3f,\"cpu_ms_best\":%.3f,\"wall_ms_median\":%.3f,"
              + "\"wall_ms_best\":%.3f,\"tokens_per_s\":%.0f,\"gflops\":%.1f,"
              + "\"native_mib\":%.1f}%n",
          config.width(),
          config.layers(),
          config.heads(),
          config.context(),
          o.get("batch"),
          config.vocab(),
          o.get("threads"),
          config.parameters(),
          backend.info().name(),
          backend.info().instructionSet(),
          median,
          cpu[0],
          wallMedian,
          wall[0],
          tokens / wallMedian * 1e3,
          flops / median / 1e6,
          memory / 1048576.0);
    } else {
      out.printf(
          Locale.ROOT,
          "gpt d%d L%d T%d B%d V%d, %d parameters, %s: cpu %.3f ms a step (best %.3f), wall %.3f"
              + " (best %.3f), %.0f tokens/s, %.1f GFLOP/s, %.1f MiB%n",
          config.width(),
          config.layers(),
          config.context(),
          o.get("batch"),
          config.vocab(),
          config.parameters(),
          backend.info(),
          median,
          cpu[0],
          wallMedian,
          wall[0],
          tokens / wallMedian * 1e3,
          flops / median / 1e6,
          memory / 1048576.0);
    }
  }

  private static int[] tokens(int n, int vocab) {
    java.util.SplittableRandom random = new java.util.SplittableRandom(1);
    return random.ints(n, 0, vocab).toArray();
  }

  private static Map<String, Integer> options(String[] args) {
    Map<String, Integer> o =
        new LinkedHashMap<>(
            Map.of(
                "d", 128, "layers", 4, "heads", 4, "ctx", 128, "batch", 16, "vocab", 256, "steps",
                30, "warm", 10, "threads", 1));
    for (int i = 0; i < args.length; i++) {
      String name = args[i].startsWith("--") ? args[i].substring(2) : args[i];
      if (name.equals("json") || name.equals("small") || name.equals("profile")) {
        continue;
      }
      if (!o.containsKey(name) || i + 1 == args.length) {
        throw new IllegalArgumentException(
            "unknown option or missing number: "
                + args[i]
                + "; options take a number: "
                + o.keySet());
      }
      o.put(name, Integer.parseInt(args[++i]));
    }
    return o;
  }
}
