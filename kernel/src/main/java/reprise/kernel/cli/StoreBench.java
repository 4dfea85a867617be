package reprise.kernel.cli;

import com.google.gson.JsonObject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import reprise.kernel.store.RunExport;
import reprise.kernel.store.RunIndex;
import reprise.kernel.store.StoreFill;
import reprise.kernel.store.StoredRuns;

/**
 * What the store costs: the share of a run that keeping it takes at 100 points a second, the time
 * to open a large store and list its newest runs, and the points a second of an export.
 */
final class StoreBench {
  private static final int POINTS_A_RUN = 100;
  private static final int RUNS_A_PLAN = 200;
  private static final int NEWEST = 50;

  private final PrintWriter out;
  private final boolean json;

  StoreBench(PrintWriter out, boolean json) {
    this.out = out;
    this.json = json;
  }

  void measure(int runs) throws IOException {
    Path root = Files.createTempDirectory("reprise-store-bench");
    try {
      JsonObject figures = new JsonObject();
      figures.addProperty("runs", runs);
      figures.addProperty("points", (long) runs * POINTS_A_RUN);
      figures.addProperty("overheadShare", StoreFill.overhead(root.resolve("overhead"), 10));
      Path store = root.resolve("runs");
      long start = System.nanoTime();
      StoreFill.fill(store, runs, RUNS_A_PLAN, POINTS_A_RUN);
      figures.addProperty("fillSeconds", since(start));
      start = System.nanoTime();
      try (RunIndex index = RunIndex.of(store, this::warn)) {
        index.rebuild();
      }
      figures.addProperty("reindexSeconds", since(start));
      start = System.nanoTime();
      try (RunIndex index = RunIndex.of(store, this::warn)) {
        index.refresh();
        int listed = index.newest(NEWEST).size();
        figures.addProperty("openAndListMillis", 1000 * since(start));
        figures.addProperty("listed", listed);
      }
      export(store, root.resolve("points.csv"), figures);
      print(figures);
    } finally {
      StoredRuns.delete(root);
    }
  }

  private void export(Path store, Path file, JsonObject figures) throws IOException {
    try (RunIndex index = RunIndex.of(store, this::warn);
        OutputStream to = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      long start = System.nanoTime();
      double cores = coreSeconds();
      long points = RunExport.points(store, index.names(), RunExport.Format.CSV, to);
      to.flush();
      figures.addProperty("exported", points);
      figures.addProperty("exportPointsPerSecond", points / since(start));
      if (Double.isFinite(cores)) {
        figures.addProperty("exportCoreSeconds", coreSeconds() - cores);
      }
    }
  }

  private void print(JsonObject figures) {
    if (json) {
      out.println(figures);
    } else {
      figures
          .asMap()
          .forEach(
              (name, value) -> out.println(String.format(Locale.ROOT, "%-22s %s", name, value)));
    }
    out.flush();
  }

  private void warn(String text) {
    out.println("reprise: " + text);
  }

  // what the cores have worked for us, however many others they work for
  private static double coreSeconds() {
    return ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .map(time -> time.toNanos() / 1e9)
        .orElse(Double.NaN);
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
