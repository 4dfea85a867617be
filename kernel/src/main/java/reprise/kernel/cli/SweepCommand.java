package reprise.kernel.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import reprise.dsl.RunFailure;
import reprise.dsl.plan.Place;
import reprise.dsl.plan.Plan;
import reprise.dsl.plan.RunOption;
import reprise.dsl.plan.Task;
import reprise.dsl.plan.Terms;
import reprise.dsl.repro.Part;
import reprise.dsl.repro.Reproduction;
import reprise.dsl.repro.Reproductions;
import reprise.dsl.unit.Flops;
import reprise.kernel.data.Home;
import reprise.kernel.run.SlurmArray;
import reprise.kernel.run.Submission;
import reprise.kernel.store.PlanFile;
import reprise.kernel.store.RunIndex;
import reprise.kernel.store.RunStore;

/** {@code ./reprise sweep}: plans as Slurm job arrays. */
@Command(
    name = "sweep",
    description = "Carries out a paper's runs on a Slurm cluster.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "<what>")
final class SweepCommand implements Runnable {
  @CommandLine.Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what: submit, status, collect or cancel");
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  @Command(
      name = "submit",
      description = "Submits every part of a paper that trains, and prints its plan and job.")
  void submit(
      @Parameters(paramLabel = "<paper>", description = "such as chinchilla") String paper,
      @Mixin ScaleOption scale,
      @Option(names = "--partition", defaultValue = "", description = "default: the cluster's")
          String partition,
      @Option(names = "--pack", defaultValue = "8", description = "runs in one task; default 8")
          int pack,
      @Option(
              names = "--minutes",
              paramLabel = "<count>",
              description = "after which workers write their checkpoints and end; the queue counts")
          Double minutes,
      @Option(
              names = "--flops",
              paramLabel = "<count>",
              description =
                  "of training in all parts together, such as 1e15; runs beyond it are left out")
          Double flops,
      @Option(names = "--again", description = "tries runs once more that failed before")
          boolean again) {
    RunStore store = new RunStore(Home.runs());
    Reproduction reproduction = Reproductions.named(paper);
    Place.Slurm place = new Place.Slurm(partition, pack);
    double work = flops == null ? Double.POSITIVE_INFINITY : new Flops(flops).count();
    int submitted = 0;
    for (Part<?> part : reproduction.parts(scale.scale())) {
      Plan plan = part.experiment().plan();
      if (plan.runs().isEmpty()) {
        continue;
      }
      List<RunOption> options = new ArrayList<>();
      options.add(Reproductions.testing(reproduction.card(), part));
      if (minutes != null) {
        options.add(new RunOption.Within(Duration.ofMillis(Math.round(60_000 * minutes))));
      }
      if (Double.isFinite(work) && work > 0) {
        options.add(new RunOption.Spending(new Flops(work)));
      }
      if (again) {
        options.add(new RunOption.Again());
      }
      Optional<Submission> made =
          work > 0
              ? Submission.of(store, plan, place, Terms.of(options.toArray(RunOption[]::new)))
              : Optional.empty();
      out()
          .println(
              plan.hash()
                  + " "
                  + made.map(Submission::line)
                      .orElse("not submitted: the work left suffices for none of its runs"));
      work -= made.flatMap(Submission::work).map(Flops::count).orElse(0.0);
      submitted += made.isPresent() ? 1 : 0;
    }
    out().flush();
    if (submitted == 0) {
      throw new RunFailure(
          Double.isFinite(work)
              ? "nothing was submitted; './reprise plan " + paper + "' says what its runs take"
              : "nothing was submitted: " + paper + " trains nothing at this scale");
    }
  }

  @Command(name = "status", description = "How far a submitted plan is.")
  void status(@Parameters(paramLabel = "<plan>", description = "begin of its hash") String hash)
      throws IOException {
    Path folder = folder(hash);
    SlurmArray array = new SlurmArray(folder);
    out()
        .println(
            ended(folder)
                + (array.job().isEmpty()
                    ? ""
                    : array.isAlive()
                        ? "; job " + array.job().get() + " goes on"
                        : "; job " + array.job().get() + " has ended"));
    out().flush();
  }

  @Command(
      name = "collect",
      description = "Reads what the workers wrote into the index; run the paper to get verdicts.")
  void collect(@Parameters(paramLabel = "<plan>", description = "begin of its hash") String hash)
      throws IOException {
    Path folder = folder(hash);
    try (RunIndex index =
        RunIndex.of(Home.runs(), text -> spec.commandLine().getErr().println(text))) {
      index.rescan(folder);
    }
    out().println(ended(folder));
    out().flush();
  }

  @Command(name = "cancel", description = "Cancels the job; its runs keep their checkpoints.")
  void cancel(@Parameters(paramLabel = "<plan>", description = "begin of its hash") String hash)
      throws IOException {
    Path folder = folder(hash);
    new SlurmArray(folder).cancel();
    out().println(ended(folder));
    out().flush();
  }

  private static String ended(Path folder) {
    Plan plan = PlanFile.read(folder);
    int done = 0;
    int failed = 0;
    int begun = 0;
    for (Task task : plan.runs()) {
      Path run = folder.resolve(task.id());
      if (Files.exists(run.resolve("DONE"))) {
        done++;
      } else if (Files.exists(run.resolve("FAILED"))) {
        failed++;
      } else if (Files.exists(run.resolve("run.json"))) {
        begun++;
      }
    }
    int left = plan.runs().size() - done - failed - begun;
    return plan.title()
        + ": "
        + done
        + " done, "
        + failed
        + " failed, "
        + begun
        + " begun, "
        + left
        + " left";
  }

  private static Path folder(String hash) throws IOException {
    List<Path> found = List.of();
    if (Files.isDirectory(Home.runs())) {
      try (var all = Files.list(Home.runs())) {
        found =
            all.filter(Files::isDirectory)
                .filter(each -> each.getFileName().toString().startsWith(hash))
                .toList();
      }
    }
    if (found.size() != 1) {
      throw new RunFailure(
          (found.isEmpty() ? "no plan" : found.size() + " plans")
              + " in "
              + Home.runs()
              + " whose hash begins with '"
              + hash
              + "'; './reprise sweep submit' prints it");
    }
    return found.getFirst();
  }
}
