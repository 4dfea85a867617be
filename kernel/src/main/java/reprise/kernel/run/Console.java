package reprise.kernel.run;

import java.io.PrintStream;
import java.util.Locale;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.RunOutcome;
import reprise.dsl.unit.Numbers;

/**
 * Progress on a stream, standard error as a rule: one line rewritten in place on a terminal, a line
 * every ten seconds elsewhere.
 */
public final class Console implements Watcher {
  private static final long TERMINAL_NANOS = 200_000_000L;
  private static final long LOG_NANOS = 10_000_000_000L;

  private final PrintStream out;
  private final boolean terminal;
  private long start;
  private long last;
  private int done;
  private int total;
  private int width;

  /** Progress on a stream. */
  public Console(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Progress on standard error. */
  public static Console standardError() {
    return new Console(System.err, System.console() != null && System.console().isTerminal());
  }

  @Override
  public synchronized void started(Plan plan, int stored) {
    start = System.nanoTime();
    last = start;
    done = stored;
    total = plan.runs().size();
    if (total > 0) {
      line(
          plan.title()
              + ": "
              + total
              + " runs"
              + (stored == 0 ? "" : ", " + stored + " of them read from the store"));
    }
  }

  @Override
  public synchronized void progress(double fraction, double lastLoss) {
    long now = System.nanoTime();
    if (now - last < (terminal ? TERMINAL_NANOS : LOG_NANOS)) {
      return;
    }
    last = now;
    double seconds = (now - start) / 1e9;
    String eta =
        fraction > 0.02 ? ", " + Numbers.duration(seconds / fraction - seconds) + " left" : "";
    String text =
        String.format(
            Locale.ROOT,
            "  %d of %d runs, %.0f %%%s%s",
            done,
            total,
            100 * fraction,
            Double.isNaN(lastLoss) ? "" : String.format(Locale.ROOT, ", loss %.3f", lastLoss),
            eta);
    if (terminal) {
      width = Math.max(width, text.length());
      out.print("\r" + text + " ".repeat(width - text.length()));
      out.flush();
    } else {
      out.println(text);
    }
  }

  @Override
  public synchronized void ended(RunOutcome outcome, int doneNow, int totalNow) {
    done = doneNow;
    total = totalNow;
    if (outcome instanceof RunOutcome.Failed failed) {
      line("  " + failed.task().id() + " failed: " + failed.reason());
    } else if (outcome instanceof RunOutcome.Stopped early) {
      line("  " + early.task().id() + " " + early.reason());
    }
  }

  @Override
  public synchronized void warned(String what) {
    line("reprise: " + what);
  }

  @Override
  public synchronized void analysing(String what) {
    line("  " + what);
  }

  @Override
  public synchronized void finished() {
    if (terminal && width > 0) {
      out.print("\r" + " ".repeat(width) + "\r");
      out.flush();
      width = 0;
    }
  }

  private void line(String text) {
    if (terminal && width > 0) {
      out.print("\r" + " ".repeat(width) + "\r");
    }
    out.println(text);
  }
}
