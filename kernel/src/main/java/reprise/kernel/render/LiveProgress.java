package reprise.kernel.render;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.RunOutcome;
import reprise.dsl.unit.Numbers;
import reprise.kernel.display.Display;
import reprise.kernel.display.MimeBundle;
import reprise.kernel.run.Watcher;

/**
 * Progress of a plan in a notebook: one output, updated in place at most five times a second, that
 * stays as a readable line when all is done.
 */
public final class LiveProgress implements Watcher {
  private static final long PAUSE_NANOS = 200_000_000L;
  private static final int SPARKS = 40;
  private static final String BLOCKS = "▁▂▃▄▅▆▇█";

  private final Deque<Double> losses = new ArrayDeque<>();
  private String id;
  private String title;
  private String state = "";
  private int total;
  private int done;
  private int failed;
  private double fraction;
  private long start;
  private long last;

  @Override
  public synchronized void started(Plan plan, int stored) {
    title = plan.title();
    total = plan.runs().size();
    done = stored;
    failed = 0;
    fraction = total == 0 || stored == total ? 1 : 0;
    losses.clear();
    start = System.nanoTime();
    last = start;
    state = stored > 0 ? stored + " read from the store" : "";
    id = total == 0 ? null : Display.display(view());
  }

  @Override
  public synchronized void progress(double share, double lastLoss) {
    fraction = share;
    if (!Double.isNaN(lastLoss)) {
      losses.addLast(lastLoss);
      if (losses.size() > SPARKS) {
        losses.removeFirst();
      }
    }
    if (System.nanoTime() - last > PAUSE_NANOS) {
      show();
    }
  }

  @Override
  public synchronized void ended(RunOutcome outcome, int doneNow, int totalNow) {
    done = doneNow;
    if (outcome instanceof RunOutcome.Failed) {
      failed++;
    }
  }

  @Override
  public synchronized void warned(String what) {
    System.err.println(what);
  }

  @Override
  public synchronized void analysing(String what) {
    state = what;
    if (System.nanoTime() - last > PAUSE_NANOS) {
      show();
    }
  }

  @Override
  public synchronized void finished() {
    state = done == total ? "" : "stopped; the runs that ended are kept";
    show();
  }

  private void show() {
    last = System.nanoTime();
    if (id != null) {
      Display.updateDisplay(id, view());
    }
  }

  private MimeBundle view() {
    double seconds = (System.nanoTime() - start) / 1e9;
    String time =
        done == total
            ? "in " + Numbers.duration(seconds)
            : fraction > 0.02
                ? Numbers.duration(seconds / fraction - seconds) + " left"
                : "starting";
    String counts =
        done + " of " + total + " runs" + (failed == 0 ? "" : ", " + failed + " failed");
    String loss =
        losses.isEmpty() || done == total
            ? ""
            : String.format(Locale.ROOT, " · loss %.3f %s", losses.peekLast(), sparkline());
    String line = counts + " · " + time + loss + (state.isEmpty() ? "" : " · " + state);
    String html =
        "<div style='font:13px/1.5 system-ui,sans-serif;max-width:46em'>"
            + "<div style='opacity:.75'>"
            + escape(title)
            + "</div>"
            + "<div style='height:4px;margin:4px 0;border-radius:2px;background:#8884'>"
            + String.format(
                Locale.ROOT,
                "<div style='height:4px;border-radius:2px;background:#0072b2;width:%.1f%%'></div>",
                100 * Math.min(1, fraction))
            + "</div>"
            + escape(line)
            + "</div>";
    return MimeBundle.text(title + ": " + line).html(html);
  }

  private String sparkline() {
    double min = losses.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    double max = losses.stream().mapToDouble(Double::doubleValue).max().orElse(1);
    StringBuilder out = new StringBuilder();
    for (double loss : losses) {
      int level = max > min ? (int) Math.round((loss - min) / (max - min) * 7) : 0;
      out.append(BLOCKS.charAt(level));
    }
    return out.toString();
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
