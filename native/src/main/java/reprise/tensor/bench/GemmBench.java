package reprise.tensor.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import reprise.tensor.cpu.CpuBackend;
import reprise.tensor.cpu.GemmProbe;

/**
 * Dense products against the measured peak of this processor: {@code --ms 200} of time a product,
 * {@code --only 1024} for the cube alone, {@code --json}. Each product is timed beside the peak,
 * and its share is the median of those pairs, since clocks change and neighbours come and go.
 */
public final class GemmBench {
  /** m, n, k. */
  private static final int[][] SHAPES = {
    {1024, 1024, 1024},
    {128, 128, 128},
    {256, 256, 256},
    {512, 512, 512},
    {2048, 2048, 2048},
    {2048, 384, 128},
    {2048, 128, 512},
    {2048, 512, 128},
    {512, 128, 2048},
    {128, 384, 2048},
    {2048, 768, 256},
    {2048, 1024, 256},
    {2048, 256, 1024},
    {256, 1024, 2048},
    {2048, 4096, 256},
    {4096, 256, 2048},
    {256, 2304, 768},
    {1024, 3072, 768},
    {1024, 768, 3072},
    {128, 4096, 4096},
    {4096, 4096, 128}
  };

  private static final List<String> LAYOUTS = List.of("NN", "NT", "TN");

  private GemmBench() {}

  /** Runs the benchmark and prints a line for each product and the geometric mean. */
  public static void main(String[] args) {
    run(args, System.out);
  }

  static void run(String[] args, PrintStream out) {
    boolean json = Arrays.asList(args).contains("--json");
    Duration each = Duration.ofMillis(number(args, "--ms", 200));
    int only = number(args, "--only", 0);
    CpuBackend backend = CpuBackend.best();
    double logs = 0;
    int count = 0;
    for (int[] s : SHAPES) {
      if (only > 0 && (s[0] != only || s[1] != only || s[2] != only)) {
        continue;
      }
      for (String layout : LAYOUTS) {
        GemmProbe.Share share =
            GemmProbe.share(
                backend,
                new GemmProbe.Product(
                    s[0], s[1], s[2], layout.charAt(0) == 'T', layout.charAt(1) == 'T'),
                each);
        logs += Math.log(share.ofPeak());
        count++;
        out.println(
            json
                ? new BenchLine()
                    .put("workload", "gemm")
                    .put("isa", backend.info().instructionSet())
                    .put("layout", layout)
                    .put("m", s[0])
                    .put("n", s[1])
                    .put("k", s[2])
                    .put("gflops", share.gflops())
                    .put("peak_gflops", share.peakGflops())
                    .put("share", share.ofPeak())
                    .json()
                : String.format(
                    Locale.ROOT,
                    "%5d x %5d x %5d %s %7.1f GFLOP/s, peak %7.1f, %5.1f %%",
                    s[0],
                    s[1],
                    s[2],
                    layout,
                    share.gflops(),
                    share.peakGflops(),
                    100 * share.ofPeak()));
      }
    }
    if (count == 0) {
      throw new IllegalArgumentException("no cube of " + only + "; there are 128 to 2048");
    }
    double mean = Math.exp(logs / count);
    out.println(
        json
            ? new BenchLine().put("workload", "gemm-mean").put("share", mean).json()
            : String.format(
                Locale.ROOT,
                "geometric mean of %d products on %s: %.1f %% of the measured peak",
                count,
                backend.info(),
                100 * mean));
  }

  private static int number(String[] args, String name, int otherwise) {
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals(name)) {
        if (i + 1 == args.length) {
          throw new IllegalArgumentException(name + " needs a number");
        }
        return Integer.parseInt(args[i + 1]);
      }
    }
    return otherwise;
  }
}
