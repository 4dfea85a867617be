package reprise.kernel.jupyter;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Measures a kernel in its own process, as a front end feels it; prints figures and targets. */
public final class Bench {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int STARTS = 3;

  private final KernelSpec spec;
  private final Path folder;

  private Bench(KernelSpec spec, Path folder) {
    this.spec = spec;
    this.folder = folder;
  }

  /** An argument names an installed kernel's folder, whose start-up cache is used. */
  public static void main(String[] args) throws Exception {
    var cache = args.length == 0 ? null : Path.of(args[0]).resolve(StartupCache.FILE);
    var spec = KernelSpec.ofThisJvm();
    var folder = Files.createTempDirectory("reprise-bench");
    boolean cached = cache != null && Files.exists(cache);
    System.out.println(
        "start-up cache: " + (cached ? cache : "none (name the folder of an installed kernel)"));
    // the cache fits the installed kernel's own jars and no others
    var measured = cached ? spec.on(cache.resolveSibling(Install.LIB)).withCache(cache) : spec;
    new Bench(measured, folder).run();
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
    Files.writeString(file, connection.toJson().toString());
    var builder =
        new ProcessBuilder(spec.kernelCommand(file.toString()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("REPRISE_HOME", folder.toString());
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
    var exits = new double[STARTS];
    for (int i = 0; i < STARTS; i++) {
      try (var kernel = start()) {
        infos[i] = kernel.info();
        cells[i] = kernel.cell();
        if (i == 0) {
          print("memory after the first cell, MB", rss(kernel.process()), 200);
        }
        long exit = System.nanoTime();
        shutdown(kernel.client());
        kernel.process().waitFor(20, TimeUnit.SECONDS);
        exits[i] = millis(exit);
      }
    }
    print("start to kernel_info_reply, ms", median(infos), 300);
    print("start to first cell, ms", median(cells), 700);
    print("shutdown to exit, ms", median(exits), 400);
    try (var kernel = start()) {
      warm(kernel);
    }
  }

  private static void warm(Started kernel) throws Exception {
    var client = kernel.client();
    repeat(60, () -> client.execute("1 + 1", PATIENCE));
    print("1 + 1, ms", repeat(60, () -> client.execute("1 + 1", PATIENCE)), 25);
    var complete = at("\"text\".sub", 10);
    repeat(30, () -> client.ask("complete_request", complete, PATIENCE));
    print(
        "completion, ms", repeat(30, () -> client.ask("complete_request", complete, PATIENCE)), 35);
    var inspect = at("String.valueOf(1)", 10);
    repeat(20, () -> client.ask("inspect_request", inspect, PATIENCE));
    print("inspect, ms", repeat(20, () -> client.ask("inspect_request", inspect, PATIENCE)), 30);
    print("heartbeat, ms", repeat(100, () -> client.beat(PATIENCE)), 1);
    var lines = "for (int i = 0; i < 10_000; i++) System.out.println(i);";
    client.execute(lines, PATIENCE);
    long start = System.nanoTime();
    var printed = client.execute(lines, PATIENCE);
    print("10,000 lines, ms", millis(start), 60);
    print("10,000 lines, messages", printed.of("stream").size(), 50);
    var loop = client.sendShell("execute_request", Client.code("while (true) {}"));
    Thread.sleep(1500);
    print(
        "control reply while busy, ms",
        repeat(20, () -> client.askControl("kernel_info_request", new JsonObject(), PATIENCE)),
        5);
    start = System.nanoTime();
    client.askControl("interrupt_request", new JsonObject(), PATIENCE);
    client.awaitShell(loop, PATIENCE);
    print("interrupt of a loop, ms", millis(start), 50);
    Thread.sleep(200);
    double before = cpu(kernel.process());
    Thread.sleep(1000);
    print("CPU in the second after, %", (cpu(kernel.process()) - before) / 10, 1);
  }

  private static void shutdown(Client client) {
    var content = new JsonObject();
    content.addProperty("restart", false);
    client.askControl("shutdown_request", content, PATIENCE);
  }

  private static JsonObject at(String code, int cursor) {
    var content = new JsonObject();
    content.addProperty("code", code);
    content.addProperty("cursor_pos", cursor);
    return content;
  }

  private static double repeat(int times, Callable<?> work) throws Exception {
    var all = new double[times];
    for (int i = 0; i < times; i++) {
      long start = System.nanoTime();
      work.call();
      all[i] = millis(start);
    }
    return median(all);
  }

  private static double median(double[] values) {
    var sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
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

  private static void print(String what, double value, double target) {
    System.out.println(
        String.format(
            Locale.ROOT,
            "%-34s %9.2f   target %6.0f  %s",
            what,
            value,
            target,
            value <= target ? "ok" : "above"));
  }
}
