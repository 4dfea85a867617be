package reprise.tensor.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.tensor.Throughput;
import reprise.tensor.cpu.Profile;

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
    assertThat(line).contains("\"params\":3952,").contains("\"workload\":\"gpt-train\",");
    BenchLine read = BenchLine.parse(line);
    assertThat(read.json()).startsWith("{\"peer\":\"reprise\",\"workload\":\"gpt-train\",");
    assertThat(read.number("d")).isEqualTo(16);
    assertThat(read.number("cpu_ms_median")).isBetween(0.001, 500.0);
    assertThat(read.number("ms_step_min")).isLessThanOrEqualTo(read.number("ms_step_median"));
    // ln 32 = 3.47 nats at the start
    assertThat(read.number("loss_first")).isBetween(3.4, 3.6);
    assertThat(read.number("peak_rss_mb")).isGreaterThan(read.number("native_mb"));
    for (String key : new String[] {"cpu_ms_step", "first_step_ms", "jvm_to_model_ms"}) {
      assertThat(read.number(key)).as(key).isNotNaN();
    }
  }

  @Test
  void theProfileNamesTheOperations() {
    try {
      String text =
          run(
              "--d",
              "16",
              "--layers",
              "1",
              "--heads",
              "1",
              "--ctx",
              "8",
              "--batch",
              "2",
              "--vocab",
              "32",
              "--steps",
              "2",
              "--warm",
              "1",
              "--profile");
      assertThat(text)
          .contains("DenseWeightGrad[] [f32[16,16], f32[16,48]]")
          .contains("x causal_attention\n")
          .contains("x adam_w\n")
          .containsPattern("[0-9.]+ ms in all");
    } finally {
      System.clearProperty(Profile.PROPERTY);
    }
    assertThatThrownBy(() -> Profile.of(null, "train_step"))
        .hasMessageContaining("open a session of the native backend with -Dreprise.profile=true");
  }

  @Test
  void productsAreMeasuredAgainstThePeak() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    GemmBench.run(
        new String[] {"--ms", "1", "--only", "128", "--json"},
        new PrintStream(out, true, StandardCharsets.UTF_8));
    List<BenchLine> lines =
        out.toString(StandardCharsets.UTF_8).lines().map(BenchLine::parse).toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.getFirst().json()).contains("\"layout\":\"NN\"");
    assertThat(lines).allSatisfy(l -> assertThat(l.number("share")).isBetween(0.05, 1.1));
    assertThatThrownBy(() -> GemmBench.run(new String[] {"--only", "7"}, System.out))
        .hasMessage("no cube of 7; there are 128 to 2048");
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
