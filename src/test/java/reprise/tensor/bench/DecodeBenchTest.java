package reprise.tensor.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The decoding benchmark prints what it measured. */
@Tag("backend")
class DecodeBenchTest {
  private static String run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DecodeBench.run(args, new PrintStream(out, true, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void printsJson() {
    String line =
        run(
            ("--mode decode --d 16 --layers 1 --heads 2 --ctx 8 --batch 2 --vocab 32 --steps 3"
                    + " --warm 1 --json")
                .split(" "));
    // 32 x 16 + 8 x 16 + 12 x 16 x 16 + biases 9 x 16 + norms 4 x 16 + final norm 2 x 16
    assertThat(line).contains("\"params\":3952,").contains("\"workload\":\"gpt-decode\"");
    double tokens = Double.parseDouble(line.replaceAll(".*tokens_s\":([0-9.]+),.*\\s", "$1"));
    assertThat(tokens).isBetween(10.0, 1e8);
  }

  @Test
  void unknownOptionsAreNamed() {
    assertThatThrownBy(() -> run("--mode", "train"))
        .hasMessageStartingWith("unknown option or missing number: --mode; options are --mode");
  }
}
