package reprise.kernel.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import reprise.dsl.RunFailure;
import reprise.dsl.plan.Plan;
import reprise.dsl.plan.Task;
import reprise.dsl.result.RunOutcome;
import reprise.kernel.run.LocalEngine;
import reprise.kernel.run.WorkOrder;
import reprise.kernel.store.PlanFile;
import reprise.kernel.store.RunStore;
import reprise.tensor.Backends;

/**
 * {@code ./reprise worker <plan folder>}: what a local pool, a Slurm array or an indexed job of
 * Kubernetes runs. Idempotent: a run that ended is left alone, one that another worker holds is
 * waited for, one that was killed goes on from its checkpoint. Writes nothing but the directories
 * of its runs. SIGTERM makes it write its checkpoints and end.
 */
@Command(
    name = "worker",
    description =
        "Carries out the runs of a plan in the store, all of them or a slice; several workers may"
            + " share one plan. Exit status 0: all its runs ended and are kept; on SIGTERM it writes its"
            + " checkpoints first.",
    mixinStandardHelpOptions = true)
final class WorkerCommand implements Callable<Integer> {
  @Parameters(paramLabel = "<plan>", description = "folder of the plan, with its plan.json")
  private Path folder;

  @Option(
      names = "--slice",
      paramLabel = "<i/n>",
      description = "the i-th of n slices, from 0; default: all runs")
  private String slice = "0/1";

  @Option(
      names = "--order",
      paramLabel = "<file>",
      description = "which runs of the plan, and what for; written by who starts workers")
  private Path order;

  @Option(names = "--threads", description = "runs at the same time; default: all cores")
  private int threads = Runtime.getRuntime().availableProcessors();

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    Plan plan = PlanFile.read(folder);
    WorkOrder work = order == null ? WorkOrder.ALL : WorkOrder.read(order);
    List<Task> tasks = slice(work.of(plan));
    var out = spec.commandLine().getOut();
    if (work.isOver()) {
      out.println("nothing begun: the time was over at " + work.until().orElseThrow());
      out.flush();
      return 0;
    }
    RunStore store = new RunStore(folder.toAbsolutePath().normalize().getParent()).withoutIndex();
    List<RunOutcome> outcomes =
        new LocalEngine(Backends.best(), store, threads).work(plan, tasks, work.terms());
    long ended = tasks.stream().filter(task -> store.isEnded(plan, task)).count();
    long failed = outcomes.stream().filter(RunOutcome.Failed.class::isInstance).count();
    long lost = tasks.size() - ended;
    if (work.isOver() && lost > 0) {
      out.println(ended + " runs ended; the time was over with " + lost + " still to do");
      out.flush();
      return 0;
    }
    out.println(outcomes.size() + " runs ended, " + failed + " of them failed");
    out.flush();
    if (lost > 0) {
      throw new RunFailure(
          lost + " runs ended and could not be kept in " + folder + "; start the worker again");
    }
    return 0;
  }

  // every n-th run, so that large and small ones are shared out alike
  private List<Task> slice(List<Task> runs) {
    if (!slice.matches("[0-9]{1,9}/[1-9][0-9]{0,8}")) {
      throw refused();
    }
    int at = slice.indexOf('/');
    int first = Integer.parseInt(slice.substring(0, at));
    int of = Integer.parseInt(slice.substring(at + 1));
    if (first >= of) {
      throw refused();
    }
    return IntStream.range(0, runs.size())
        .filter(i -> i % of == first)
        .<Task>mapToObj(runs::get)
        .toList();
  }

  private ParameterException refused() {
    return new ParameterException(
        spec.commandLine(), "expected --slice i/n with i from 0 to n-1, got " + slice);
  }
}
