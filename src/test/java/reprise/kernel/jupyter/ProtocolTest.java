package reprise.kernel.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real sockets, a kernel in its own process. */
@Tag("kernel")
@Timeout(180)
class ProtocolTest {
  @TempDir private static Path folder;
  private static KernelProcess kernel;

  @BeforeAll
  static void start() throws Exception {
    kernel = new KernelProcess(folder);
    kernel.execute("1");
  }

  @AfterAll
  static void stop() {
    kernel.close();
  }

  private static JsonObject json(String text) {
    return com.google.gson.JsonParser.parseString(text).getAsJsonObject();
  }

  private static String result(Client.Answer answer) {
    return answer
        .of("execute_result")
        .getFirst()
        .getAsJsonObject("data")
        .get("text/plain")
        .getAsString();
  }

  private static String status(Client.Answer answer) {
    return answer.content().get("status").getAsString();
  }

  @Test
  void aCellIsBusyInputResultIdle() {
    var answer = kernel.execute("6 * 7");
    assertThat(answer.published().stream().map(Message::type))
        .containsExactly("status", "execute_input", "execute_result", "status");
    assertThat(result(answer)).isEqualTo("42");
    assertThat(answer.content().get("execution_count"))
        .isEqualTo(answer.of("execute_result").getFirst().get("execution_count"));
  }

  @Test
  void kernelInfoOnBothChannels() {
    for (var answer :
        List.of(
            kernel.ask("kernel_info_request", new JsonObject()),
            kernel.client.askControl(
                "kernel_info_request", new JsonObject(), KernelProcess.PATIENCE))) {
      assertThat(status(answer)).isEqualTo("ok");
      assertThat(answer.content().get("protocol_version").getAsString()).isEqualTo("5.4");
      assertThat(answer.content().getAsJsonObject("language_info").get("name").getAsString())
          .isEqualTo("java");
      assertThat(answer.content().get("supported_features").isJsonArray()).isTrue();
    }
  }

  @Test
  void streamsKeepTheirOrderAndAreGathered() {
    var answer =
        kernel.execute(
            "for (int i = 0; i < 10_000; i++) System.out.println(i);\nSystem.err.print(\"e\");\n"
                + "System.out.print(\"\\u00e4\\u20ac\\ud83d\\ude00\");");
    var out = answer.stream("stdout");
    assertThat(out.lines().count()).isEqualTo(10_001);
    assertThat(out).startsWith("0\n1\n2\n").endsWith("9999\n\u00e4\u20ac\ud83d\ude00");
    assertThat(answer.stream("stderr")).isEqualTo("e");
    assertThat(answer.of("stream")).hasSizeLessThan(50);
  }

  @Test
  void manyMegabytesArriveWhole() {
    var answer =
        kernel.execute(
            "var line = \"x\".repeat(1023);\nfor (int i = 0; i < 40_000; i++) System.out.println(line);");
    assertThat(answer.stream("stdout")).hasSize(40_000 * 1024);
  }

  @Test
  void anErrorHasATracebackAndAbortsTheQueue() {
    var bad = kernel.client.sendShell("execute_request", Client.code("int a = 1;\n a / 0"));
    var next = kernel.client.sendShell("execute_request", Client.code("1 + 1"));
    var failed = kernel.watched(() -> kernel.client.awaitShell(bad, KernelProcess.PATIENCE));
    var aborted = kernel.watched(() -> kernel.client.awaitShell(next, KernelProcess.PATIENCE));
    assertThat(status(failed)).isEqualTo("error");
    var error = failed.of("error").getFirst();
    assertThat(error.get("ename").getAsString()).isEqualTo("java.lang.ArithmeticException");
    assertThat(error.get("evalue").getAsString()).isEqualTo("/ by zero");
    assertThat(error.getAsJsonArray("traceback").get(1).getAsString())
        .contains("\u001b[", "line 2");
    assertThat(status(aborted)).isEqualTo("aborted");
    assertThat(aborted.of("execute_result")).isEmpty();
  }

  @Test
  void withoutStopOnErrorTheQueueGoesOn() {
    var content = Client.code("throw new RuntimeException()");
    content.addProperty("stop_on_error", false);
    var bad = kernel.client.sendShell("execute_request", content);
    var next = kernel.client.sendShell("execute_request", Client.code("1 + 1"));
    assertThat(status(kernel.client.awaitShell(bad, KernelProcess.PATIENCE))).isEqualTo("error");
    assertThat(result(kernel.client.awaitShell(next, KernelProcess.PATIENCE))).isEqualTo("2");
  }

