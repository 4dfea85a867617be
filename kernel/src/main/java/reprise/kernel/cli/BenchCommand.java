package reprise.kernel.cli;

import java.lang.reflect.InvocationTargetException;
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

  @CommandLine.Option(
      names = "--peer",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "<folder>",
      description =
          "Every workload beside libtorch, one thread: the folder of the built peer programs, or"
              + " REPRISE_PEER names it.")
  private String peer;

  @Override
  public void run() {
    if (peer == null) {
      throw new ParameterException(
          spec.commandLine(),
          "say what to measure: gpt, gemm, mlpzoo, cnn, decode, peer, fit, store or kernel");
    }
    start("PeerBench", "--peer", peer);
  }

  /** Runs a program of {@code reprise.tensor.bench}. */
  private void start(String program, String... options) {
    try {
      Class<?> type = Class.forName(GptBench.class.getPackageName() + "." + program);
      type.getMethod("main", String[].class)
          .invoke(null, (Object) (options == null ? new String[0] : options));
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new ParameterException(
          spec.commandLine(), "this build has no program " + program + " to measure with", e);
    }
  }

  @Command(
      name = "gpt",
      description =
          "Training steps of a GPT: --d 128 --layers 4 --heads 4 --ctx 128 --batch 16 --vocab 256"
              + " --steps 30 --warm 10 --threads 1 [--small] [--profile] [--json]")
  void gpt(@Parameters(arity = "0..*", paramLabel = "<option>") String... options) {
    start("GptBench", options);
  }

  @Command(
      name = "gemm",
      description = "Matrix products against the measured peak: --ms 200 --only 1024 [--json]")
  void gemm(@Parameters(arity = "0..*", paramLabel = "<option>") String... options) {
    start("GemmBench", options);
  }

  @Command(name = "mlpzoo", description = "Training of many small networks.")
  void mlpzoo(@Parameters(arity = "0..*", paramLabel = "<option>") String... options) {
    start("MlpZooBench", options);
  }

  @Command(name = "cnn", description = "Training of a ResNet on images of 32 x 32.")
  void cnn(@Parameters(arity = "0..*", paramLabel = "<option>") String... options) {
    start("CnnBench", options);
  }

  @Command(name = "decode", description = "Greedy decoding with a cache of keys and values.")
  void decode(@Parameters(arity = "0..*", paramLabel = "<option>") String... options) {
    start("DecodeBench", options);
  }

  @Command(
      name = "peer",
      description =
          "Beside libtorch: --peer <folder> --threads 1 --rounds 2 [--only gpt-a] [--all]")
  void peer(@Parameters(arity = "0..*", paramLabel = "<option>") String... options) {
    start("PeerBench", options);
  }

  @Command(name = "fit", description = "4500 starts and 4000 bootstraps of the Chinchilla law.")
  void fit() {
    FitBench.main(new String[0]);
  }

  @Command(
      name = "kernel",
      description =
          "The Jupyter kernel; name the folder of an installed one to measure its start-up cache;"
              + " --peer measures ipykernel beside it.")
  void kernel(@Parameters(arity = "0..*", paramLabel = "<folder>") String... options)
      throws Exception {
    reprise.kernel.jupyter.Bench.main(options == null ? new String[0] : options);
  }

  @Command(
      name = "store",
      description =
          "The run store: overhead of a run, opening and listing, export: --runs 100000 [--json]")
  void store(
      @CommandLine.Option(names = "--runs", defaultValue = "100000", description = "of 100 points")
          int runs,
      @CommandLine.Option(names = "--json", description = "one JSON object") boolean json)
      throws java.io.IOException {
    new StoreBench(spec.commandLine().getOut(), json).measure(runs);
  }
}
