package reprise.kernel.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import reprise.dsl.RunFailure;
import reprise.dsl.plan.Place;
import reprise.dsl.plan.Plan;
import reprise.kernel.shell.Cancellation;

/**
 * A plan's runs as a Slurm job array. A task of the array is one {@code ./reprise worker} over a
 * slice of the plan; a killed task is requeued and goes on from its checkpoints. Results are read
 * from the store's directories, never from the scheduler.
 *
 * @param folder of the plan in the store; its nodes must see it under the same path
 */
public record SlurmArray(Path folder) {
  private static final String JOB = "slurm-job";
  private static final String CANCELLED = "slurm-cancelled";
  private static final long LOOK_MILLIS = 2000;

  /**
   * Submits the plan's runs.
   *
   * @param order which of them, and what for
   * @return the job's number
   * @throws RunFailure when Slurm refuses, with its message
   */
  public String submit(Plan plan, Place.Slurm place, WorkOrder order) {
    int tasks = tasks(order.of(plan).size(), place.pack(), largestArray());
    List<String> sbatch =
        new ArrayList<>(
            List.of(
                "sbatch",
                "--parsable",
                "--requeue",
                "--open-mode=append",
                // a minute before the time limit: the worker writes its checkpoints
                "--signal=B:TERM@60",
                "--job-name=reprise-" + plan.hash(),
                "--array=0-" + (tasks - 1),
                "--output=" + folder.toAbsolutePath().resolve("slurm-%A_%a.log")));
    if (!place.partition().isEmpty()) {
      sbatch.add("--partition=" + place.partition());
    }
    Path script = folder.resolve("slurm.sh");
    try {
      Files.deleteIfExists(folder.resolve(CANCELLED));
      Files.writeString(script, script(tasks, order));
      sbatch.add(script.toAbsolutePath().toString());
      String job = run(sbatch).strip().replaceAll(";.*", "");
      Files.writeString(folder.resolve(JOB), job + "\n");
      return job;
    } catch (IOException failure) {
      throw new RunFailure("the job cannot be written to " + folder + ": " + failure, failure);
    }
  }

  /** Tasks of the array: so many runs each, more where the cluster allows fewer tasks. */
  static int tasks(int runs, int pack, int largestArray) {
    return Math.min((runs + pack - 1) / pack, largestArray);
  }

  /** What a task of the array does. */
  String script(int tasks, WorkOrder order) {
    String worker =
        WorkerProcesses.command(folder, order).stream()
            .map(SlurmArray::quoted)
            .collect(Collectors.joining(" "));
    // the shell gets SIGTERM for its job; a worker killed otherwise is queued again
    return """
    #!/bin/sh
    # One slice of a plan; idempotent: runs that ended are left alone.
    # The native library and data sets are copied once to the node's own disk, by digest.
    REPRISE_NODE_LOCAL=${REPRISE_NODE_LOCAL:-${TMPDIR:-/tmp}/reprise-$(id -u)}
    mkdir -p -m 700 "$REPRISE_NODE_LOCAL"
    [ -O "$REPRISE_NODE_LOCAL" ] || REPRISE_NODE_LOCAL=$(mktemp -d)
    export REPRISE_NODE_LOCAL
    again() { [ -e %s ] || scontrol requeue "$SLURM_JOB_ID"; }
    %s --slice "$SLURM_ARRAY_TASK_ID/%d" &
    worker=$!
    trap 'kill -TERM "$worker" 2>/dev/null; wait "$worker"; again; exit 0' TERM
    wait "$worker"
    status=$?
    if [ "$status" -gt 128 ] && [ "${SLURM_RESTART_COUNT:-0}" -lt 20 ]; then
      again
    fi
    exit "$status"
    """
        .formatted(quoted(folder.toAbsolutePath().resolve(CANCELLED).toString()), worker, tasks);
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  /** The number of the job that was submitted last; empty where none was. */
  public Optional<String> job() {
    try {
      return Optional.of(Files.readString(folder.resolve(JOB)).strip());
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  /** Whether tasks of the job wait or run. */
  public boolean isAlive() {
    return !run(List.of("squeue", "-h", "-n", "reprise-" + hash(), "-o", "%i")).isBlank();
  }

  /**
   * Waits until no task of the job waits or runs.
   *
   * @param over asked now and then; cancels the job when it answers true
   */
  void await(BooleanSupplier over) {
    boolean cancelled = false;
    try (var _ = Cancellation.onStop(this::cancel)) {
      while (isAlive()) {
        Thread.sleep(LOOK_MILLIS);
        if (over.getAsBoolean() && !cancelled) {
          cancelled = true;
          cancel();
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      cancel();
      throw new RunFailure("stopped; the job is cancelled, and the same plan goes on", stopped);
    }
  }

  /** Cancels the job; its workers write their checkpoints, and no task is queued again. */
  public void cancel() {
    String job = job().orElseThrow(this::none);
    try {
      Files.writeString(folder.resolve(CANCELLED), job + "\n");
    } catch (IOException failure) {
      throw new RunFailure("the job cannot be cancelled: " + failure, failure);
    }
    run(List.of("scancel", job));
  }

  private RunFailure none() {
    return new RunFailure("no job was submitted for " + folder + "; './reprise sweep submit' does");
  }

  private String hash() {
    return folder.getFileName().toString();
  }

  // sites cap it; 1001 is Slurm's default, one more than the largest index plus one
  private static int largestArray() {
    return run(List.of("scontrol", "show", "config"))
        .lines()
        .filter(line -> line.startsWith("MaxArraySize"))
        .map(line -> Integer.parseInt(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElse(1001);
  }

  private static String run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new RunFailure(String.join(" ", command) + " failed: " + text.strip());
      }
      return text;
    } catch (IOException missing) {
      throw new RunFailure(
          "Slurm's " + command.getFirst() + " is not on this machine; submit from a login node",
          missing);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new RunFailure("stopped while " + command.getFirst() + " was asked", stopped);
    }
  }
}
