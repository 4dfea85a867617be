package reprise.kernel.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a kernel survives, and what the next one says where it did not. */
@Tag("kernel")
@Timeout(300)
class SurvivalTest {
  @TempDir private Path folder;

  private static String evalue(Client.Answer answer) {
    assertThat(answer.content().get("status").getAsString()).isEqualTo("error");
    return answer.content().get("ename").getAsString()
        + ": "
        + answer.content().get("evalue").getAsString();
  }

  private static String result(Client.Answer answer) {
    assertThat(answer.of("error")).isEmpty();
    return answer
        .of("execute_result")
        .getFirst()
        .getAsJsonObject("data")
        .get("text/plain")
        .getAsString();
  }

  @Test
  void exitsAndErrorsOfTheMachineEndTheCellOnly() throws Exception {
    try (var kernel = new KernelProcess(folder)) {
      assertThat(evalue(kernel.execute("System.exit(3)")))
          .contains("the cell called exit(3), which here ends the cell and not the kernel");
      assertThat(evalue(kernel.execute("Runtime.getRuntime().halt(4)"))).contains("exit(4)");
      assertThat(evalue(kernel.execute("int deep(int n) { return deep(n + 1) + 1; }\ndeep(0)")))
          .startsWith("java.lang.StackOverflowError");
      assertThat(
              evalue(
                  kernel.execute(
                      "void fill() { var all = new ArrayList<long[]>();"
                          + " while (true) all.add(new long[1 << 20]); }\nfill()")))
          .startsWith("java.lang.OutOfMemoryError: Java heap space");
      assertThat(evalue(kernel.execute("throw new ThreadDeath()"))).startsWith("Interrupted");
      assertThat(evalue(kernel.execute("throw new InternalError(\"mine\")")))
          .isEqualTo("java.lang.InternalError: mine");
      assertThat(result(kernel.execute("6 * 7"))).isEqualTo("42");
    }
  }

  @Test
  void aMegabyteOfCode() throws Exception {
    try (var kernel = new KernelProcess(folder)) {
      var comment = "/* " + "x".repeat(1 << 20) + " */ 1 + 2";
      assertThat(result(kernel.execute(comment))).isEqualTo("3");
      var array = "int[] many = {" + "1000, ".repeat(170_000) + "};";
      assertThat(evalue(kernel.execute(array))).contains("too large for a class of the JVM");
      assertThat(result(kernel.execute("4 + 5"))).isEqualTo("9");
    }
  }

  @Test
  void aHundredMegabytesPrintedNeedNoMemory() throws Exception {
    try (var kernel = new KernelProcess(folder)) {
      kernel.execute("var line = \"x\".repeat(1023);");
      var request =
          kernel.client.sendShell(
              "execute_request",
              Client.code("for (int i = 0; i < 100 * 1024; i++) System.out.println(line);"));
      long characters = 0;
      while (characters < 100L << 20) {
        characters +=
            kernel
                .watched(() ->
                    kernel.client.published(m -> m.type().equals("stream"), KernelProcess.PATIENCE))
                .text("text", "")
                .length();
      }
      kernel.client.awaitShell(request, KernelProcess.PATIENCE);
      assertThat(characters).isEqualTo(100L << 20);
      var used =
          kernel.execute(
              "System.gc();\n(Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory())"
                  + " >> 20");
      assertThat(Long.parseLong(result(used))).as("MB of heap in use after").isLessThan(100);
    }
  }

  @Test
  void aThousandCellsLeaveNothingBehind() throws Exception {
    try (var kernel = new KernelProcess(folder)) {
      long before = heapAfter(kernel, 100);
      long after = heapAfter(kernel, 1000);
      // each cell's value is 1 MB: kept, they would be 1000 MB. JShell itself keeps the source and
      // the classes of every snippet of a session, about 10 KB a cell, and cannot be told not to;
      // and
      // its index of the class path, about 8 MB once, may be ready only after the first hundred
      assertThat(after - before)
          .as("KB of live heap that 1000 more cells leave")
          .isLessThan(32 << 10);
    }
  }

  private static long heapAfter(KernelProcess kernel, int cells) {
    for (int i = 0; i < cells; i++) {
      kernel.execute("new byte[1 << 20]");
    }
    var used =
        kernel.execute(
            "for (int i = 0; i < 3; i++) System.gc();\n"
                + "(Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 10");
    return Long.parseLong(result(used));
  }

