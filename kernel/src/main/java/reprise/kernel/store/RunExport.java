package reprise.kernel.store;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** Runs and their points as text: CSV or JSON lines. */
public final class RunExport {
  /** Runs that one thread reads at a time. */
  private static final int BATCH = 64;

  private static final String HEAD = "plan,run,step,loss,seconds\n";

  /** Columns of every run, as {@link RunRow#json} has them. */
  private static final List<String> OWN =
      List.of(
          "plan", "id", "title", "kind", "status", "started", "seconds", "loss", "steps", "seed",
          "flops", "digest", "backend", "paper", "failed");

  private RunExport() {}

  /** How to write. */
  public enum Format {
    CSV,
    JSONL
  }

  /**
   * One line a run; a column of its plan that is called like one of ours is {@code task_<name>}.
   */
  public static void runs(List<RunRow> rows, Format format, OutputStream out) throws IOException {
    Set<String> fields = new LinkedHashSet<>();
    StringBuilder text = new StringBuilder();
    if (format == Format.CSV) {
      rows.forEach(row -> fields.addAll(row.json().getAsJsonObject("fields").keySet()));
      text.append(String.join(",", OWN));
      fields.forEach(
          name -> text.append(',').append(cell(OWN.contains(name) ? "task_" + name : name)));
      text.append('\n');
    }
    for (RunRow row : rows) {
      JsonObject json = row.json();
      if (format == Format.JSONL) {
        text.append(json).append('\n');
        continue;
      }
      json.remove("run");
      JsonObject own = json.remove("fields").getAsJsonObject();
      text.append(
          json.asMap().values().stream().map(RunExport::cell).collect(Collectors.joining(",")));
      fields.forEach(name -> text.append(',').append(cell(own.get(name))));
      text.append('\n');
    }
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String cell(JsonElement value) {
    return value == null || value.isJsonNull() ? "" : cell(value.getAsString());
  }

  // RFC 4180
  static String cell(String text) {
    return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  /**
   * One line a point, run after run as given. All cores read runs while those before are written.
   *
   * @return the number of points
   */
  public static long points(Path root, List<RunName> runs, Format format, OutputStream out)
      throws IOException {
    if (format == Format.CSV) {
      out.write(HEAD.getBytes(StandardCharsets.UTF_8));
    }
    int readers = Runtime.getRuntime().availableProcessors();
    Deque<Future<PointLines>> ahead = new ArrayDeque<>();
    Queue<PointLines> free = new ConcurrentLinkedQueue<>();
    long points = 0;
    try (ExecutorService pool = Executors.newFixedThreadPool(readers)) {
      try {
        for (int from = 0; from < runs.size() || !ahead.isEmpty(); from += BATCH) {
          if (from < runs.size()) {
            List<RunName> batch = runs.subList(from, Math.min(from + BATCH, runs.size()));
            ahead.add(pool.submit(() -> lines(root, batch, format, free.poll())));
          }
          if (ahead.size() > 2 * readers || from + BATCH >= runs.size()) {
            PointLines lines = ahead.remove().get();
            out.write(lines.bytes(), 0, lines.length());
            points += lines.count();
            free.add(lines);
          }
        }
      } finally {
        pool.shutdownNow(); // where writing failed, the rest is not read
      }
    } catch (ExecutionException unreadable) {
      throw unreadable.getCause() instanceof IOException failure
          ? failure
          : new IOException("points cannot be read", unreadable.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while points were exported");
    }
    return points;
  }

  private static PointLines lines(Path root, List<RunName> runs, Format format, PointLines written)
      throws IOException {
    PointLines lines = written == null ? new PointLines(format == Format.CSV) : written;
    lines.clear();
    for (RunName run : runs) {
      lines.add(root, run);
    }
    return lines;
  }
}
