package reprise.kernel.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reprise.dsl.Engine;
import reprise.dsl.claim.Verdict;
import reprise.dsl.repro.Reproduced;
import reprise.dsl.repro.Reproduction;
import reprise.dsl.repro.Reproductions;
import reprise.kernel.data.Home;
import reprise.kernel.render.Report;
import reprise.kernel.run.LocalEngine;
import reprise.kernel.run.RecordedEngine;

/** {@code ./reprise reproduce chinchilla}. */
@Command(
    name = "reproduce",
    description = "Tests a paper's claims and prints a verdict on each, with the evidence.",
    mixinStandardHelpOptions = true)
final class ReproduceCommand implements Callable<Integer> {
  @Parameters(paramLabel = "<paper>", description = "such as chinchilla; see ./reprise papers")
  private String paper;

  @Mixin private ScaleOption scale;

  @Option(names = "--json", description = "one JSON object on standard output instead of a table")
  private boolean json;

  @Option(
      names = "--report",
      description =
          "the report in Markdown on standard output instead of a table; the HTML page, its charts"
              + " and the record are written with and without it")
  private boolean report;

  @Option(
      names = "--out",
      paramLabel = "<folder>",
      description = "where report, charts, frames and record go; default: reports in REPRISE_HOME")
  private Path out;

  @Option(
      names = "--record",
      paramLabel = "<folder>",
      description = "also writes record.json and the rows of each part there, for the claim tests")
  private Path record;

  @Option(
      names = "--from-record",
      description =
          "trains nothing: makes analyses, verdicts and charts again from the recorded rows")
  private boolean fromRecord;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    Reproduction reproduction = Reproductions.named(paper);
    PrintWriter err = spec.commandLine().getErr();
    Reproduced done = Reproductions.run(reproduction, scale.scale(), engine(reproduction, err));
    Path folder = out == null ? folder(done) : out;
    try {
      Report.write(done, folder);
    } catch (UncheckedIOException failure) {
      // The verdicts are there; only their files are not.
      err.println(
          "reprise: the report cannot be written to "
              + folder
              + ": "
              + failure
              + "; name another folder with --out");
    }
    if (record != null) {
      Record.write(done, record);
    }
    PrintWriter stdout = spec.commandLine().getOut();
    if (json) {
      stdout.println(Report.json(done));
    } else if (report) {
      stdout.print(Report.markdown(done));
      err.println("reprise: the page is " + folder.resolve("report.html").toAbsolutePath());
      err.flush();
    } else {
      print(done, folder, stdout);
    }
    stdout.flush();
    return 0;
  }

  private Engine engine(Reproduction reproduction, PrintWriter err) {
    if (fromRecord) {
      return new RecordedEngine(reproduction, scale.scale());
    }
    LocalEngine engine = new LocalEngine();
    if (!engine.backend().info().reason().isEmpty()) {
      err.println("reprise: " + engine.backend().info().reason());
      err.flush();
    }
    return engine;
  }

  private static Path folder(Reproduced done) {
    return Home.folder().resolve("reports").resolve(done.card().slug() + "-" + done.scale().word());
  }

  private static void print(Reproduced done, Path folder, PrintWriter out) {
    out.println(done.card().citation());
    out.println();
    for (Verdict verdict : done.verdicts()) {
      out.println(verdict.line());
      out.println("              " + verdict.reason());
    }
    out.println();
    out.println(done);
    out.println("report: " + folder.resolve("report.html").toAbsolutePath());
  }
}
