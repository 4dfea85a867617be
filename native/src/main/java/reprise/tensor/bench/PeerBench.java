package reprise.tensor.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ours beside libtorch, in turn within one run: {@code --peer <folder>} of the built peer programs
 * (or the environment variable {@code REPRISE_PEER}), {@code --threads 1}, {@code --rounds 2},
 * {@code --only gpt-a}, {@code --all} for GPT-2 of 124 M parameters too. One thread is compared by
 * CPU time, more by the median of wall time. Each workload is a program of its own in a JVM of its
 * own; libtorch runs with OPENBLAS_CORETYPE and OPENBLAS_L2_SIZE unset and, with several threads,
 * passive waits, which is where it is fastest.
 */
public final class PeerBench {
  /** One workload: our program and theirs with the same arguments. */
  record Workload(
      String name, String ours, String theirs, String arguments, String unit, boolean large) {}

  private static final String GPT_A = "--d 128 --layers 4 --heads 4 --ctx 128 --vocab 256";
  private static final String GPT_B = "--d 256 --layers 6 --heads 8 --ctx 256 --vocab 4096";
  private static final String GPT_2 =
      "--d 768 --layers 12 --heads 12 --vocab 50257 --batch 4 --warm 1";

  static final List<Workload> WORKLOADS =
      List.of(
          train("gpt-a", GPT_A + " --batch 16 --steps 20 --warm 5", false),
          train("gpt-b", GPT_B + " --batch 8 --steps 6 --warm 2", false),
          new Workload(
              "mlpzoo", "MlpZooBench", "peer.MlpZoo", "--models 64 --steps 50", "step", false),
          new Workload("cnn", "CnnBench", "peer.Cnn", "--steps 10 --warm 3", "step", false),
          decode("decode-a1", GPT_A + " --batch 1 --steps 10 --warm 4"),
          decode("decode-a16", GPT_A + " --batch 16 --steps 6 --warm 3"),
          decode("decode-b1", GPT_B + " --batch 1 --steps 4 --warm 2"),
          decode("decode-b8", GPT_B + " --batch 8 --steps 3 --warm 2"),
          train("gpt2-t64", GPT_2 + " --ctx 64 --steps 3", true),
          train("gpt2-t256", GPT_2 + " --ctx 256 --steps 2", true));

  private PeerBench() {}

  private static Workload train(String name, String arguments, boolean large) {
    return new Workload(name, "GptBench", "peer.Gpt", arguments, "step", large);
  }

  private static Workload decode(String name, String arguments) {
    return new Workload(
        name, "DecodeBench", "peer.Gpt", "--mode decode " + arguments, "pass", false);
  }

  /** Runs what is asked and prints one line of JSON for each workload. */
  public static void main(String[] args) throws IOException, InterruptedException {
    run(args, System.out);
  }

  static void run(String[] args, PrintStream out) throws IOException, InterruptedException {
    Map<String, String> o = options(args);
    Path peer = peer(o.get("peer"));
    int threads = Integer.parseInt(o.get("threads"));
    int rounds = Integer.parseInt(o.get("rounds"));
    boolean known = false;
    for (Workload w : WORKLOADS) {
      boolean asked =
          o.get("only").isEmpty()
              ? !w.large() || o.containsKey("all")
              : w.name().equals(o.get("only"));
      if (!asked) {
        continue;
      }
      known = true;
      if (PeerBench.class.getResource(w.ours() + ".class") == null) {
        out.println(
            new BenchLine().put("workload", w.name()).put("skipped", "no " + w.ours()).json());
        continue;
      }
      List<BenchLine> ours = new ArrayList<>();
      List<BenchLine> theirs = new ArrayList<>();
      for (int r = 0; r < rounds; r++) {
        ours.add(child(ours(w, threads), Map.of(), w.name()));
        theirs.add(child(theirs(w, peer, threads), environment(threads), w.name()));
      }
      out.println(compare(w, threads, ours, theirs).json());
    }
    if (!known) {
      throw new IllegalArgumentException(
          "no workload '"
              + o.get("only")
              + "'; there are "
              + WORKLOADS.stream().map(Workload::name).toList());
    }
  }