  /** Output of the very first moment has no one who listens; a silent cell tells nothing. */
  private static void listen(KernelProcess kernel) {
    var silent = Client.code("1");
    silent.addProperty("silent", true);
    kernel.client.awaitShell(
        kernel.client.sendShell("execute_request", silent), KernelProcess.PATIENCE);
  }

  @Test
  void theNextKernelTellsOfACrash() throws Exception {
    var connection = Client.freePorts("k");
    long pid;
    try (var kernel = new KernelProcess(folder, connection)) {
      pid = kernel.process.pid();
      kernel.execute("1");
      kernel.client.sendShell(
          "execute_request",
          Client.code(
              "var field = Class.forName(\"sun.misc.Unsafe\").getDeclaredField(\"theUnsafe\");\n"
                  + "field.setAccessible(true);\n"
                  + "((sun.misc.Unsafe) field.get(null)).putAddress(0, 0);"));
      assertThat(kernel.exitsWithin(Duration.ofSeconds(60))).isTrue();
    }
    assertThat(folder.resolve("hs_err_pid" + pid + ".log")).exists();
    try (var kernel = new KernelProcess(folder, connection)) {
      listen(kernel);
      assertThat(kernel.execute("1").stream("stderr"))
          .startsWith("The kernel before this one (process " + pid + ") crashed by SIGSEGV in ")
          .contains("The JVM's report is " + folder.resolve("hs_err_pid" + pid + ".log"))
          .endsWith("What its cells had computed is gone: run them again.\n");
      assertThat(kernel.execute("1").stream("stderr")).as("said once").isEmpty();
    }
  }

  @Test
  void theNextKernelTellsThatOneWasKilledAndHasItsHistory() throws Exception {
    var connection = Client.freePorts("k");
    long pid;
    try (var kernel = new KernelProcess(folder, connection)) {
      pid = kernel.process.pid();
      kernel.execute("int kept = 5;");
      kernel.process.destroyForcibly().waitFor();
    }
    try (var kernel = new KernelProcess(folder, connection)) {
      listen(kernel);
      assertThat(kernel.execute("1").stream("stderr"))
          .startsWith("The kernel before this one (process " + pid + ") was killed, by a user");
      var content = new com.google.gson.JsonObject();
      content.addProperty("hist_access_type", "tail");
      content.addProperty("n", 2);
      assertThat(kernel.ask("history_request", content).content().get("history").toString())
          .isEqualTo("[[1,1,\"int kept = 5;\"],[2,1,\"1\"]]");
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux lists its sockets in /proc")
  void nothingListensButTheFivePorts() throws Exception {
    var connection = Client.freePorts("k");
    try (var kernel = new KernelProcess(folder, connection)) {
      kernel.execute("1");
      assertThat(listening(kernel.process.pid()))
          .containsExactlyInAnyOrder(
              "127.0.0.1:" + connection.shell(),
              "127.0.0.1:" + connection.iopub(),
              "127.0.0.1:" + connection.stdin(),
              "127.0.0.1:" + connection.control(),
              "127.0.0.1:" + connection.heartbeat());
    }
  }

  /** The addresses a process listens on, from what Linux tells in /proc. */
  static List<String> listening(long pid) throws Exception {
    var sockets = new ArrayList<String>();
    try (var files = Files.newDirectoryStream(Path.of("/proc", String.valueOf(pid), "fd"))) {
      for (var file : files) {
        if (Files.isSymbolicLink(file)) {
          sockets.add(Files.readSymbolicLink(file).toString().replaceAll("\\D", ""));
        }
      }
    }
    var found = new ArrayList<String>();
    for (var table : List.of("tcp", "tcp6")) {
      for (var line : Files.readAllLines(Path.of("/proc/net", table))) {
        var fields = line.strip().split("\\s+");
        if (fields[3].equals("0A") && sockets.contains(fields[9])) {
          found.add(address(fields[1]));
        }
      }
    }
    return found;
  }

  /**
   * "0100007F:1F90" is 127.0.0.1:8080; version 6 writes four such words, the last of them mapped.
   */
  private static String address(String hex) {
    var parts = hex.split(":");
    var ip = parts[0].substring(parts[0].length() - 8);
    var bytes = new ArrayList<String>();
    for (int i = 6; i >= 0; i -= 2) {
      bytes.add(String.valueOf(Integer.parseInt(ip.substring(i, i + 2), 16)));
    }
    return String.join(".", bytes) + ":" + Integer.parseInt(parts[1], 16);
  }
}
