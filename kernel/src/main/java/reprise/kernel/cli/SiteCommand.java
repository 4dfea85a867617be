package reprise.kernel.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import reprise.dsl.RunFailure;
import reprise.dsl.claim.Catalogue;
import reprise.dsl.repro.Reproduced;
import reprise.dsl.repro.Reproduction;
import reprise.dsl.repro.Reproductions;
import reprise.dsl.repro.Scale;
import reprise.kernel.render.Site;
import reprise.kernel.run.Host;
import reprise.kernel.run.RecordedEngine;

/** {@code ./reprise site}. */
@Command(
    name = "site",
    description =
        "Writes all results as static pages, made again from the records: papers by family with"
            + " verdicts, figures and a search. Trains nothing.",
    mixinStandardHelpOptions = true)
final class SiteCommand implements Callable<Integer> {
  @Option(
      names = "--out",
      paramLabel = "<folder>",
      defaultValue = "site",
      description = "where the pages go; default: ${DEFAULT-VALUE}")
  private Path out;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    List<Reproduced> done = new ArrayList<>();
    for (Reproduction reproduction : Reproductions.all()) {
      try {
        done.add(
            Reproductions.run(
                reproduction, Scale.LAPTOP, new RecordedEngine(reproduction, Scale.LAPTOP)));
      } catch (RunFailure notRecorded) {
        // the other papers still have their pages
        err.println("reprise: " + reproduction.card().slug() + ": " + notRecorded.getMessage());
        err.flush();
      }
    }
    List<Path> pages = Site.write(done, Catalogue.all(), Host.version(), out);
    PrintWriter stdout = spec.commandLine().getOut();
    stdout.println(
        pages.size() + " pages; begin with " + pages.getFirst().toAbsolutePath().normalize());
    stdout.flush();
    return 0;
  }
}