  @Test
  void silentAndUnstoredRequestsDoNotCount() {
    int before = kernel.execute("0").content().get("execution_count").getAsInt();
    var silent = Client.code("5");
    silent.addProperty("silent", true);
    var answer = kernel.ask("execute_request", silent);
    assertThat(answer.of("execute_input")).isEmpty();
    assertThat(answer.of("execute_result")).isEmpty();
    assertThat(kernel.execute("0").content().get("execution_count").getAsInt())
        .isEqualTo(before + 1);
  }

  @Test
  void userExpressions() {
    var content = Client.code("int ue = 20;");
    content.add("user_expressions", json("{\"double\": \"ue * 2\", \"bad\": \"nothing\"}"));
    var values =
        kernel.ask("execute_request", content).content().getAsJsonObject("user_expressions");
    assertThat(values.getAsJsonObject("double").getAsJsonObject("data").get("text/plain"))
        .hasToString("\"40\"");
    assertThat(values.getAsJsonObject("bad").get("status").getAsString()).isEqualTo("error");
  }

  @Test
  void displayUpdateAndClear() {
    var answer =
        kernel.execute(
            "var id = display(\"first\");\nupdateDisplay(id, \"second\");\nclearOutput(true);\n"
                + "display(html(\"<b>x</b>\"))");
    var shown = answer.of("display_data");
    var updated = answer.of("update_display_data").getFirst();
    assertThat(updated.getAsJsonObject("data").get("text/plain").getAsString()).isEqualTo("second");
    assertThat(updated.getAsJsonObject("transient").get("display_id"))
        .isEqualTo(shown.getFirst().getAsJsonObject("transient").get("display_id"));
    assertThat(answer.of("clear_output").getFirst().get("wait").getAsBoolean()).isTrue();
    assertThat(shown.get(1).getAsJsonObject("data").get("text/html").getAsString())
        .isEqualTo("<b>x</b>");
    assertThat(answer.of("execute_result")).as("the id is no result").isEmpty();
  }

  @Test
  void inputIsAskedForAndRefusedWhereItCannotBe() {
    var request =
        kernel.client.sendShell(
            "execute_request", Client.code("new Scanner(System.in).nextLine().length()"));
    var question =
        kernel.watched(() -> kernel.client.answerInput(request, "hello", KernelProcess.PATIENCE));
    assertThat(question.type()).isEqualTo("input_request");
    assertThat(result(kernel.client.awaitShell(request, KernelProcess.PATIENCE))).isEqualTo("5");
    var content = Client.code("System.in.read()");
    content.addProperty("allow_stdin", false);
    assertThat(kernel.ask("execute_request", content).content().get("evalue").getAsString())
        .isEqualTo("this front end cannot be asked for input; put the value into the cell instead");
  }

  @Test
  void aThreadPrintsIntoItsCellAfterTheEnd() {
    var answer =
        kernel.execute(
            "new Thread(() -> { try { Thread.sleep(300); } catch (InterruptedException e) {}\n"
                + "System.out.println(\"late\"); }).start();");
    var id = answer.reply().parent().get("msg_id").getAsString();
    var late =
        kernel.watched(() ->
            kernel.client.published(
                m -> m.type().equals("stream") && m.text("text", "").equals("late\n"),
                KernelProcess.PATIENCE));
    assertThat(late.parent().get("msg_id").getAsString()).isEqualTo(id);
  }

