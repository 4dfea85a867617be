package reprise.tensor.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.tensor.Throughput;

/** The benchmark prints what it measured; the probe measures something plausible. */
@Tag("backend")
class GptBenchTest {
  private static String run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    GptBench.run(args, new PrintStream(out, true, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void printsJson() {
    String line =
        run(
            "--d",
            "16",
            "--layers",
            "1",
            "--heads",
            "2",
            "--ctx",
            "8",
            "--batch",
            "2",
            "--vocab",
            "32",
            "--steps",
            "4",
            "--warm",
            "1",
            "--json");
    // 32 x 16 + 8 x 16 + 12 x 16 x 16 + biases 9 x 16 + norms 4 x 16 + final norm 2 x 16
    assertThat(line).contains("\"params\":3952,").contains("\"workload\":\"gpt\",\"d\":16,");
    double median = Double.parseDouble(line.replaceAll(".*cpu_ms_median\":([0-9.]+),.*\\s", "$1"));
    assertThat(median).isBetween(0.001, 500.0);
  }

  @Test
  void unknownOptionsAreNamed() {
    assertThatThrownBy(() -> run("--depth", "3"))
        .hasMessageStartingWith("unknown option or missing number: --depth; options take a number");
  }

  @Test
  void theProbeIsWithinPhysics() {
    Throughput t = Throughput.measure(Duration.ofMillis(300));
    assertThat(t.gemmGflops()).isBetween(1.0, 1000.0);
    assertThat(t.decoderGflops()).isBetween(0.5, t.gemmGflops() * 1.2);
    assertThat(t.smallStepsPerSecond()).isBetween(50.0, 1e6);
    assertThat(t.toString()).contains("GEMM").contains("steps/s at width 8");
  }
}
