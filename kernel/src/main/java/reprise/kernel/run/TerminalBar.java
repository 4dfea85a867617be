package reprise.kernel.run;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A bar at the bottom of a terminal, of the progressbar library, which redraws it five times a
 * second; lines may be printed above it. It counts the FLOP done, since runs differ in size.
 */
final class TerminalBar implements AutoCloseable {
  private static final int PAUSE_MILLIS = 200;
  private static final int LEAST_COLUMNS = 40;
  private static final int USUAL_COLUMNS = 80;

  /** Units of the work, at least; of 1000 times as many, the library's estimate would be zero. */
  private static final double LEAST_UNITS = 1000;

  private static final String[] UNITS = {
    "FLOP", "kFLOP", "MFLOP", "GFLOP", "TFLOP", "PFLOP", "EFLOP"
  };

  private final Line line;
  private final ProgressBar bar;
  private final long work; // in that unit

  /**
   * A bar at nothing done.
   *
   * @param columns that it may take; 0 for as many as the terminal has
   * @param flops of all runs
   */
  TerminalBar(PrintStream out, int columns, double flops) {
    line = new Line(out, columns == 0 ? columns() : columns);
    double units = flops;
    int unit = 0;
    while (unit < UNITS.length - 1 && units / 1000 >= LEAST_UNITS) {
      unit++;
      units /= 1000;
    }
    work = Math.max(1, Math.round(units));
    bar =
        ProgressBar.builder()
            .setTaskName("")
            .setInitialMax(work)
            .setUnit(" " + UNITS[unit], 1)
            .setStyle(
                out.charset().newEncoder().canEncode('█')
                    ? ProgressBarStyle.UNICODE_BLOCK
                    : ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(PAUSE_MILLIS)
            .setConsumer(line)
            .build();
  }

  // Not by the library, which would ask JLine: that gives Ctrl-C back to the system, which then
  // ends
  // the JVM before any run has written its last checkpoint.
  private static int columns() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      int columns = Integer.parseInt(size.strip().replaceFirst("^\\d+ ", ""));
      return columns >= LEAST_COLUMNS ? columns - 1 : USUAL_COLUMNS - 1;
    } catch (IOException | NumberFormatException noTerminal) {
      return USUAL_COLUMNS - 1;
    }
  }

  /** Shows so much of the work as done, and a message behind it. */
  void at(double fraction, String message) {
    bar.stepTo(Math.round(Math.clamp(fraction, 0, 1) * work));
    bar.setExtraMessage(message);
  }

  /** A line above the bar. */
  void print(String text) {
    line.print(text);
  }

  /** Takes the bar away; what the library's thread still draws after that is not shown. */
  @Override
  public void close() {
    bar.close();
    line.takeAway();
  }

  /** The terminal's last line, which the library's thread and ours write. */
  private static final class Line extends ConsoleProgressBarConsumer {
    private final PrintStream out;
    private final String empty;
    private boolean closed;

    Line(PrintStream out, int columns) {
      super(out, columns);
      this.out = out;
      this.empty = "\r" + " ".repeat(columns) + "\r";
    }

    @Override
    public synchronized void accept(String bar) {
      if (!closed) {
        super.accept(bar);
        out.flush();
      }
    }

    synchronized void print(String text) {
      out.println(empty + text);
    }

    synchronized void takeAway() {
      closed = true;
      out.print(empty);
      out.flush();
    }

    /** Called by the library, now or later, on a thread of its own: nothing is left to do. */
    @Override
    public void close() {}
  }
}
