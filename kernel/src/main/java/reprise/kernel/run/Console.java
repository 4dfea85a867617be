package reprise.kernel.run;

import java.io.PrintStream;
import java.util.Locale;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.RunOutcome;
import reprise.dsl.unit.Numbers;

/**
 * Progress on a stream, standard error as a rule: a bar on a terminal, elsewhere, as in the log of
 * a cluster, a line every ten seconds.
 */
public final class Console implements Watcher {
  private static final long LOG_NANOS = 10_000_000_000L;

  private final PrintStream out;
  private final boolean terminal;
  private final int columns;
  private TerminalBar bar; // while runs go on in a terminal
  private long start;
  private long last;
  private int done;
  private int total;

  private Console(PrintStream out, boolean terminal, int columns) {
    this.out = out;
    this.terminal = terminal;
    this.columns = columns;
  }

  /** A line now and then. */
  public static Console lines(PrintStream out) {
    return new Console(out, false, 0);
  }

  /** A bar of so many columns; 0 for those of the terminal. */
  public static Console bar(PrintStream out, int columns) {
    return new Console(out, true, columns);
  }

  /** Progress on standard error. */
  public static Console standardError() {
    return System.console() != null && System.console().isTerminal()
        ? bar(System.err, 0)
        : lines(System.err);
  }

  @Override
  public synchronized void started(Plan plan, int stored) {
    start = System.nanoTime();
    last = start;
    done = stored;
    total = plan.runs().size();
    takeAway();
    if (total > 0) {
      line(
          plan.title()
              + ": "
              + total
              + " runs"
              + (stored == 0 ? "" : ", " + stored + " of them read from the store"));
    }
    if (terminal && stored < total) {
      double flops = plan.runs().stream().mapToDouble(task -> task.flops().count()).sum();
      bar = new TerminalBar(out, columns, flops);
    }
  }

  @Override
  public synchronized void progress(double fraction, double lastLoss) {
    String loss = Double.isNaN(lastLoss) ? "" : String.format(Locale.ROOT, ", loss %.3f", lastLoss);
    if (bar != null) {
      bar.at(fraction, done + " of " + total + " runs" + loss);
      return;
    }
    long now = System.nanoTime();
    if (terminal || now - last < LOG_NANOS) {
      return;
    }
    last = now;
    double seconds = (now - start) / 1e9;
    String eta =
        fraction > 0.02 ? ", " + Numbers.duration(seconds / fraction - seconds) + " left" : "";
    out.println(
        String.format(
            Locale.ROOT, "  %d of %d runs, %.0f %%%s%s", done, total, 100 * fraction, loss, eta));
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
    takeAway();
    line("  " + what);
  }

  @Override
  public synchronized void finished() {
    takeAway();
  }

  private void takeAway() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  private void line(String text) {
    if (bar != null) {
      bar.print(text);
    } else {
      out.println(text);
    }
  }
}
