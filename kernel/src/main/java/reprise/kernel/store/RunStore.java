package reprise.kernel.store;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import reprise.dsl.RunFailure;
import reprise.dsl.plan.Plan;
import reprise.dsl.plan.Task;
import reprise.dsl.result.RunOutcome;
import reprise.kernel.data.Sha256;

/**
 * Keeps runs: {@code runs/<plan-hash>/<run-id>/} with {@code run.json}, written when the run begins
 * and completed when it ends, {@code metrics.jsonl}, a line a point, {@code checkpoint.safetensors}
 * while it goes on, and by atomic rename {@code DONE} or {@code FAILED}. Both hold the digest of
 * the final parameters and, on the second line, the SHA-256 of run.json. A directory with neither
 * is an unfinished run, which goes on from its checkpoint.
 *
 * <p>Several processes may work on one plan: a run belongs to the one that holds the lock of its
 * metrics.jsonl. A result of another backend or library is moved aside as {@code <run-id>~1}, never
 * written over.
 */
public final class RunStore {
  private final Path root;
  private final boolean indexed;

  /** A store in that folder, which is created when the first run begins. */
  public RunStore(Path root) {
    this(root, true);
  }

  private RunStore(Path root, boolean indexed) {
    this.root = root;
    this.indexed = indexed;
  }

  /**
   * The same store for a worker, which writes directories only: an index is not safe on the network
   * file system that many machines share.
   */
  public RunStore withoutIndex() {
    return new RunStore(root, false);
  }

  /** The folder of all runs. */
  public Path root() {
    return root;
  }

