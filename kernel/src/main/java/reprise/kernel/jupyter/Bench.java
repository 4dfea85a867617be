package reprise.kernel.jupyter;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * Measures a kernel in its own process, as a front end feels it, and Python's in the same way: the
 * targets are those of one idle machine, the ratio holds on any. Medians; the smallest of the
 * starts.
 */
public final class Bench {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int STARTS = 3;

  private final BenchSubject subject;
  private final Path folder;
  private final Map<BenchFigure, Double> figures = new EnumMap<>(BenchFigure.class);

  private Bench(BenchSubject subject, Path folder) {
    this.subject = subject;
    this.folder = folder;
  }

  /** Arguments: the folder of an installed kernel, whose start-up cache is used; --peer. */
  public static void main(String[] args) throws Exception {
    var arguments = List.of(args);
    var installed = arguments.stream().filter(a -> !a.startsWith("--")).findFirst();
    var cache = installed.map(name -> Path.of(name).resolve(StartupCache.FILE));
    var cached = cache.filter(Files::exists);
    System.out.println(
        "start-up cache: "
            + cached.map(Path::toString).orElse("none (name the folder of an installed kernel)"));
    // the cache fits the installed kernel's own jars and no others
    var here = KernelSpec.ofThisJvm();
    var spec =
        cached.map(file -> here.on(file.resolveSibling(Install.LIB)).withCache(file)).orElse(here);
    var ours = figures(BenchSubject.reprise(spec));
    Map<BenchFigure, Double> theirs = Map.of();
    if (arguments.contains("--peer")) {
      var peer = BenchSubject.ipykernel();
      if (peer.isEmpty()) {
        System.out.println("no peer: no python3 with ipykernel (Debian: python3-ipykernel)");
      } else {
        theirs = figures(peer.get());
      }
    }
    print(ours, theirs);
  }

  private static Map<BenchFigure, Double> figures(BenchSubject subject) throws Exception {
    var bench = new Bench(subject, Files.createTempDirectory("reprise-bench"));
    bench.run();
    return bench.figures;
  }

  private record Started(Process process, Client client, double info, double cell)
      implements AutoCloseable {
    @Override
    public void close() {
      client.close();
      process.destroyForcibly();
    }
  }

  private Started start() throws IOException, ConnectionFile.Unusable {
    var connection = Client.freePorts("bench");
    var file = folder.resolve("connection.json");
    connection.write(file);
    var builder =
        new ProcessBuilder(subject.command().apply(file))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("REPRISE_HOME", folder.toString());
    builder.environment().put("IPYTHONDIR", folder.toString());
    long start = System.nanoTime();
    var process = builder.start();
    var client = new Client(connection);
    client.askFirst("kernel_info_request", new JsonObject(), PATIENCE);
    double info = millis(start);
    client.execute("1 + 1", PATIENCE);
    return new Started(process, client, info, millis(start));
  }

  private void run() throws Exception {
    var infos = new double[STARTS];
    var cells = new double[STARTS];
    var cpu = new double[STARTS];
    var exits = new double[STARTS];
    for (int i = 0; i < STARTS; i++) {
      try (var kernel = start()) {
        infos[i] = kernel.info();
        cells[i] = kernel.cell();
        cpu[i] = cpu(kernel.process());
        if (i == 0) {
          figures.put(BenchFigure.MEMORY, rss(kernel.process()));
        }
        long exit = System.nanoTime();
        shutdown(kernel.client());
        kernel.process().waitFor(20, TimeUnit.SECONDS);
        exits[i] = millis(exit);
      }
    }
    figures.put(BenchFigure.INFO, min(infos));
    figures.put(BenchFigure.FIRST_CELL, min(cells));
    figures.put(BenchFigure.FIRST_CELL_CPU, min(cpu));
    figures.put(BenchFigure.EXIT, min(exits));
    try (var kernel = start()) {
      warm(kernel);
    }
  }

