package reprise.kernel.store;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import reprise.dsl.RunFailure;
import reprise.dsl.plan.Plan;
import reprise.dsl.plan.Task;
import reprise.dsl.result.LossCurve;
import reprise.dsl.result.RunOutcome;

/**
 * Keeps finished runs: {@code runs/<plan-hash>/<run-id>/} with {@code run.json}, {@code
 * metrics.jsonl} and, by atomic rename, {@code DONE}. A directory without DONE is an unfinished run
 * and is written anew.
 */
public final class RunStore {
  private static final Gson JSON = new GsonBuilder().setPrettyPrinting().create();

  private final Path root;

  /** A store in that folder, which is created when the first run is kept. */
  public RunStore(Path root) {
    this.root = root;
  }

  /**
   * What computed a run; a stored run answers only for the same.
   *
   * @param backend name, instruction set and precision
   * @param libraryDigest of the native library
   */
  public record Computed(String backend, String libraryDigest) {}

  /** The folder of a run. */
  public Path folder(Plan plan, Task task) {
    return root.resolve(plan.hash()).resolve(task.id());
  }

  /**
   * The folder of a run, made if it is not there.
   *
   * @throws RunFailure when it cannot be made
   */
  public Path made(Plan plan, Task task) {
    Path folder = folder(plan, task);
    try {
      return Files.createDirectories(folder);
    } catch (IOException failure) {
      throw cannotKeep(task, folder, failure);
    }
  }

  /** The finished run of that task, if it is there and was computed by the same. */
  public <T extends Task> Optional<RunOutcome.Finished<T>> find(
      Plan plan, T task, Computed computed) {
    Path folder = folder(plan, task);
    if (!Files.isRegularFile(folder.resolve("DONE"))) {
      return Optional.empty();
    }
    try {
      JsonObject run =
          JsonParser.parseString(Files.readString(folder.resolve("run.json"))).getAsJsonObject();
      if (!run.get("backend").getAsString().equals(computed.backend())
          || !run.get("libraryDigest").getAsString().equals(computed.libraryDigest())) {
        return Optional.empty();
      }
      return Optional.of(RunJson.finished(task, run));
    } catch (IOException | JsonParseException | IllegalStateException | NullPointerException bad) {
      // An unreadable record is no record: the run is done again and its folder written anew.
      return Optional.empty();
    }
  }

  /**
   * Keeps a finished run.
   *
   * @throws RunFailure when the folder cannot be written; runs kept before stay, this one is done
   *     again
   */
  public void keep(Plan plan, RunOutcome.Finished<?> run, Computed computed) {
    Path folder = folder(plan, run.task());
    try {
      Files.createDirectories(folder);
      Files.deleteIfExists(folder.resolve("DONE"));
      Path planFile = folder.getParent().resolve("plan.txt");
      if (!Files.exists(planFile)) {
        write(planFile, plan.text());
      }
      write(folder.resolve("metrics.jsonl"), metrics(run.curve()));
      write(folder.resolve("run.json"), JSON.toJson(record(plan, run, computed)));
      write(folder.resolve("DONE"), run.digest() + "\n");
    } catch (IOException failure) {
      throw cannotKeep(run.task(), folder, failure);
    }
  }

  private static RunFailure cannotKeep(Task task, Path folder, IOException failure) {
    return new RunFailure(
        "the run "
            + task.id()
            + " cannot be kept in "
            + folder
            + ": "
            + failure
            + "; free some space or set REPRISE_HOME to a folder that can be written",
        failure);
  }

  private static JsonObject record(Plan plan, RunOutcome.Finished<?> run, Computed computed) {
    JsonObject json = RunJson.of(run);
    json.addProperty("plan", plan.hash());
    json.addProperty("title", plan.title());
    json.addProperty("backend", computed.backend());
    json.addProperty("libraryDigest", computed.libraryDigest());
    return json;
  }

  private static String metrics(LossCurve curve) {
    StringBuilder out = new StringBuilder();
    int[] steps = curve.steps();
    double[] losses = curve.losses();
    for (int i = 0; i < steps.length; i++) {
      JsonObject point = new JsonObject();
      point.addProperty("step", steps[i]);
      point.addProperty("loss", losses[i]);
      out.append(point).append('\n');
    }
    return out.toString();
  }

  // whole or not at all: written beside, forced to disk, renamed
  private static void write(Path target, String text) throws IOException {
    Path part = Files.createTempFile(target.getParent(), target.getFileName().toString(), ".part");
    try {
      Files.writeString(part, text);
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
