package reprise.kernel.shell;

import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.Locale;

/** How long code takes. */
final class Timing {
  /** About how long %timeit measures. */
  private static final long BUDGET = 1_000_000_000L;

  private static final int ROUNDS = 7;

  private Timing() {}

  /** Runs what stands behind the magic and returns its value, null for none. */
  static Object run(Magic.Call call) {
    return InCell.eval(source(call));
  }

  static String repeat(Magic.Call call) {
    var body = compile(source(call).strip());
    long once = time(body, 1);
    int loops = Math.clamp(BUDGET / ROUNDS / Math.max(1, once), 1, 10_000_000);
    time(body, Math.max(1, loops / 10));
    var rounds = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      rounds[i] = (double) time(body, loops) / loops;
    }
    Arrays.sort(rounds);
    return text(rounds[ROUNDS / 2])
        + " per loop (median of "
        + ROUNDS
        + " rounds of "
        + loops
        + "; "
        + text(rounds[0])
        + " to "
        + text(rounds[ROUNDS - 1])
        + ")";
  }

  /** Compiled once, as a lambda: of an expression if it is one, else of statements. */
  private static TimedBody compile(String source) {
    var type = "(" + TimedBody.class.getName() + ") () -> ";
    var expression = source.endsWith(";") ? source.substring(0, source.length() - 1) : source;
    try {
      return (TimedBody) InCell.eval(type + "(" + expression + ")");
    } catch (InCell.EvalFailure notAnExpression) {
      return (TimedBody) InCell.eval(type + "{ " + source + ";\nreturn null; }");
    }
  }

  private static long time(TimedBody body, int loops) {
    Object last = null;
    long start = System.nanoTime();
    try {
      for (int i = 0; i < loops; i++) {
        last = body.run();
      }
    } catch (Throwable e) {
      throw new Magic.MagicError("%timeit: the code threw " + e, e);
    }
    long nanos = System.nanoTime() - start;
    Reference.reachabilityFence(last);
    return nanos;
  }

  static String text(double nanos) {
    if (nanos < 1e3) {
      return String.format(Locale.ROOT, "%.1f ns", nanos);
    }
    if (nanos < 1e6) {
      return String.format(Locale.ROOT, "%.2f us", nanos / 1e3);
    }
    return nanos < 1e9
        ? String.format(Locale.ROOT, "%.2f ms", nanos / 1e6)
        : String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
  }

  private static String source(Magic.Call call) {
    var source = call.body() == null ? call.rest() : call.body();
    if (source.isBlank()) {
      throw call.error("nothing to run; write %" + call.name() + " statement");
    }
    return source;
  }
}