  /** The index of this store. */
  public RunIndex index(Consumer<String> warn) {
    return indexed ? RunIndex.of(root, warn) : RunIndex.none();
  }

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
      throw new RunFailure(
          "the files of run "
              + task.id()
              + " cannot be kept in "
              + folder
              + ": "
              + failure
              + "; free some space or set REPRISE_HOME to a folder that can be written",
          failure);
    }
  }

  /**
   * How that task ended before, if the same would come out: finished by the same backend and
   * library, or failed and nothing changed since.
   *
   * @param again whether a run that failed is to be tried once more
   */
  public Optional<RunOutcome> find(Plan plan, Task task, Computed computed, boolean again) {
    return ended(plan, task, computed)
        .filter(run ->
            !(run instanceof RunOutcome.Failed) || !again && failsAgain(plan, task, computed));
  }

  private boolean failsAgain(Plan plan, Task task, Computed computed) {
    return RunIndex.record(folder(plan, task)).filter(computed::wouldFailAgain).isPresent();
  }

  /** How that task ended, by the same backend and library; a failure counts, whoever it was. */
  public Optional<RunOutcome> ended(Plan plan, Task task, Computed computed) {
    Path folder = folder(plan, task);
    boolean done = Files.isRegularFile(folder.resolve(OpenRun.DONE));
    if (!done && !Files.isRegularFile(folder.resolve(OpenRun.FAILED))) {
      return Optional.empty();
    }
    try {
      String text = Files.readString(folder.resolve(OpenRun.RECORD));
      JsonObject run = JsonParser.parseString(text).getAsJsonObject();
      if (!sound(folder.resolve(done ? OpenRun.DONE : OpenRun.FAILED), text)) {
        return Optional.empty();
      }
      if (done) {
        return computed.madeBits(run) ? Optional.of(RunJson.ended(task, run)) : Optional.empty();
      }
      return Optional.of(new RunOutcome.Failed(task, run.get("failed").getAsString()));
    } catch (IOException | JsonParseException | IllegalStateException | NullPointerException bad) {
      // An unreadable record is no record: the run is done again, to the same bits.
      return Optional.empty();
    }
  }

  /**
   * Lets runs that failed be tried again by whoever comes next, once.
   *
   * @throws RunFailure when their folders cannot be written
   */
  public void forgetFailures(Plan plan) {
    for (Task task : plan.runs()) {
      Path mark = folder(plan, task).resolve(OpenRun.FAILED);
      try {
        Files.deleteIfExists(mark);
      } catch (IOException failure) {
        throw new RunFailure(mark + " cannot be taken away: " + failure, failure);
      }
    }
  }

  /** Whether a run has ended, by whatever backend. */
  public boolean isEnded(Plan plan, Task task) {
    Path folder = folder(plan, task);
    return Files.exists(folder.resolve(OpenRun.DONE))
        || Files.exists(folder.resolve(OpenRun.FAILED));
  }

  /**
   * Writes a plan for other processes.
   *
   * @return its folder
   * @throws RunFailure when it cannot be written
   */
  public Path prepare(Plan plan) {
    Path folder = root.resolve(plan.hash());
    try {
      Files.createDirectories(folder);
      describe(plan);
    } catch (IOException failure) {
      throw new RunFailure(
          "workers share a store, and " + folder + " cannot be written: " + failure, failure);
    }
    PlanFile.read(folder); // a plan that they could not read is refused here
    return folder;
  }

  private void describe(Plan plan) throws IOException {
    Path text = root.resolve(plan.hash()).resolve("plan.txt");
    if (!Files.exists(text)) {
      Optional<String> portable = PlanFile.text(plan);
      if (portable.isPresent()) {
        WholeFile.write(text.resolveSibling(PlanFile.NAME), portable.get());
      }
      WholeFile.write(text, plan.text());
    }
  }

  private static boolean sound(Path mark, String record) throws IOException {
    List<String> lines = Files.readAllLines(mark);
    return lines.size() < 2
        || lines.get(1).equals(Sha256.hex(record.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Claims a run and begins it, or goes on with it.
   *
   * @param about what is known beyond the task, such as data and paper, for the record
   * @param warn told when the folder cannot be written; the run then goes on unkept
   * @param again whether a run that failed is to be tried once more
   */
  public Claim claim(
      Plan plan,
      Task task,
      Computed computed,
      boolean again,
      JsonObject about,
      RunIndex index,
      Consumer<String> warn) {
    Path folder = folder(plan, task);
    try {
      Files.createDirectories(folder);
      describe(plan);
      Optional<MetricLog> claim = MetricLog.claim(folder.resolve(OpenRun.METRICS));
      if (claim.isEmpty()) {
        return new Claim.Theirs();
      }
      // another process may have ended it just now
      Optional<RunOutcome> ended = find(plan, task, computed, again);
      if (ended.isPresent()) {
        claim.get().close();
        return new Claim.Ended(ended.get());
      }
      if (Files.exists(folder.resolve(OpenRun.DONE))) {
        moveAside(folder, warn);
        claim.get().close();
        Files.createDirectories(folder);
        claim = MetricLog.claim(folder.resolve(OpenRun.METRICS));
        if (claim.isEmpty()) {
          return new Claim.Theirs();
        }
      }
      JsonObject record = about.deepCopy();
      record.addProperty("plan", plan.hash());
      record.addProperty("title", plan.title());
      try {
        return new Claim.Ours(
            OpenRun.begin(folder, task, computed, warn, claim.get(), record, index));
      } catch (IOException failure) {
        claim.get().close();
        throw failure;
      }
    } catch (IOException failure) {
      warn.accept(OpenRun.cannotKeep(folder, failure));
      return new Claim.Ours(OpenRun.unkept(folder, computed, warn));
    }
  }

  /** Who carries a run out. */
  public sealed interface Claim {
    /** This process: the run begins or goes on. */
    record Ours(OpenRun run) implements Claim {}

    /** Another process or plan, at this moment. */
    record Theirs() implements Claim {}

    /** Nobody any more. */
    record Ended(RunOutcome outcome) implements Claim {}
  }

  private static void moveAside(Path folder, Consumer<String> warn) throws IOException {
    int n = 1;
    while (Files.exists(aside(folder, n))) {
      n++;
    }
    Files.move(folder, aside(folder, n), StandardCopyOption.ATOMIC_MOVE);
    warn.accept(
        "an earlier result of "
            + folder
            + " by another backend or library, or a damaged one, is now "
            + aside(folder, n).getFileName());
  }

  private static Path aside(Path folder, int n) {
    return folder.resolveSibling(folder.getFileName() + "~" + n);
  }
}
