package reprise.tensor.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import reprise.tensor.NativeFailure;

/** Speed of the dense matrix product by itself, on one thread by its CPU time. */
public final class GemmProbe {
  // A packed block of each factor, as rp_gemm_work counts it.
  private static final long WORK_FLOATS = 256L * (1920 + 144 + 8) + 1024;

  private GemmProbe() {}

  /** op(a) op(b) of extents [m, k] and [k, n]. */
  public record Product(int m, int n, int k, boolean transposeA, boolean transposeB) {
    double flops() {
      return 2.0 * m * n * k;
    }
  }

  /** Best GFLOP/s of a product, best of the peak beside it, and the median of their quotient. */
  public record Share(double gflops, double peakGflops, double ofPeak) {}

  /**
   * GFLOP/s of [m, k] x [k, n] on one thread by its CPU time: the best round within the given time.
   */
  public static double gflops(CpuBackend backend, int m, int n, int k, long nanos) {
    Product p = new Product(m, n, k, false, false);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment[] operands = operands(arena, p);
      double best = 0;
      long end = System.nanoTime() + nanos;
      do {
        best = Math.max(best, product(backend, p, operands));
      } while (System.nanoTime() < end);
      return best;
    }
  }

  /** A product in turn with multiply-adds in registers, which nothing can beat. */
  public static Share share(CpuBackend backend, Product p, Duration duration) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment[] operands = operands(arena, p);
      product(backend, p, operands);
      double best = 0;
      double top = 0;
      List<Double> shares = new ArrayList<>();
      long end = System.nanoTime() + duration.toNanos();
      do {
        double before = peak(backend);
        double g = product(backend, p, operands);
        double peak = Math.max(before, peak(backend));
        best = Math.max(best, g);
        top = Math.max(top, peak);
        shares.add(g / peak);
      } while (System.nanoTime() < end || shares.size() < 3);
      Collections.sort(shares);
      return new Share(best, top, shares.get(shares.size() / 2));
    }
  }

  private static double peak(CpuBackend backend) {
    double start = ProcessClock.threadSeconds();
    double flops = backend.bindings().peak(backend.instructionSet(), 400_000);
    return flops / 1e9 / (ProcessClock.threadSeconds() - start);
  }

  private static double product(CpuBackend backend, Product p, MemorySegment[] operands) {
    int times = (int) Math.clamp(1e8 / p.flops(), 1, 10_000);
    double start = ProcessClock.threadSeconds();
    if (!backend.bindings().gemm(backend.instructionSet(), p, operands, times)) {
      throw new NativeFailure("the library refuses the product " + p);
    }
    return times * p.flops() / 1e9 / (ProcessClock.threadSeconds() - start);
  }

  /** a, b, c and scratch. */
  private static MemorySegment[] operands(Arena arena, Product p) {
    return new MemorySegment[] {
      arena.allocate(JAVA_FLOAT.byteSize() * p.m() * p.k(), 64),
      arena.allocate(JAVA_FLOAT.byteSize() * p.k() * p.n(), 64),
      arena.allocate(JAVA_FLOAT.byteSize() * p.m() * p.n(), 64),
      arena.allocate(JAVA_FLOAT.byteSize() * WORK_FLOATS, 64)
    };
  }
}
