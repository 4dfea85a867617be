package reprise.kernel.jupyter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Start, end, and what stays. */
@Tag("kernel")
@Timeout(180)
class LifeTest {
  @TempDir private Path folder;

  private static JsonObject json(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }

  @Test
  void historyOutlivesTheKernelAndShutdownEndsIt() throws Exception {
    try (var kernel = new KernelProcess(folder)) {
      kernel.execute("int first = 1;");
      kernel.execute("first + 1");
      var reply =
          kernel.watched(() ->
              kernel.client.askControl(
                  "shutdown_request", json("{\"restart\": true}"), KernelProcess.PATIENCE));
      assertThat(reply.content().toString()).isEqualTo("{\"status\":\"ok\",\"restart\":true}");
      assertThat(kernel.exitsWithin(Duration.ofSeconds(10))).isTrue();
      assertThat(kernel.process.exitValue()).isZero();
    }
    try (var kernel = new KernelProcess(folder)) {
      kernel.execute("int second = 2;");
      var tail =
          kernel.ask(
              "history_request",
              json("{\"hist_access_type\": \"tail\", \"n\": 2, \"output\": true}"));
      assertThat(tail.content().get("history").toString())
          .isEqualTo("[[1,2,[\"first + 1\",\"2\"]],[2,1,[\"int second = 2;\",null]]]");
      var search =
          kernel.ask(
              "history_request",
              json("{\"hist_access_type\": \"search\", \"pattern\": \"int *\", \"unique\": true}"));
      assertThat(search.content().get("history").toString())
          .isEqualTo("[[1,1,\"int first = 1;\"],[2,1,\"int second = 2;\"]]");
      var range =
          kernel.ask(
              "history_request",
              json(
                  "{\"hist_access_type\": \"range\", \"session\": -1, \"start\": 2, \"stop\": 3}"));
      assertThat(range.content().get("history").toString()).isEqualTo("[[1,2,\"first + 1\"]]");
    }
  }

  @Test
  void shutdownWhileACellLoops() throws Exception {
    try (var kernel = new KernelProcess(folder)) {
      kernel.execute("1");
      kernel.client.sendShell("execute_request", Client.code("while (true) {}"));
      Thread.sleep(500);
      kernel.client.askControl("kernel_info_request", new JsonObject(), KernelProcess.PATIENCE);
      kernel.client.askControl(
          "shutdown_request", json("{\"restart\": false}"), KernelProcess.PATIENCE);
      assertThat(kernel.exitsWithin(Duration.ofSeconds(10))).isTrue();
    }
  }

  @Test
  void theUnixTransportWorks() throws Exception {
    var tcp = Client.freePorts("k");
    var ipc =
        new ConnectionFile(
            "ipc", folder.resolve("s").toString(), 1, 2, 3, 4, 5, tcp.scheme(), tcp.key());
    var file = folder.resolve("ipc.json");
    ipc.write(file);
    assertThat(ConnectionFile.read(file)).isEqualTo(ipc);
    try (var kernel = new Kernel(ipc, folder.resolve("history.jsonl"), false);
        var channel =
            java.nio.channels.SocketChannel.open(
                java.net.UnixDomainSocketAddress.of(folder.resolve("s-5")))) {
      // The greeting of ZMTP 3: a signature of ten bytes, then the version.
      var greeting = java.nio.ByteBuffer.allocate(10);
      while (greeting.hasRemaining() && channel.read(greeting) >= 0) {
        Thread.onSpinWait();
      }
      assertThat(greeting.get(0)).isEqualTo((byte) 0xFF);
      assertThat(greeting.get(9)).isEqualTo((byte) 0x7F);
      assertThat(kernel).isNotNull();
    }
  }

  @Test
  void unusableConnectionFilesAreExplained() throws Exception {
    assertThatThrownBy(() -> ConnectionFile.read(folder.resolve("none.json")))
        .hasMessageStartingWith("The connection file " + folder.resolve("none.json") + " cannot be")
        .hasMessageContaining("check its path and that this user may read it");
    var text = Files.writeString(folder.resolve("text.json"), "[1]");
    close(text);
    assertThatThrownBy(() -> ConnectionFile.read(text))
        .hasMessageStartingWith(text + " is not a connection file of Jupyter");
    assertThatThrownBy(() -> ConnectionFile.of(json("{\"transport\": \"carrier pigeon\"}")))
        .hasMessage(
            "The connection file asks for the transport 'carrier pigeon'; this kernel knows tcp"
                + " and ipc.");
    assertThatThrownBy(() -> ConnectionFile.of(json("{\"ip\": \"x\", \"shell_port\": \"y\"}")))
        .hasMessageContaining("'shell_port' in the connection file is '\"y\"', not a number");
  }

  private static void close(Path file) throws java.io.IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void aConnectionFileThatOthersCanReadIsRefused() throws Exception {
    var connection = Client.freePorts("k");
    var file = folder.resolve("open.json");
    connection.write(file);
    assertThat(ConnectionFile.read(file, Map.of())).isEqualTo(connection);
    for (var mode : List.of("rw-r--r--", "rw--w----", "rw-----w-")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      assertThatThrownBy(() -> ConnectionFile.read(file, Map.of()))
          .isInstanceOf(ConnectionFile.Unusable.class)
          .hasMessageStartingWith(
              file
                  + " has the key to this kernel and is open to other users of this machine ("
                  + mode
                  + ")")
          .hasMessageContaining("Close the file with 'chmod 600 " + file + "'")
          .hasMessageContaining("set REPRISE_KERNEL_OPEN_CONNECTION=allow");
    }
    assertThat(ConnectionFile.read(file, Map.of("REPRISE_KERNEL_OPEN_CONNECTION", "allow")))
        .isEqualTo(connection);
    assertThat(KernelMain.run(file)).as("the exit status").isEqualTo(1);
  }

  @Test
  void aPortThatIsTakenIsExplained() throws Exception {
    var connection = Client.freePorts("k");
    try (var first = new Kernel(connection, folder.resolve("h"), false)) {
      assertThatThrownBy(() -> new Kernel(connection, folder.resolve("h"), false))
          .isInstanceOf(ConnectionFile.Unusable.class)
          .hasMessageContaining("The kernel cannot listen on tcp://127.0.0.1:" + connection.shell())
          .hasMessageContaining("another program may hold that port");
      assertThat(first).isNotNull();
    }
  }
}