  @Test
  void anInterruptEndsLoopAndInput() throws InterruptedException {
    for (var code : List.of("while (true) {}", "System.in.read()")) {
      var request = kernel.client.sendShell("execute_request", Client.code(code));
      Thread.sleep(1500);
      long start = System.nanoTime();
      var ok =
          kernel.client.askControl("interrupt_request", new JsonObject(), KernelProcess.PATIENCE);
      assertThat(status(ok)).isEqualTo("ok");
      var answer = kernel.watched(() -> kernel.client.awaitShell(request, KernelProcess.PATIENCE));
      assertThat(answer.content().get("ename").getAsString()).isEqualTo("Interrupted");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
    var threads =
        "Thread.getAllStackTraces().keySet().stream()"
            + ".filter(t -> t.getName().equals(\"cell\")).count()";
    assertThat(result(kernel.execute(threads))).as("threads of cells: only its own").isEqualTo("1");
    // of Java's threads, not of the process: compilers and collectors work on for a while
    var busy =
        "var beans = java.lang.management.ManagementFactory.getThreadMXBean();\n"
            + "long busy() { long sum = 0; for (long id : beans.getAllThreadIds()) {"
            + " if (id != Thread.currentThread().threadId())"
            + " sum += Math.max(0, beans.getThreadCpuTime(id)); } return sum / 1_000_000; }\n"
            + "long busyBefore = busy();\nThread.sleep(1000);\nbusy() - busyBefore";
    assertThat(Long.parseLong(result(kernel.execute(busy))))
        .as("ms of processor time that other Java threads take in the second after")
        .isLessThan(300);
  }

  @Test
  void completionInspectionCompleteness() {
    var completion =
        kernel.ask(
            "complete_request",
            json("{\"code\": \"\\\"\ud83d\ude00\\\".subs\", \"cursor_pos\": 8}"));
    assertThat(completion.content().getAsJsonArray("matches").toString())
        .isEqualTo("[\"substring(\"]");
    assertThat(completion.content().get("cursor_start").getAsInt())
        .as("counted in characters, not UTF-16 units")
        .isEqualTo(4);
    var doc = kernel.ask("inspect_request", json("{\"code\": \"Math.abs(1)\", \"cursor_pos\": 6}"));
    assertThat(doc.content().get("found").getAsBoolean()).isTrue();
    assertThat(doc.content().getAsJsonObject("data").has("text/html")).isTrue();
    var complete = kernel.ask("is_complete_request", json("{\"code\": \"if (true) {\"}"));
    assertThat(complete.content().toString())
        .isEqualTo("{\"status\":\"incomplete\",\"indent\":\"    \"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Math.abs?", "?Math.abs", " Math.abs ??"})
  void aQuestionIsAnsweredInThePager(String code) {
    var answer = kernel.execute(code);
    var page = answer.reply().content().getAsJsonArray("payload").get(0).getAsJsonObject();
    assertThat(page.get("source").getAsString()).isEqualTo("page");
    assertThat(page.get("start").getAsInt()).isZero();
    assertThat(page.getAsJsonObject("data").get("text/plain").getAsString())
        .contains("Math.abs(double")
        .contains("Returns the absolute value");
    var complete = json("{}");
    complete.addProperty("code", code);
    assertThat(kernel.ask("is_complete_request", complete).content().toString())
        .isEqualTo("{\"status\":\"complete\"}");
  }

  @Test
  void aQuestionWithoutAnswerSaysWhatToDo() {
    assertThat(kernel.execute("nowhere?").reply().content().get("evalue").getAsString())
        .isEqualTo(
            "nothing is known of nowhere; declare it or import its class first, or write it in"
                + " full, as in java.util.List?");
    assertThat(result(kernel.execute("1 > 0 ? 2 : 3")))
        .as("an ordinary question mark")
        .isEqualTo("2");
  }

  @Test
  void commsOpenSpeakAndClose() {
    kernel.execute(
        "reprise.kernel.jupyter.Comm.onOpen(\"echo\", c -> c.onMessage(d -> c.send(d)));");
    kernel.client.sendShell(
        "comm_open", json("{\"comm_id\": \"c1\", \"target_name\": \"echo\", \"data\": {}}"));
    kernel.client.sendShell("comm_msg", json("{\"comm_id\": \"c1\", \"data\": {\"n\": 7}}"));
    var echo =
        kernel.watched(() ->
            kernel.client.published(m -> m.type().equals("comm_msg"), KernelProcess.PATIENCE));
    assertThat(echo.content().toString()).isEqualTo("{\"comm_id\":\"c1\",\"data\":{\"n\":7}}");
    assertThat(kernel.ask("comm_info_request", new JsonObject()).content().get("comms").toString())
        .isEqualTo("{\"c1\":{\"target_name\":\"echo\"}}");
    kernel.client.sendShell(
        "comm_open", json("{\"comm_id\": \"c2\", \"target_name\": \"nobody\", \"data\": {}}"));
    var close =
        kernel.watched(() ->
            kernel.client.published(m -> m.type().equals("comm_close"), KernelProcess.PATIENCE));
    assertThat(close.content().get("comm_id").getAsString()).isEqualTo("c2");
  }

  @Test
  void whatIsNotAMessageOfOursIsDropped() throws Exception {
    var bytes = "x".getBytes(StandardCharsets.US_ASCII);
    var delimiter = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);
    var object = "{}".getBytes(StandardCharsets.US_ASCII);
    kernel.client.sendRaw(List.of(bytes));
    kernel.client.sendRaw(List.of(delimiter, bytes));
    kernel.client.sendRaw(List.of(delimiter, bytes, object, object, object, object));
    var signer = new Signer("hmac-sha256", "a key");
    var broken = List.of(bytes, object, object, object);
    kernel.client.sendRaw(List.of(delimiter, signer.sign(broken), bytes, object, object, object));
    assertThat(result(kernel.execute("2 + 3"))).isEqualTo("5");
    assertThat(kernel.log())
        .contains(
            "dropped a message of 2 frames",
            "dropped a message whose signature does not fit",
            "dropped a message that is not JSON objects");
  }

  @Test
  void theHeartBeats() {
    assertThat(Duration.ofNanos(kernel.client.beat(KernelProcess.PATIENCE)))
        .isLessThan(Duration.ofSeconds(1));
  }
}
