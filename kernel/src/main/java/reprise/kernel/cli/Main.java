package reprise.kernel.cli;

import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import reprise.dsl.RunFailure;
import reprise.kernel.jupyter.KernelCommand;
import reprise.kernel.jupyter.NotebookCommand;

/** The entry point of the command line. */
@Command(
    name = "reprise",
    description = "Plays a paper again: a claim goes in, a verdict with its evidence comes out.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "<command>",
    subcommands = {
      ReproduceCommand.class,
      PlanCommand.class,
      PapersCommand.class,
      SiteCommand.class,
      FitCommand.class,
      NewPaperCommand.class,
      RunCommand.class,
      RunsCommand.class,
      VerifyCommand.class,
      SweepCommand.class,
      WorkerCommand.class,
      DoctorCommand.class,
      BenchCommand.class,
      NotebookCommand.class,
      KernelCommand.class,
    },
    footer = {
      "",
      "Handled by the launcher: jshell, test, format, setup, --print-java-home,"
          + " --print-class-path.",
      "REPRISE_DATA names a folder of data sets, REPRISE_HOME where runs and caches are kept,",
      "REPRISE_CHECKPOINT_SECONDS how often a run in progress is kept (10)."
    })
public final class Main implements Runnable {
  /** What was asked for could not be done; the message says why. */
  static final int FAILED = 1;

  /** A mistake of ours, not of the user. */
  static final int BUG = 70;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** Runs the command line and exits with its status. */
  public static void main(String... args) {
    System.exit(commandLine().execute(args));
  }

  /** The command line, for tests and for embedding. */
  public static CommandLine commandLine() {
    CommandLine line =
        new CommandLine(new Main())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(
                (exception, command, parsed) -> failure(exception, command.getErr()));
    BenchCommand.passOptionsOn(line.getSubcommands().get("bench"));
    return line;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do");
  }

  private static int failure(Exception exception, PrintWriter err) {
    if (exception instanceof RunFailure || exception instanceof IllegalArgumentException) {
      err.println("reprise: " + exception.getMessage());
      err.flush();
      return FAILED;
    }
    if (exception instanceof IOException) {
      err.println("reprise: " + exception);
      err.flush();
      return FAILED;
    }
    err.println("reprise: this is a mistake in Reprise; please report it with these lines:");
    exception.printStackTrace(err);
    err.flush();
    return BUG;
  }
}
