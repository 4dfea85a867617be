package reprise.tensor.bench;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import reprise.tensor.Backend;
import reprise.tensor.Backends;
import reprise.tensor.SessionOptions;
import reprise.tensor.cpu.ProcessClock;
import reprise.tensor.model.Decoding;
import reprise.tensor.model.Generator;
import reprise.tensor.model.Transformer;
import reprise.tensor.model.TransformerConfig;

/**
 * Greedy decoding of a GPT-2 style decoder with a cache of keys and values: {@code --mode decode
 * --d 128 --layers 4 --heads 4 --ctx 128 --batch 16 --vocab 256 --steps 20 --warm 3 --threads 1
 * --json}. A step decodes one whole context for every row, from one token on.
 */
public final class DecodeBench {
  private DecodeBench() {}

  /** Runs the benchmark and prints one line. */
  public static void main(String[] args) {
    run(args, System.out);
  }

  static void run(String[] args, PrintStream out) {
    Map<String, Integer> o = options(args);
    int ctx = o.get("ctx");
    int batch = o.get("batch");
    // One position more than is decoded: the last token is chosen too, though nothing follows it.
    TransformerConfig config =
        TransformerConfig.gpt2(
            o.get("vocab"), ctx + 1, o.get("layers"), o.get("d"), o.get("heads"));
    Backend backend = Backends.best();
    SessionOptions options = SessionOptions.seed(1).threads(o.get("threads"));
    java.util.Random random = new java.util.Random(1);
    try (Generator g = Generator.open(backend, config, Generator.Size.rows(batch), options)) {
      Map<String, float[]> weights = new LinkedHashMap<>();
      Transformer.parameters(config)
          .forEach(p -> {
            float[] w = new float[(int) p.size()];
            for (int i = 0; i < w.length; i++) {
              w[i] =
                  switch (p.role()) {
                    case GAIN -> 1;
                    case BIAS -> 0;
                    default -> (float) (0.02 * random.nextGaussian());
                  };
            }
            weights.put(p.name(), w);
          });
      g.weights(weights::get);
      List<int[]> prompts = IntStream.range(0, batch).mapToObj(b -> new int[1]).toList();
      Decoding greedy = Decoding.greedy(ctx);
      int steps = o.get("steps");
      double[] cpu = new double[steps];
      double[] wall = new double[steps];
      for (int i = -o.get("warm"); i < steps; i++) {
        double before = ProcessClock.cpuSeconds();
        long start = System.nanoTime();
        g.generate(prompts, greedy);
        if (i >= 0) {
          wall[i] = (System.nanoTime() - start) * 1e-6;
          cpu[i] = (ProcessClock.cpuSeconds() - before) * 1e3;
        }
      }
      double mean = Arrays.stream(cpu).average().orElse(0);
      Arrays.sort(cpu);
      Arrays.sort(wall);
      double tokens = (double) batch * ctx;
      long parameters = config.parameters() - config.width(); // the further position
      if (!Arrays.asList(args).contains("--json")) {
        out.printf(
            Locale.ROOT,
            "decode d%d L%d T%d B%d V%d on %s: cpu %.3f ms a context (median %.3f), %.1f us a step,"
                + " %.0f tokens/s%n",
            config.width(),
            config.layers(),
            ctx,
            batch,
            config.vocab(),
            backend.info(),
            mean,
            cpu[steps / 2],
            cpu[steps / 2] * 1e3 / ctx,
            tokens / wall[steps / 2] * 1e3);
        return;
      }
      out.printf(
          Locale.ROOT,
          "{\"workload\":\"gpt-decode\",\"threads\":%d,\"backend\":\"%s\",\"isa\":\"%s\","
              + "\"d\":%d,\"layers\":%d,\"heads\":%d,\"ctx\":%d,\"batch\":%d,\"vocab\":%d,"
              + "\"params\":%d,\"steps\":%d,\"ms_pass_median\":%.3f,\"cpu_ms_pass\":%.3f,"
              + "\"cpu_ms_pass_median\":%.3f,\"cpu_ms_pass_best\":%.3f,\"tokens_s\":%.0f,"
              + "\"tokens_s_best\":%.0f}%n",
          o.get("threads"),
          backend.info().name(),
          backend.info().instructionSet(),
          config.width(),
          config.layers(),
          config.heads().count(),
          ctx,
          batch,
          config.vocab(),
          parameters,
          steps,
          wall[steps / 2],
          mean,
          cpu[steps / 2],
          cpu[0],
          tokens / wall[steps / 2] * 1e3,
          tokens / wall[0] * 1e3);
    }
  }

  private static Map<String, Integer> options(String[] args) {
    Map<String, Integer> o =
        new LinkedHashMap<>(
            Map.of(
                "d", 128, "layers", 4, "heads", 4, "ctx", 128, "batch", 16, "vocab", 256, "steps",
                20, "warm", 3, "threads", 1));
    for (int i = 0; i < args.length; i++) {
      String name = args[i].startsWith("--") ? args[i].substring(2) : args[i];
      if (name.equals("json")) {
        continue;
      }
      if (name.equals("mode") && i + 1 < args.length && args[i + 1].equals("decode")) {
        i++;
        continue;
      }
      if (!o.containsKey(name) || i + 1 == args.length) {
        throw new IllegalArgumentException(
            "unknown option or missing number: "
                + args[i]
                + "; options are --mode decode, --json, and with a number: "
                + o.keySet());
      }
      o.put(name, Integer.parseInt(args[++i]));
    }
    return o;
  }
}
