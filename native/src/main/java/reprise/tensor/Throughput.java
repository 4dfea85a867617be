package reprise.tensor;

import java.time.Duration;
import java.util.Locale;
import reprise.tensor.cpu.CpuBackend;
import reprise.tensor.cpu.GemmProbe;
import reprise.tensor.cpu.ProcessClock;
import reprise.tensor.ir.Program;
import reprise.tensor.model.Corpus;
import reprise.tensor.model.Decoder;
import reprise.tensor.model.DecoderConfig;
import reprise.tensor.model.Training;

/**
 * What this machine computes in a second of CPU time on one thread: for estimates of cost, not for
 * benchmarks.
 *
 * @param backend what was measured
 * @param gemmGflops dense 512 x 512 x 512 product; NaN on the reference backend
 * @param decoderGflops train step of the small decoder of width 64, 2 layers, context 64, 1024
 *     tokens, counted as 6 N D plus attention
 * @param smallStepsPerSecond train steps of width 8, 1 layer, context 32, 512 tokens, vocabulary
 *     128
 */
public record Throughput(
    BackendInfo backend, double gemmGflops, double decoderGflops, double smallStepsPerSecond) {

  /** Measures the best backend for about this long. */
  public static Throughput measure(Duration duration) {
    return measure(Backends.best(), duration);
  }

  /** Measures one backend for about this long, best of several rounds. */
  public static Throughput measure(Backend backend, Duration duration) {
    long third = duration.toNanos() / 3;
    double gemm =
        backend instanceof CpuBackend cpu
            ? GemmProbe.gflops(cpu, 512, 512, 512, third)
            : Double.NaN;
    DecoderConfig middle = DecoderConfig.small(96, 64, 2, 64);
    DecoderConfig small = DecoderConfig.small(128, 32, 1, 8);
    double flops = middle.flopsPerTokenWithAttention() * 1024;
    return new Throughput(
        backend.info(),
        gemm,
        stepsPerSecond(backend, middle, 16, third) * flops / 1e9,
        stepsPerSecond(backend, small, 16, third));
  }

  /** Train steps a second of one decoder, best of rounds over the given time. */
  static double stepsPerSecond(Backend backend, DecoderConfig config, int batch, long nanos) {
    Program p =
        Decoder.program(
            config,
            Training.small(batch, 1_000_000, 1e-3),
            Corpus.text(20_000, 2 * config.context(), 1));
    try (Session s = backend.open(p, SessionOptions.seed(1))) {
      s.run("initialise", 1).orThrow();
      double once = Math.max(1e-6, s.run("train_step", 1).seconds());
      int steps = (int) Math.clamp(0.05 / once, 1, 1000);
      double best = 0;
      long end = System.nanoTime() + nanos;
      do {
        double start = ProcessClock.threadSeconds();
        s.run("train_step", steps).orThrow();
        best = Math.max(best, steps / (ProcessClock.threadSeconds() - start));
      } while (System.nanoTime() < end);
      return best;
    }
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: GEMM %.0f GFLOP/s, decoder of width 64 %.0f GFLOP/s, %.0f steps/s at width 8",
        backend,
        gemmGflops,
        decoderGflops,
        smallStepsPerSecond);
  }
}
