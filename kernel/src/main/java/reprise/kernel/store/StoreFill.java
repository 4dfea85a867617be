package reprise.kernel.store;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/** Stores with invented runs, to measure with. */
public final class StoreFill {
  private static final int POINTS_A_SECOND = 100;

  private StoreFill() {}

  /** Writes so many runs, so many a plan, of so many points, without forcing each to disk. */
  public static void fill(Path root, int runs, int runsAPlan, int points) throws IOException {
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    for (int r = 0; r < runs; r++) {
      String plan = String.format(Locale.ROOT, "%016x", 0x9e3779b97f4a7c15L * (r / runsAPlan + 1));
      Path folder = root.resolve(plan).resolve("run-" + r);
      Files.createDirectories(folder);
      JsonObject record = new JsonObject();
      JsonObject fields = new JsonObject();
      fields.addProperty("N", 1000 + r);
      record.addProperty("id", "run-" + r);
      record.addProperty("kind", "Invented");
      record.add("fields", fields);
      record.addProperty("flops", 1e9);
      record.addProperty("steps", points);
      record.addProperty("seed", r);
      record.addProperty("plan", plan);
      record.addProperty("title", "invented runs");
      record.addProperty("backend", "none");
      record.addProperty("status", "done");
      record.addProperty("started", start.plusSeconds(r).toString());
      record.addProperty("loss", 2 + 1.0 / (r + 1));
      record.addProperty("seconds", 1.0);
      record.addProperty("digest", "0".repeat(64));
      Files.writeString(folder.resolve(OpenRun.RECORD), record.toString());
      Files.writeString(folder.resolve(OpenRun.METRICS), metrics(points, r));
      Files.writeString(folder.resolve(OpenRun.DONE), "0".repeat(64) + "\n");
    }
  }

  private static String metrics(int points, int run) {
    StringBuilder text = new StringBuilder();
    for (int p = 1; p <= points; p++) {
      text.append("{\"step\":").append(p);
      text.append(",\"loss\":").append((float) (2 + 3.0 / (p + run % 7)));
      text.append(",\"seconds\":").append(p / 100.0).append("}\n");
    }
    return text.toString();
  }

  /**
   * The share of a run's time that its metrics take at 100 points a second: time in the log over
   * wall time.
   */
  public static double overhead(Path folder, int seconds) throws IOException {
    Files.createDirectories(folder);
    long start = System.nanoTime();
    long inside = 0;
    try (MetricLog log = MetricLog.claim(folder.resolve(OpenRun.METRICS)).orElseThrow()) {
      for (int p = 1; p <= seconds * POINTS_A_SECOND; p++) {
        long before = System.nanoTime();
        log.point(p, 1.0 / p, p / 100.0);
        if (p % (POINTS_A_SECOND / 2) == 0) {
          log.flush();
        }
        inside += System.nanoTime() - before;
        LockSupport.parkNanos(start + p * 1_000_000_000L / POINTS_A_SECOND - System.nanoTime());
      }
    }
    return (double) inside / (System.nanoTime() - start);
  }
}
