package reprise.kernel.jupyter;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A kernel in a process of its own; one that does not answer is shown with all its threads. */
final class KernelProcess implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(90);

  final Process process;
  final Client client;
  private final Path log;

  KernelProcess(Path folder) throws IOException, ConnectionFile.Unusable {
    this(folder, Client.freePorts("a key"));
  }

  KernelProcess(Path folder, ConnectionFile connection)
      throws IOException, ConnectionFile.Unusable {
    this(folder, connection, Map.of());
  }

  KernelProcess(Path folder, ConnectionFile connection, Map<String, String> environment)
      throws IOException, ConnectionFile.Unusable {
    this(folder, connection, environment, KernelSpec.ofThisJvm());
  }

  /** The kernel with the debugger. */
  static KernelProcess withDebugger(Path folder) throws IOException, ConnectionFile.Unusable {
    var spec = KernelSpec.ofThisJvm().withDebugger();
    return new KernelProcess(folder, Client.freePorts("a key"), Map.of(), spec);
  }

  private KernelProcess(
      Path folder, ConnectionFile connection, Map<String, String> environment, KernelSpec spec)
      throws IOException, ConnectionFile.Unusable {
    var file = folder.resolve("connection.json");
    connection.write(file);
    log = Files.createTempFile(folder, "kernel", ".log");
    var command = new ArrayList<>(spec.kernelCommand(file.toString()));
    command.add(1, "-Xmx512m");
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.directory(folder.toFile());
    builder.environment().putAll(environment);
    builder.environment().put("REPRISE_HOME", folder.toString());
    process = builder.start();
    client = new Client(connection);
  }

  Client.Answer execute(String code) {
    return watched(() -> client.execute(code, PATIENCE));
  }

  Client.Answer ask(String type, JsonObject content) {
    return watched(() -> client.ask(type, content, PATIENCE));
  }

  /** Runs what waits for the kernel; if it waits in vain the kernel's threads are in the error. */
  <T> T watched(java.util.function.Supplier<T> work) {
    try {
      return work.get();
    } catch (Client.NoAnswer e) {
      throw new AssertionError(e.getMessage() + "\n" + log() + "\n" + threads(), e);
    }
  }

  String log() {
    try {
      return Files.readString(log, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "no log: " + e;
    }
  }

  private String threads() {
    var jstack = Path.of(System.getProperty("java.home"), "bin", "jstack").toString();
    try {
      var dump =
          new ProcessBuilder(List.of(jstack, String.valueOf(process.pid())))
              .redirectErrorStream(true)
              .start();
      return new String(dump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "no thread dump: " + e;
    }
  }

  boolean exitsWithin(Duration time) throws InterruptedException {
    return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    client.close();
    process.destroyForcibly();
  }
}
