package reprise.tensor.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How the comparison runs the other side and what it makes of the figures. */
@Tag("unit")
class PeerBenchTest {
  private static final PeerBench.Workload A = PeerBench.WORKLOADS.getFirst();

  private static BenchLine line(double cpu, double wall, double rss, double start) {
    return new BenchLine()
        .put("cpu_ms_step", cpu)
        .put("ms_step_median", wall)
        .put("peak_rss_mb", rss)
        .put("jvm_to_model_ms", start)
        .put("first_step_ms", 10.0);
  }

  @Test
  void oneThreadIsComparedByCpuTimeAndTwoByWallTime() {
    List<BenchLine> ours = List.of(line(100, 70, 100, 90), line(120, 90, 100, 90));
    List<BenchLine> theirs = List.of(line(330, 240, 400, 790), line(330, 240, 400, 790));
    BenchLine one = PeerBench.compare(A, 1, ours, theirs);
    assertThat(one.number("ratio")).isEqualTo(3);
    assertThat(one.number("best_ratio")).isEqualTo(3.3);
    assertThat(one.number("rss_share")).isEqualTo(0.25);
    assertThat(one.number("start_ratio")).isEqualTo(8);
    assertThat(PeerBench.compare(A, 2, ours, theirs).number("ratio")).isEqualTo(3);
    assertThat(one.json()).startsWith("{\"workload\":\"gpt-a\",\"threads\":1,\"metric\":\"cpu_ms");
  }

  @Test
  void bothSidesGetTheSameSizes() {
    for (PeerBench.Workload w : PeerBench.WORKLOADS) {
      List<String> ours = PeerBench.ours(w, 2);
      List<String> theirs = PeerBench.theirs(w, Path.of("peer"), 2);
      assertThat(ours).endsWith("--threads", "2", "--json");
      assertThat(theirs).endsWith("--threads", "2").contains(w.theirs());
      for (String size : new String[] {"--d", "--ctx", "--batch", "--vocab", "--models"}) {
        int at = theirs.indexOf(size);
        if (at >= 0) {
          assertThat(ours).containsSequence(size, theirs.get(at + 1));
        }
      }
    }
  }

  @Test
  void twoThreadsOfLibtorchWaitPassively() {
    assertThat(PeerBench.environment(2))
        .containsEntry("OMP_WAIT_POLICY", "passive")
        .containsEntry("OMP_NUM_THREADS", "2");
    assertThat(PeerBench.environment(1)).doesNotContainKey("OMP_WAIT_POLICY");
  }

  @Test
  void aMissingPeerSaysWhatToDo() {
    assertThatThrownBy(() -> PeerBench.run(new String[] {"--peer", "/nowhere"}, System.out))
        .hasMessage(
            "no built peer programs in '/nowhere': give their folder by --peer or REPRISE_PEER,"
                + " after mvn package there, so that it has target/classes/peer/Gpt.class and"
                + " target/lib");
    assertThatThrownBy(() -> PeerBench.run(new String[] {"--fast"}, System.out))
        .hasMessageStartingWith("unknown option or missing value: --fast");
  }

  @Test
  void linesAreReadAsTheyAreWritten() {
    BenchLine l = new BenchLine().put("a", "x").put("b", 2).put("c", 0.5);
    assertThat(l.json()).isEqualTo("{\"a\":\"x\",\"b\":2,\"c\":0.5000}");
    assertThat(BenchLine.parse(l.json()).number("c")).isEqualTo(0.5);
    assertThat(l.times("ms", new double[] {3, 1, 2}).json()).contains("\"ms_median\":2.0000");
    assertThat(l.number("nothing")).isNaN();
  }
}
