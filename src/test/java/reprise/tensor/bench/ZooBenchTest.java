package reprise.tensor.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The benchmarks of small models print what they measured. */
@Tag("backend")
class ZooBenchTest {
  private interface Bench {
    void run(String[] args, PrintStream out);
  }

  private static String line(Bench bench, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    bench.run(args, new PrintStream(out, true, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8);
  }

  private static double number(String line, String key) {
    return Double.parseDouble(line.replaceAll(".*\"" + key + "\":([-0-9.]+).*\\s", "$1"));
  }

  @Test
  void theZooLearnsItsBatch() {
    String line =
        line(
            MlpZooBench::run,
            "--models",
            "3",
            "--steps",
            "60",
            "--in",
            "20",
            "--hidden",
            "16",
            "--batch",
            "16",
            "--threads",
            "2",
            "--rounds",
            "1",
            "--json");
    assertThat(line)
        .startsWith("{\"workload\":\"mlp-zoo\",\"threads\":2,")
        .contains("\"models\":3,\"steps_each\":60,\"shape\":\"20-16-16-10\",\"batch\":16,");
    assertThat(number(line, "loss_last")).isBetween(0.0, 0.8 * number(line, "loss_first"));
    assertThat(number(line, "us_step_min")).isBetween(0.1, 1e6);
  }

  @Test
  void theNetOfImagesLearnsItsBatch() {
    String line =
        line(
            CnnBench::run,
            "--n",
            "1",
            "--width",
            "4",
            "--batch",
            "4",
            "--steps",
            "6",
            "--warm",
            "2",
            "--json");
    assertThat(line).contains("\"workload\":\"cnn-train\"").contains("\"layers\":8,\"width\":4,");
    assertThat(number(line, "loss_last")).isLessThan(number(line, "loss_first"));
    // 9 x 3 x 16 + 3 x ... : ResNet-20 of width 16 has 40.8 million multiply-adds an image
    assertThat(CnnBench.macs(3, 16)).isBetween(40.5e6, 41.5e6);
  }

  @Test
  void unknownOptionsAreNamed() {
    assertThatThrownBy(() -> line(MlpZooBench::run, "--depth", "3"))
        .hasMessageStartingWith(
            "unknown option or missing number: --depth; options take a number: [models,");
  }
}
