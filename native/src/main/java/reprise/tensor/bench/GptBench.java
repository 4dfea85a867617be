package reprise.tensor.bench;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import reprise.tensor.Backend;
import reprise.tensor.Backends;
import reprise.tensor.RunReport;
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
 * the small decoder without biases instead, {@code --profile} adds a table by operation.
 */
public final class GptBench {
  private static final List<String> FLAGS = List.of("json", "small", "profile");

  private GptBench() {}

  /** Runs the benchmark and prints one line. */
  public static void main(String[] args) {
    run(args, System.out);
  }

  static void run(String[] args, PrintStream out) {
    Map<String, Integer> o = options(args);
    List<String> flags = Arrays.asList(args);
    if (flags.contains("--profile")) {
      System.setProperty(Profile.PROPERTY, "true");
    }
    DecoderConfig config = config(o, flags.contains("--small"));
    int ctx = config.context();
    // As the peer: AdamW without clipping.
    Training training = Training.small(o.get("batch"), 1_000_000, 3e-4).weightDecay(0.01).clip(0);
    Program p =
        Decoder.program(config, training, Corpus.text(Math.max(50_000, 4 * ctx), 2 * ctx, 1));
    Backend backend = Backends.best();
    int threads = o.get("threads");
    try (Session s = backend.open(p, SessionOptions.seed(1).threads(threads))) {
      s.write("train_tokens", tokens(p.state("train_tokens").type().size(), config.vocab()));
      s.run("initialise", 1).orThrow();
      double loaded = BenchLine.millisecondsOfJvm();
      RunReport first = s.run("train_step", 1).orThrow();
      s.run("train_step", Math.max(0, o.get("warm") - 1)).orThrow();
      BenchLine line = new BenchLine().put("peer", "reprise").put("workload", "gpt-train");
      line.put("threads", threads).put("backend", backend.info().name());
      line.put("isa", backend.info().instructionSet());
      line.put("precision", backend.info().precision());
      o.forEach(line::put);
      line.put("params", config.parameters());
      double loss = measure(s, o.get("steps"), threads, line);
      double tokens = (double) o.get("batch") * ctx;
      double flops = config.flopsPerTokenWithAttention() * tokens;
      line.put("first_step_ms", first.seconds() * 1e3).put("jvm_to_model_ms", loaded);
      line.put("tokens_s", tokens / line.number("ms_step_median") * 1e3);
      line.put("gflops_model", flops / line.number("ms_step_median") / 1e6);
      line.put("gflops_cpu", flops / line.number("cpu_ms_median") / 1e6);
      line.put("loss_first", first.last("loss")).put("loss_last", loss);
      line.put("native_mb", memory(backend, p, threads) / 1048576.0);
      line.put("peak_rss_mb", BenchLine.peakResidentMb());
      out.println(flags.contains("--json") ? line.json() : sentence(line, config, backend));
      if (flags.contains("--profile")) {
        out.print(Profile.table(Profile.of(s, "train_step")));
      }
    }
  }

  private static DecoderConfig config(Map<String, Integer> o, boolean small) {
    return small
        ? DecoderConfig.small(o.get("vocab"), o.get("ctx"), o.get("layers"), o.get("d"))
        : DecoderConfig.gpt2(
            o.get("vocab"), o.get("ctx"), o.get("layers"), o.get("d"), o.get("heads"));
  }

  /** Adds wall and CPU times of a step; returns the last loss. */
  private static double measure(Session s, int steps, int threads, BenchLine line) {
    // Rounds of several steps where a step is short, so that clocks and JIT do not show.
    int round = (int) Math.clamp(0.05 / s.run("train_step", 1).seconds(), 1, steps);
    double[] cpu = new double[Math.max(1, steps / round)];
    double[] wall = new double[cpu.length];
    double loss = Double.NaN;
    double begin = ProcessClock.cpuSeconds();
    for (int i = 0; i < cpu.length; i++) {
      double before = threads == 1 ? ProcessClock.threadSeconds() : ProcessClock.cpuSeconds();
      RunReport r = s.run("train_step", round).orThrow();
      double after = threads == 1 ? ProcessClock.threadSeconds() : ProcessClock.cpuSeconds();
      cpu[i] = (after - before) * 1e3 / round;
      wall[i] = r.seconds() * 1e3 / round;
      loss = r.last("loss");
    }
    line.times("ms_step", wall);
    line.put("cpu_ms_step", (ProcessClock.cpuSeconds() - begin) * 1e3 / (cpu.length * round));
    line.times("cpu_ms", cpu);
    return loss;
  }

  private static long memory(Backend backend, Program p, int threads) {
    return backend instanceof CpuBackend c ? c.memoryBytes(p, threads) : p.memory().totalBytes();
  }

  private static String sentence(BenchLine line, DecoderConfig config, Backend backend) {
    return String.format(
        Locale.ROOT,
        "gpt d%d L%d T%d V%d, %d parameters, %s: cpu %.3f ms a step (best %.3f), wall %.3f (best"
            + " %.3f), %.0f tokens/s, %.1f GFLOP/s, %.1f MiB",
        config.width(),
        config.layers(),
        config.context(),
        config.vocab(),
        config.parameters(),
        backend.info(),
        line.number("cpu_ms_median"),
        line.number("cpu_ms_min"),
        line.number("ms_step_median"),
        line.number("ms_step_min"),
        line.number("tokens_s"),
        line.number("gflops_cpu"),
        line.number("native_mb"));
  }

  private static int[] tokens(int n, int vocab) {
    return new SplittableRandom(1).ints(n, 0, vocab).toArray();
  }

  private static Map<String, Integer> options(String[] args) {
    Map<String, Integer> o = new LinkedHashMap<>();
    String[] names = {"d", "layers", "heads", "ctx", "batch", "vocab", "steps", "warm", "threads"};
    int[] values = {128, 4, 4, 128, 16, 256, 30, 10, 1};
    for (int i = 0; i < names.length; i++) {
      o.put(names[i], values[i]);
    }
    for (int i = 0; i < args.length; i++) {
      String name = args[i].startsWith("--") ? args[i].substring(2) : args[i];
      if (FLAGS.contains(name)) {
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