  private void warm(Started kernel) throws Exception {
    var client = kernel.client();
    measure(BenchFigure.ONE_PLUS_ONE, 60, () -> client.execute("1 + 1", PATIENCE));
    var complete = at(subject.complete());
    measure(BenchFigure.COMPLETE, 30, () -> client.ask("complete_request", complete, PATIENCE));
    var inspect = at(subject.inspect());
    measure(BenchFigure.INSPECT, 20, () -> client.ask("inspect_request", inspect, PATIENCE));
    measure(BenchFigure.HEARTBEAT, 100, () -> client.beat(PATIENCE));
    client.execute(subject.lines(), PATIENCE);
    long start = System.nanoTime();
    var printed = client.execute(subject.lines(), PATIENCE);
    figures.put(BenchFigure.LINES, millis(start));
    figures.put(BenchFigure.MESSAGES, (double) printed.of("stream").size());
    interrupt(kernel);
  }

  private void interrupt(Started kernel) throws Exception {
    var client = kernel.client();
    var loop = client.sendShell("execute_request", Client.code(subject.loop()));
    Thread.sleep(1500);
    measure(
        BenchFigure.CONTROL,
        20,
        () -> client.askControl("kernel_info_request", new JsonObject(), PATIENCE));
    long start = System.nanoTime();
    if (subject.signal()) {
      new ProcessBuilder("kill", "-INT", String.valueOf(kernel.process().pid())).start().waitFor();
    } else {
      client.askControl("interrupt_request", new JsonObject(), PATIENCE);
    }
    client.awaitShell(loop, PATIENCE);
    figures.put(BenchFigure.INTERRUPT, millis(start));
    Thread.sleep(200);
    double before = cpu(kernel.process());
    Thread.sleep(1000);
    figures.put(BenchFigure.CPU_AFTER, (cpu(kernel.process()) - before) / 10);
  }

  /** The median, after as many rounds to get warm. */
  private void measure(BenchFigure figure, int times, Callable<?> work) throws Exception {
    var all = new double[2 * times];
    for (int i = 0; i < all.length; i++) {
      long start = System.nanoTime();
      work.call();
      all[i] = millis(start);
    }
    var warm = Arrays.copyOfRange(all, times, all.length);
    Arrays.sort(warm);
    figures.put(figure, warm[times / 2]);
  }

  private static void shutdown(Client client) {
    var content = new JsonObject();
    content.addProperty("restart", false);
    client.askControl("shutdown_request", content, PATIENCE);
  }

  /** The cursor stands at the end. */
  private static JsonObject at(String code) {
    var content = new JsonObject();
    content.addProperty("code", code);
    content.addProperty("cursor_pos", code.length());
    return content;
  }

  private static double min(double[] values) {
    return Arrays.stream(values).min().orElseThrow();
  }

  private static double millis(long since) {
    return (System.nanoTime() - since) / 1e6;
  }

  private static double cpu(Process process) {
    return process.info().totalCpuDuration().map(Duration::toMillis).orElse(0L);
  }

  /** Resident memory where the system tells it; 0 elsewhere. */
  private static double rss(Process process) throws IOException {
    var status = Path.of("/proc", String.valueOf(process.pid()), "status");
    Optional<String> line =
        Files.exists(status)
            ? Files.readAllLines(status).stream().filter(l -> l.startsWith("VmRSS")).findFirst()
            : Optional.empty();
    return line.map(l -> Double.parseDouble(l.replaceAll("[^0-9]", "")) / 1024).orElse(0.0);
  }

  private static void print(Map<BenchFigure, Double> ours, Map<BenchFigure, Double> theirs) {
    System.out.println(
        String.format("%-34s %9s %8s", "", "reprise", "target")
            + (theirs.isEmpty() ? "" : String.format("   %9s %7s", "ipykernel", "ratio")));
    for (var figure : BenchFigure.values()) {
      double value = ours.get(figure);
      var line =
          String.format(
              Locale.ROOT,
              "%-34s %9.2f %8.0f %s",
              figure.text,
              value,
              figure.target,
              value <= figure.target ? " " : "!");
      if (theirs.containsKey(figure)) {
        double peer = theirs.get(figure);
        line +=
            String.format(Locale.ROOT, " %9.2f", peer)
                + (peer > 0 ? String.format(Locale.ROOT, " %7.2f", value / peer) : "");
      }
      System.out.println(line.stripTrailing());
    }
  }
}