  /** The ratios of one workload: theirs over ours, so that more is better for us. */
  static BenchLine compare(Workload w, int threads, List<BenchLine> ours, List<BenchLine> theirs) {
    String metric = threads == 1 ? "cpu_ms_" + w.unit() : "ms_" + w.unit() + "_median";
    double mine = median(ours, metric);
    double other = median(theirs, metric);
    double start = median(ours, "jvm_to_model_ms") + median(ours, "first_step_ms");
    double otherStart = median(theirs, "jvm_to_model_ms") + median(theirs, "first_step_ms");
    return new BenchLine()
        .put("workload", w.name())
        .put("threads", threads)
        .put("metric", metric)
        .put("reprise", mine)
        .put("libtorch", other)
        .put("ratio", other / mine)
        .put("best_ratio", least(theirs, metric) / least(ours, metric))
        .put("reprise_rss_mb", median(ours, "peak_rss_mb"))
        .put("libtorch_rss_mb", median(theirs, "peak_rss_mb"))
        .put("rss_share", median(ours, "peak_rss_mb") / median(theirs, "peak_rss_mb"))
        .put("reprise_start_ms", start)
        .put("libtorch_start_ms", otherStart)
        .put("start_ratio", otherStart / start);
  }

  private static double median(List<BenchLine> lines, String name) {
    double[] x = lines.stream().mapToDouble(l -> l.number(name)).sorted().toArray();
    return (x[(x.length - 1) / 2] + x[x.length / 2]) / 2;
  }

  private static double least(List<BenchLine> lines, String name) {
    return lines.stream().mapToDouble(l -> l.number(name)).min().orElse(Double.NaN);
  }

  private static List<String> java(String classPath, String main, String arguments, int threads) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp", classPath, main));
    command.addAll(Arrays.asList(arguments.split(" ")));
    command.addAll(List.of("--threads", Integer.toString(threads)));
    return command;
  }

  static List<String> ours(Workload w, int threads) {
    String own = w.arguments().replace("--mode decode ", "");
    List<String> command =
        java(
            System.getProperty("java.class.path"),
            PeerBench.class.getPackageName() + "." + w.ours(),
            own,
            threads);
    command.add("--json");
    return command;
  }

  static List<String> theirs(Workload w, Path peer, int threads) {
    Path target = peer.resolve("target");
    String classPath = target.resolve("classes") + ":" + target.resolve("lib").resolve("*");
    return java(classPath, w.theirs(), w.arguments(), threads);
  }

  static Map<String, String> environment(int threads) {
    Map<String, String> e = new LinkedHashMap<>();
    e.put("OMP_NUM_THREADS", Integer.toString(threads));
    e.put("OPENBLAS_NUM_THREADS", Integer.toString(threads));
    if (threads > 1) {
      e.put("OMP_WAIT_POLICY", "passive");
    }
    return e;
  }

  private static BenchLine child(List<String> command, Map<String, String> environment, String what)
      throws IOException, InterruptedException {
    ProcessBuilder b = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    b.environment().remove("OPENBLAS_CORETYPE");
    b.environment().remove("OPENBLAS_L2_SIZE");
    b.environment().putAll(environment);
    Process p = b.start();
    String text =
        new String(p.getInputStream().readAllBytes(), java.nio.charset.Charset.defaultCharset());
    int status = p.waitFor();
    String json =
        text.lines().filter(l -> l.startsWith("{")).reduce((first, last) -> last).orElse("");
    if (status != 0 || json.isEmpty()) {
      throw new IllegalStateException(
          what + ": " + String.join(" ", command) + " ended with status " + status + ": " + text);
    }
    return BenchLine.parse(json);
  }

  private static Path peer(String given) {
    String folder = given.isEmpty() ? System.getenv().getOrDefault("REPRISE_PEER", "") : given;
    Path peer = Path.of(folder);
    if (folder.isEmpty() || !Files.exists(peer.resolve("target/classes/peer/Gpt.class"))) {
      throw new IllegalArgumentException(
          "no built peer programs in '"
              + folder
              + "': give their folder by --peer or REPRISE_PEER, after mvn package there, so that"
              + " it has target/classes/peer/Gpt.class and target/lib");
    }
    return peer;
  }

  private static Map<String, String> options(String[] args) {
    Map<String, String> o =
        new LinkedHashMap<>(Map.of("peer", "", "threads", "1", "rounds", "2", "only", ""));
    for (int i = 0; i < args.length; i++) {
      String name = args[i].startsWith("--") ? args[i].substring(2) : args[i];
      if (name.equals("all")) {
        o.put(name, "");
      } else if (o.containsKey(name) && i + 1 < args.length) {
        o.put(name, args[++i]);
      } else {
        throw new IllegalArgumentException(
            "unknown option or missing value: "
                + args[i]
                + "; options are --peer, --threads, --rounds, --only, --all");
      }
    }
    return o;
  }
}
