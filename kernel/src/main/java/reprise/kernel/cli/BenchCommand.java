package reprise.kernel.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import reprise.kernel.analysis.FitBench;
import reprise.tensor.bench.GptBench;

/** {@code ./reprise bench}: the programs that measure speed; each passes its options on. */
@Command(
    name = "bench",
    description = "Measures speed on this machine.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "<what>")
final class BenchCommand implements Runnable {
  @CommandLine.Spec private CommandSpec spec;

  /** The options of a benchmark are its own, so they are handed over unread. */
  static void passOptionsOn(CommandLine bench) {
    bench
        .getSubcommands()
        .values()
        .forEach(benchmark -> benchmark.setUnmatchedOptionsArePositionalParams(true));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to measure: gpt, fit or kernel");
  }

  @Command(
      name = "gpt",
      description =
          "Training steps of a GPT: --d 128 --layers 4 --heads 4 --ctx 128 --batch 16 --vocab 256"
              + " --steps 30 --warm 10 --threads 1 [--small] [--json]")
  void gpt(@Parameters(arity = "0..*", paramLabel = "<option>") String... options) {
    GptBench.main(options == null ? new String[0] : options);
  }

  @Command(name = "fit", description = "4500 starts and 4000 bootstraps of the Chinchilla law.")
  void fit() {
    FitBench.main(new String[0]);
  }

  @Command(
      name = "kernel",
      description =
          "The Jupyter kernel; name the folder of an installed one to measure its start-up cache.")
  void kernel(@Parameters(arity = "0..1", paramLabel = "<folder>") String... folder)
      throws Exception {
    reprise.kernel.jupyter.Bench.main(folder == null ? new String[0] : folder);
  }
}
