package reprise.kernel.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import reprise.dsl.plan.Task;
import reprise.dsl.result.LossCurve;
import reprise.dsl.result.RunOutcome;
import reprise.kernel.data.Sha256;

/**
 * A run that goes on, with the claim on its directory. A directory that cannot be written never
 * stops the run: it is said once, and the run goes on unkept.
 */
public final class OpenRun implements AutoCloseable {
  static final String RECORD = "run.json";
  static final String METRICS = "metrics.jsonl";
  static final String CHECKPOINT = "checkpoint.safetensors";
  static final String DONE = "DONE";
  static final String FAILED = "FAILED";

  private static final Gson JSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create();

  private final Path folder;
  private final Computed computed;
  private final Consumer<String> warn;
  private final Optional<Resume> resume;
  private final JsonObject record;
  private final RunIndex index;
  private final long start = System.nanoTime();
  private MetricLog metrics; // null where the folder cannot be written
  private int step;

  private OpenRun(
      Path folder,
      Computed computed,
      Consumer<String> warn,
      MetricLog metrics,
      Optional<Resume> resume,
      JsonObject record,
      RunIndex index) {
    this.folder = folder;
    this.computed = computed;
    this.warn = warn;
    this.metrics = metrics;
    this.resume = resume;
    this.record = record;
    this.index = index;
    this.step = resume.map(Resume::step).orElse(0);
  }

  /** A run of which nothing is kept, because its folder cannot be written. */
  static OpenRun unkept(Path folder, Computed computed, Consumer<String> warn) {
    return new OpenRun(
        folder, computed, warn, null, Optional.empty(), new JsonObject(), RunIndex.none());
  }

  /** Begins or goes on with a run whose claim is ours. */
  static OpenRun begin(
      Path folder,
      Task task,
      Computed computed,
      Consumer<String> warn,
      MetricLog metrics,
      JsonObject about,
      RunIndex index)
      throws IOException {
    Optional<Resume> resume = checkpoint(folder, computed, warn);
    metrics.keepUpTo(resume.map(Resume::step).orElse(0));
    if (resume.isEmpty()) {
      Files.deleteIfExists(folder.resolve(CHECKPOINT));
    }
    Files.deleteIfExists(folder.resolve(FAILED));
    JsonObject record = RunJson.task(task);
    about.asMap().forEach(record::add);
    computed.addTo(record);
    record.addProperty("status", "begun");
    Instant now = Instant.now();
    record.addProperty("started", now.toString());
    JsonArray resumed = new JsonArray();
    resume.ifPresent(from -> goOn(folder, from, now, record, resumed));
    record.add("resumed", resumed);
    WholeFile.write(folder.resolve(RECORD), JSON.toJson(record));
    index.put(record);
    return new OpenRun(folder, computed, warn, metrics, resume, record, index);
  }

  // the first start stays, and every later one is listed with its step
  private static void goOn(
      Path folder, Resume from, Instant now, JsonObject record, JsonArray resumed) {
    try {
      JsonObject before =
          JsonParser.parseString(Files.readString(folder.resolve(RECORD))).getAsJsonObject();
      record.add("started", before.get("started"));
      if (before.get("resumed") instanceof JsonArray earlier) {
        resumed.addAll(earlier);
      }
    } catch (IOException | JsonParseException | IllegalStateException damaged) {
      record.addProperty("started", now.toString());
    }
    JsonObject here = new JsonObject();
    here.addProperty("step", from.step());
    here.addProperty("at", now.toString());
    resumed.add(here);
  }

  private static Optional<Resume> checkpoint(
      Path folder, Computed computed, Consumer<String> warn) {
    Path file = folder.resolve(CHECKPOINT);
    try {
      return CheckpointFile.read(file, computed);
    } catch (IOException damaged) {
      warn.accept(
          "the checkpoint "
              + file
              + " is damaged, so the run begins again: "
              + damaged.getMessage());
      return Optional.empty();
    }
  }

