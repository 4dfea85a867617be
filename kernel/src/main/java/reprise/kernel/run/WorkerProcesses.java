package reprise.kernel.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import reprise.dsl.RunFailure;
import reprise.dsl.plan.Plan;
import reprise.kernel.shell.Cancellation;

/** Worker processes on this machine that carry out one plan, each by {@code ./reprise worker}. */
final class WorkerProcesses {
  private static final long LOOK_MILLIS = 300;

  private WorkerProcesses() {}

  /** The command of a worker, for a shell of this or another machine with the same files. */
  static List<String> command(Path planFolder, WorkOrder order) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    String root = System.getProperty("reprise.root", "");
    if (!root.isEmpty()) {
      command.add("-Dreprise.root=" + root);
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("reprise.kernel.cli.Main", "worker"));
    command.add(planFolder.toAbsolutePath().toString());
    if (!order.equals(WorkOrder.ALL)) {
      command.add("--order");
      command.add(order.write(planFolder.toAbsolutePath()).toString());
    }
    return command;
  }

  /**
   * Starts them and waits until all have ended; what they did is in the store. A worker that dies
   * leaves its runs to the others and to who comes after.
   *
   * @param order which runs, and what for
   * @param over asked now and then; ends the workers when it answers true
   * @throws RunFailure when it was stopped; the runs go on from their checkpoints next time
   */
  static void carryOut(
      Plan plan, Path folder, WorkOrder order, int count, BooleanSupplier over, Warnings warnings) {
    List<Process> workers = new CopyOnWriteArrayList<>();
    AtomicBoolean stopped = new AtomicBoolean();
    boolean ended = false; // by us
    // SIGTERM: a worker writes its checkpoints before it ends
    Runnable stop =
        () -> {
          stopped.set(true);
          workers.forEach(Process::destroy);
        };
    try (var _ = Cancellation.onStop(stop)) {
      for (int i = 1; i <= count && !stopped.get(); i++) {
        List<String> command = command(folder, order);
        command.addAll(List.of("--threads", "1"));
        workers.add(
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("worker-" + i + ".log").toFile())
                .start());
      }
      while (workers.stream().anyMatch(Process::isAlive)) {
        Thread.sleep(LOOK_MILLIS);
        if (over.getAsBoolean()) {
          ended = true;
          workers.forEach(Process::destroy);
        }
      }
    } catch (InterruptedException interrupt) {
      stopped.set(true);
      Thread.currentThread().interrupt();
    } catch (IOException failure) {
      throw new UncheckedIOException("no worker could be started", failure);
    } finally {
      workers.forEach(Process::destroy);
    }
    if (stopped.get()) {
      throw new RunFailure(
          "stopped; runs that ended are kept, and the same plan goes on with the rest");
    }
    for (int i = 0; i < workers.size() && !ended; i++) {
      if (workers.get(i).exitValue() != 0) {
        warnings.tell(
            "worker "
                + (i + 1)
                + " of "
                + plan.title()
                + " ended with status "
                + workers.get(i).exitValue()
                + "; see "
                + folder.resolve("worker-" + (i + 1) + ".log"));
      }
    }
  }
}
