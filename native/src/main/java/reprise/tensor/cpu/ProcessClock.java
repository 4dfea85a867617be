package reprise.tensor.cpu;

import java.lang.management.ManagementFactory;

/** CPU time, which other programs on a busy machine do not stretch as they stretch wall time. */
public final class ProcessClock {
  private ProcessClock() {}

  /** Seconds of the calling thread, to the nanosecond; wall time where the JVM does not tell. */
  public static double threadSeconds() {
    var threads = ManagementFactory.getThreadMXBean();
    return 1e-9
        * (threads.isCurrentThreadCpuTimeSupported()
            ? threads.getCurrentThreadCpuTime()
            : System.nanoTime());
  }

  /** Seconds of the process over all threads, in steps of some 10 ms; NaN if unknown. */
  public static double cpuSeconds() {
    return ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .map(d -> d.toNanos() * 1e-9)
        .orElse(Double.NaN);
  }
}
