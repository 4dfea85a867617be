package reprise.kernel.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import reprise.dsl.RunFailure;
import reprise.kernel.data.Home;
import reprise.kernel.store.ImportedRuns;
import reprise.kernel.store.RunCrate;
import reprise.kernel.store.RunExport;
import reprise.kernel.store.RunImport;
import reprise.kernel.store.RunIndex;
import reprise.kernel.store.RunName;
import reprise.kernel.store.RunParquet;
import reprise.kernel.store.RunRow;
import reprise.kernel.store.StoredRuns;

/** {@code ./reprise runs}: what the store holds. */
@Command(
    name = "runs",
    description = "Lists, shows, compares, exports and removes stored runs.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "<what>")
final class RunsCommand implements Runnable {
  private static final Gson PRETTY =
      new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();

  @CommandLine.Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "say what: ls, show, diff, chart, rm, gc, export, import, crate or reindex");
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private void warn(String text) {
    spec.commandLine().getErr().println("reprise: " + text);
    spec.commandLine().getErr().flush();
  }

  private RunIndex index() throws IOException {
    RunIndex index = RunIndex.of(Home.runs(), this::warn);
    index.refresh();
    return index;
  }

  @Command(name = "ls", description = "The runs begun last, the latest first.")
  void ls(
      @Option(names = "-n", paramLabel = "<count>", defaultValue = "50", description = "at most")
          int most,
      @Option(names = "--json", description = "a JSON array") boolean json)
      throws IOException {
    try (RunIndex index = index()) {
      List<RunRow> rows = index.newest(most);
      if (json) {
        JsonArray all = new JsonArray();
        rows.forEach(row -> all.add(row.json()));
        out().println(PRETTY.toJson(all));
      } else if (rows.isEmpty()) {
        out().println("Nothing has been run yet; the store is " + Home.runs());
      } else {
        rows.forEach(row -> out().println(line(row)));
      }
    }
    out().flush();
  }

  private static String line(RunRow row) {
    String what =
        switch (row.status()) {
          case "done" -> String.format(Locale.ROOT, "loss %.4f  %.1f s", row.loss(), row.seconds());
          case "imported" -> Double.isNaN(row.loss()) ? "" : "loss " + (float) row.loss();
          case "failed", "stopped" -> row.failed();
          default -> "";
        };
    return String.format(
        Locale.ROOT,
        "%-44s %-8s %-20.19s %s  %s",
        row.name(),
        row.status(),
        row.started(),
        what,
        row.title());
  }

  @Command(name = "show", description = "All that is recorded of a run.")
  void show(
      @Parameters(paramLabel = "<run>", description = "plan/id, the plan's hash may be cut short")
          String name,
      @Option(names = "--json", description = "run.json as it is") boolean json)
      throws IOException {
    StoredRuns.Stored run = new StoredRuns(Home.runs()).one(name);
    if (json) {
      out().println(PRETTY.toJson(run.record()));
    } else {
      out().println(run.name() + " in " + run.folder());
      run.record()
          .asMap()
          .forEach((key, value) -> {
            if (!key.startsWith("curve")) {
              out().println(String.format(Locale.ROOT, "  %-16s %s", key, text(value)));
            }
          });
    }
    out().flush();
  }

  private static String text(JsonElement value) {
    return value.isJsonPrimitive() ? value.getAsString() : value.toString();
  }

  @Command(name = "diff", description = "What differs between two runs.")
  void diff(
      @Parameters(paramLabel = "<run>") String one,
      @Parameters(paramLabel = "<run>") String other,
      @Option(names = "--json", description = "one JSON object") boolean json)
      throws IOException {
    StoredRuns store = new StoredRuns(Home.runs());
    JsonObject a = store.one(one).record();
    JsonObject b = store.one(other).record();
    Set<String> keys = new TreeSet<>(a.keySet());
    keys.addAll(b.keySet());
    JsonObject differences = new JsonObject();
    for (String key : keys) {
      if (a.get(key) == null || !a.get(key).equals(b.get(key))) {
        JsonArray both = new JsonArray();
        both.add(a.get(key));
        both.add(b.get(key));
        differences.add(key, both);
      }
    }
    if (json) {
      out().println(PRETTY.toJson(differences));
    } else {
      differences
          .asMap()
          .forEach((key, both) -> {
            JsonArray values = both.getAsJsonArray();
            out().println(key + ": " + difference(values.get(0), values.get(1)));
          });
    }
    out().flush();
  }

  // of two curves where they part, of all else both
  private static String difference(JsonElement one, JsonElement other) {
    if (one instanceof JsonArray a
        && other instanceof JsonArray b
        && !a.isEmpty()
        && !b.isEmpty()) {
      int at = 0;
      while (at < Math.min(a.size(), b.size()) && a.get(at).equals(b.get(at))) {
        at++;
      }
      return at < Math.min(a.size(), b.size())
          ? "from value " + (at + 1) + " on, " + text(a.get(at)) + " | " + text(b.get(at))
          : a.size() + " values | " + b.size() + " values, the same so far";
    }
    return text(one) + " | " + text(other);
  }

  @Command(name = "rm", description = "Removes runs for good.")
  void rm(@Parameters(arity = "1..*", paramLabel = "<run>") List<String> names) throws IOException {
    StoredRuns store = new StoredRuns(Home.runs());
    List<StoredRuns.Stored> runs = new java.util.ArrayList<>();
    for (String name : names) {
      runs.add(store.one(name));
    }
    for (StoredRuns.Stored run : runs) {
      store.remove(run);
      out().println("removed " + run.name());
    }
    index().close();
    out().flush();
  }

  @Command(
      name = "gc",
      description = "Removes earlier results that were moved aside, and remains of broken writes.")
  void gc(@Option(names = "--dry-run", description = "only lists them") boolean dry)
      throws IOException {
    StoredRuns store = new StoredRuns(Home.runs());
    List<Path> garbage = store.garbage();
    for (Path path : garbage) {
      if (!dry) {
        StoredRuns.delete(path);
      }
      out().println((dry ? "would remove " : "removed ") + path);
    }
    out().println(garbage.size() + " of them");
    out().flush();
  }

  @Command(
      name = "export",
      description = "Writes runs or their points as CSV, JSON lines or Parquet.")
  void export(
      @Option(names = "--points", description = "a line a metric point instead of a line a run")
          boolean points,
      @Option(names = "--format", defaultValue = "csv", description = "csv, jsonl or parquet")
          Format format,
      @Option(names = "--out", paramLabel = "<file>", description = "default: standard output")
          Path file,
      @Option(names = "--plan", paramLabel = "<hash>", description = "only of this plan")
          String plan)
      throws IOException {
    try (RunIndex index = index()) {
      if (format == Format.PARQUET) {
        parquet(index, points, plan, file);
      } else if (file == null) {
        out().flush();
        write(index, points, plan, format, new BufferedOutputStream(System.out, 1 << 16));
      } else {
        try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
          write(index, points, plan, format, to);
        }
      }
    }
  }

  private enum Format {
    CSV,
    JSONL,
    PARQUET
  }

  private static List<RunRow> rows(RunIndex index, String plan) throws IOException {
    return plan == null ? index.all() : index.find(plan);
  }

  private static List<RunName> names(RunIndex index, String plan) throws IOException {
    return plan == null ? index.names() : index.find(plan).stream().map(RunRow::key).toList();
  }

  private void parquet(RunIndex index, boolean points, String plan, Path file) throws IOException {
    if (file == null) {
      throw new ParameterException(
          spec.commandLine(), "Parquet cannot be written to standard output; name a file: --out");
    }
    if (points) {
      RunParquet.points(Home.runs(), names(index, plan), file);
    } else {
      RunParquet.runs(rows(index, plan), file);
    }
  }

  private static void write(
      RunIndex index, boolean points, String plan, Format format, OutputStream to)
      throws IOException {
    var text = format == Format.CSV ? RunExport.Format.CSV : RunExport.Format.JSONL;
    if (points) {
      RunExport.points(Home.runs(), names(index, plan), text, to);
    } else {
      RunExport.runs(rows(index, plan), text, to);
    }
    to.flush();
  }

  @Command(name = "reindex", description = "Makes the index again from the runs' directories.")
  void reindex() throws IOException {
    try (RunIndex index = RunIndex.of(Home.runs(), this::warn)) {
      out().println(index.rebuild() + " runs in " + Home.runs());
    }
    out().flush();
  }

  @Command(
      name = "import",
      description =
          "Puts other people's runs into the store, from CSV or JSON lines as W&B and MLflow export"
              + " them; a bad row is told with its line and left out.")
  void importRuns(
      @Parameters(paramLabel = "<file>", description = ".csv or .jsonl") Path file,
      @Option(
              names = "--loss",
              paramLabel = "<column>",
              defaultValue = "",
              description = "its loss")
          String loss,
      @Option(names = "--out", paramLabel = "<file>", description = "the rows kept, as CSV, too")
          Path csv)
      throws IOException {
    ImportedRuns runs = ImportedRuns.read(file);
    runs.bad().forEach(bad -> warn(file + ": " + bad));
    if (runs.frame().rowCount() == 0) {
      throw new RunFailure("no row of " + file + " can be read");
    }
    if (csv != null) {
      runs.frame().write().csv(csv.toFile());
    }
    RunImport.Kept kept = RunImport.keep(Home.runs(), file, runs, loss);
    try (RunIndex index = index()) {
      index.rescan(Home.runs().resolve(kept.plan()));
    }
    out().println(runs.frame().structure());
    out()
        .println(
            kept.runs()
                + " rows kept as "
                + kept.plan()
                + "/<run>, "
                + runs.bad().size()
                + " left out; loss: "
                + (kept.loss().isEmpty()
                    ? "none of the columns, name it with --loss"
                    : kept.loss()));
    out().flush();
  }

  @Command(
      name = "chart",
      description = "Draws the training loss of a run, also of one that goes on.")
  void chart(
      @Parameters(paramLabel = "<run>") String name,
      @Option(
              names = "--out",
              paramLabel = "<file>",
              description = ".svg or .png; default: loss.svg in the run's directory")
          Path file)
      throws IOException {
    out().println(RunChart.draw(new StoredRuns(Home.runs()).one(name), file));
    out().flush();
  }

  @Command(
      name = "crate",
      description =
          "Writes a run as an RO-Crate folder; a reviewer checks it with ./reprise verify <folder>.")
  void crate(
      @Parameters(paramLabel = "<run>") String name,
      @Option(names = "--out", required = true, paramLabel = "<folder>") Path folder,
      @Option(
              names = "--license",
              paramLabel = "<address>",
              defaultValue = "",
              description =
                  "under which you give it on, such as https://spdx.org/licenses/CC-BY-4.0")
          String licence)
      throws IOException {
    out().println(RunCrate.write(new StoredRuns(Home.runs()).one(name), folder, licence));
    out().flush();
  }
}
