package reprise.tensor.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import reprise.tensor.NativeFailure;

/** Speed of the dense matrix product by itself. */
public final class GemmProbe {
  private static final long WORK_FLOATS = 256L * (1920 + 144 + 8) + 1024;

  private GemmProbe() {}

  /**
   * GFLOP/s of [m, k] x [k, n] on one thread by its CPU time: the best round within the given time.
   */
  public static double gflops(CpuBackend backend, int m, int n, int k, long nanos) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment[] abc = {
        arena.allocate(JAVA_FLOAT.byteSize() * m * k, 64),
        arena.allocate(JAVA_FLOAT.byteSize() * k * n, 64),
        arena.allocate(JAVA_FLOAT.byteSize() * m * n, 64)
      };
      MemorySegment work = arena.allocate(JAVA_FLOAT.byteSize() * WORK_FLOATS, 64);
      double flops = 2.0 * m * n * k;
      int times = (int) Math.clamp(4e8 / flops, 1, 10_000);
      double best = 0;
      long end = System.nanoTime() + nanos;
      do {
        double start = ProcessClock.threadSeconds();
        if (!backend.bindings().gemm(backend.instructionSet(), m, n, k, abc, work, times)) {
          throw new NativeFailure("the library refuses a product of " + m + "x" + n + "x" + k);
        }
        best = Math.max(best, times * flops / 1e9 / (ProcessClock.threadSeconds() - start));
      } while (System.nanoTime() < end);
      return best;
    }
  }
}