  /** Where the run goes on; empty for one that begins. */
  public Optional<Resume> resume() {
    return resume;
  }

  /** Steps were done, of which the last had that loss; NaN where there is none. */
  public synchronized void progress(int steps, double loss) {
    step += steps;
    if (metrics != null && !Double.isNaN(loss)) {
      attempt(() -> metrics.point(step, loss, seconds()));
    }
  }

  /** Hands the points so far to the system. */
  public synchronized void flush() {
    if (metrics != null) {
      attempt(metrics::flush);
    }
  }

  /** Keeps where the run stands, in place of what was kept before. */
  public synchronized void keep(Resume now) {
    if (metrics != null) {
      attempt(() -> {
        metrics.flush();
        CheckpointFile.write(folder.resolve(CHECKPOINT), now, computed);
      });
    }
  }

  /** The run ended: its record is completed, then marked. */
  public synchronized void end(RunOutcome outcome) {
    if (metrics == null) {
      return;
    }
    attempt(() -> {
      record.addProperty("ended", Instant.now().toString());
      peakMemory().ifPresent(bytes -> record.addProperty("peakMemoryBytes", bytes));
      String mark = FAILED;
      String digest = "";
      switch (outcome) {
        case RunOutcome.Finished<?> finished -> {
          if (metrics.isEmpty()) {
            points(finished.curve());
          }
          record.addProperty("status", "done");
          RunJson.of(finished).asMap().forEach(record::add);
          mark = DONE;
          digest = finished.digest();
        }
        case RunOutcome.Stopped early -> {
          record.addProperty("status", "stopped");
          RunJson.stopped(early).asMap().forEach(record::add);
          mark = DONE;
          digest = early.run().digest();
        }
        case RunOutcome.Failed failed -> {
          record.addProperty("status", "failed");
          record.addProperty("failed", failed.reason());
          record.addProperty("step", step);
          record.addProperty("seconds", seconds());
        }
      }
      metrics.flush();
      String text = JSON.toJson(record);
      WholeFile.write(folder.resolve(RECORD), text);
      WholeFile.write(
          folder.resolve(mark), digest + "\n" + Sha256.hex(text.getBytes(UTF_8)) + "\n");
      Files.deleteIfExists(folder.resolve(CHECKPOINT));
      index.put(record);
    });
  }

  private void points(LossCurve curve) throws IOException {
    int[] steps = curve.steps();
    double[] losses = curve.losses();
    for (int i = 0; i < steps.length; i++) {
      metrics.point(steps[i], losses[i], seconds());
    }
  }

  private double seconds() {
    return (System.nanoTime() - start) / 1e9 + resume.map(Resume::seconds).orElse(0.0);
  }

  /** Something that can fail for want of space or right. */
  private interface Writing {
    void write() throws IOException;
  }

  private void attempt(Writing writing) {
    try {
      writing.write();
    } catch (IOException failure) {
      warn.accept(cannotKeep(folder, failure));
    }
  }

  static String cannotKeep(Path folder, IOException failure) {
    return "runs cannot be kept in "
        + folder.getParent()
        + ": "
        + why(failure)
        + "; they go on without. Free some space or set REPRISE_HOME to a folder that can be"
        + " written";
  }

  // without the file, so that a full disk is told once and not for every run
  private static String why(IOException failure) {
    if (failure instanceof FileSystemException file) {
      return file.getReason() != null
          ? file.getReason()
          : file instanceof AccessDeniedException
              ? "access denied"
              : file.getClass().getSimpleName() + " " + file.getFile();
    }
    return String.valueOf(failure.getMessage());
  }

  // most memory that this process had at once, of all runs that went on in it; Linux only
  private static Optional<Long> peakMemory() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .map(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst();
    } catch (IOException elsewhere) {
      return Optional.empty();
    }
  }

  /** Gives the claim back. A run that has not ended can go on from its checkpoint. */
  @Override
  public synchronized void close() {
    if (metrics != null) {
      attempt(metrics::close);
      metrics = null;
    }
  }
}
