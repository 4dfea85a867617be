package reprise.kernel.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An interrupt ends what runs, and nothing goes on burning a processor afterwards. */
@Tag("kernel")
@Timeout(60)
public class StopTest {
  private static final Shell SHELL = Shell.open();

  /** Set by cells when they are about to loop. */
  public static volatile CountDownLatch running;

  public static final AtomicBoolean NATIVE_FLAG = new AtomicBoolean();

  private static final String HERE = StopTest.class.getName();

  @AfterAll
  static void close() {
    SHELL.close();
  }

  private static Outcome evalAndStop(String code) {
    running = new CountDownLatch(1);
    Thread.ofVirtual()
        .start(() -> {
          try {
            running.await();
            Thread.sleep(100);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          SHELL.stop();
        });
    return SHELL.eval(new Cell("loop", code));
  }

  private static Set<Thread> cellThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t.getName().equals("cell") && t.isAlive())
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while (true) {}",
        "long n = 0; while (true) n++;",
        "void spin() { for (;;); }\nSTART;\nspin();",
        "Thread.sleep(1_000_000);",
        "new Object() { synchronized void w() throws Exception { wait(); } }.w();",
        "IntStream.iterate(0, i -> i + 1).forEach(i -> {});",
        "while (true) { try { Thread.sleep(10); } catch (Throwable t) {} }"
      })
  void loopsSleepsAndWaitsEnd(String code) {
    var start = HERE + ".running.countDown();";
    var text = code.contains("START;") ? code.replace("START;", start) : start + "\n" + code;
    // a library's loop of another test may still be on its way to its end
    var before = cellThreads();
    assertThat(evalAndStop(text)).isInstanceOf(Outcome.Stopped.class);
    assertThat(cellThreads()).as("threads that go on").isSubsetOf(before);
    assertThat(SHELL.eval("6 * 7")).isEqualTo(new Outcome.Value(42));
  }

  @Test
  void whatRanBeforeStaysAndTheRestIsNotRun() {
    SHELL.eval("int reached = 0;");
    var outcome =
        evalAndStop(
            "reached = 1;\n" + HERE + ".running.countDown();\nwhile (true) {}\nreached = 2;");
    assertThat(outcome).isInstanceOf(Outcome.Stopped.class);
    assertThat(((Outcome.Stopped) outcome).failure().message())
        .isEqualTo("the cell was stopped; what ran before stays");
    assertThat(SHELL.eval("reached")).isEqualTo(new Outcome.Value(1));
  }

  /** Stands for a native run: looks at its own flag only, and hands back what it has. */
  public static int nativeRun() throws InterruptedException {
    NATIVE_FLAG.set(false);
    int steps = 0;
    try (var _ = Cancellation.onStop(() -> NATIVE_FLAG.set(true))) {
      running.countDown();
      while (!NATIVE_FLAG.get()) {
        steps++;
        Thread.onSpinWait();
      }
    }
    return steps;
  }

  @Test
  void aNativeRunEndsAtItsNextStepAndKeepsItsResult() {
    SHELL.eval("int steps = -1; int after = 0;");
    var outcome = evalAndStop("steps = " + HERE + ".nativeRun();\nafter = 1;");
    assertThat(outcome).isInstanceOf(Outcome.Stopped.class);
    assertThat(SHELL.eval("steps > 0")).isEqualTo(new Outcome.Value(true));
    assertThat(SHELL.eval("after")).isEqualTo(new Outcome.Value(0));
  }

  /** A loop of a library, which no check is woven into. */
  public static void libraryLoop(long millis) {
    running.countDown();
    long end = System.nanoTime() + millis * 1_000_000;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aLibraryLoopIsLeftAndNamed() {
    var outcome = evalAndStop(HERE + ".libraryLoop(5000);");
    assertThat(((Outcome.Stopped) outcome).failure().message())
        .startsWith("the cell was left to itself: it is inside ")
        .endsWith("restart the kernel to end it");
    assertThat(SHELL.eval("2 + 2")).isEqualTo(new Outcome.Value(4));
  }

  @Test
  void aStatementMayHaveALimit() {
    var options =
        new ShellOptions(
            ShellOptions.DEFAULT.classPath(),
            ShellOptions.DEFAULT.compilerOptions(),
            ShellOptions.DEFAULT.startup(),
            Duration.ofMillis(200));
    try (var shell = Shell.open(options)) {
      var outcome = shell.eval("while (true) {}");
      assertThat(((Outcome.Failed) outcome).failure().message())
          .isEqualTo(
              "cell 1, line 1, column 1: stopped after 200 ms, the limit that IJAVA_TIMEOUT sets"
                  + " for one statement");
    }
  }

  @Test
  void aThousandCellsLeaveNoThreads() {
    int before = ManagementFactory.getThreadMXBean().getThreadCount();
    for (int i = 0; i < 100; i++) {
      SHELL.eval("1 + " + i);
    }
    assertThat(ManagementFactory.getThreadMXBean().getThreadCount()).isLessThan(before + 5);
  }
}
