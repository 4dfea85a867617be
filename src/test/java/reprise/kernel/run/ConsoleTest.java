package reprise.kernel.run;

import static org.assertj.core.api.Assertions.assertThat;
import static reprise.dsl.Reprise.CHINCHILLA;
import static reprise.dsl.Reprise.decoder;
import static reprise.dsl.Reprise.markov;
import static reprise.dsl.Reprise.order;
import static reprise.dsl.Reprise.scalingLaw;
import static reprise.dsl.Reprise.symbols;
import static reprise.dsl.Reprise.tokens;
import static reprise.dsl.Reprise.widths;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.RunOutcome;

@Tag("unit")
class ConsoleTest {
  private static final Plan PLAN =
      scalingLaw(CHINCHILLA)
          .models(decoder(widths(4, 8)).layers(1).context(32))
          .corpus(markov(symbols(32), order(1)))
          .tokens(tokens(2048))
          .plan();

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private PrintStream out(Charset charset) {
    return new PrintStream(bytes, true, charset);
  }

  private String text(Charset charset) {
    return bytes.toString(charset);
  }

  @Test
  void aTerminalHasABarOfTheWorkDoneWithItsLinesAbove() {
    Console console = Console.bar(out(StandardCharsets.UTF_8), 100);
    console.started(PLAN, 0);
    console.progress(0.25, 3.5);
    console.ended(new RunOutcome.Failed(PLAN.runs().getFirst(), "the loss is NaN"), 1, 2);
    console.progress(0.5, 3.25);
    console.finished();
    String text = text(StandardCharsets.UTF_8);
    double flops = PLAN.runs().stream().mapToDouble(task -> task.flops().count()).sum();
    long all = Math.round(flops / 1000);
    String work = Math.round(0.5 * all) + "/" + all + " kFLOP (0:00:00 / ";
    assertThat(text).contains(" 50% |██", work);
    assertThat(text).contains("1 of 2 runs, loss 3.250");
    List<String> lines = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      lines.add(line.substring(line.lastIndexOf('\r') + 1));
    }
    assertThat(lines)
        .containsExactly(
            PLAN.title() + ": 2 runs",
            "  " + PLAN.runs().getFirst().id() + " failed: the loss is NaN",
            "");
    for (String drawn : text.substring(text.indexOf('\n')).split("\r")) {
      assertThat(drawn.strip().length()).isLessThanOrEqualTo(100);
    }
    assertThat(text).as("the bar is gone in the end").endsWith("\r" + " ".repeat(100) + "\r");
  }

  @Test
  void aTerminalOfOldLettersHasABarOfSigns() {
    Console console = Console.bar(out(StandardCharsets.US_ASCII), 100);
    console.started(PLAN, 0);
    console.progress(0.5, Double.NaN);
    console.finished();
    assertThat(text(StandardCharsets.US_ASCII)).contains(" 50% [==").doesNotContain("% |", "[?");
  }

  @Test
  void aLogHasPlainLinesAndNoBar() {
    Console console = Console.lines(out(StandardCharsets.UTF_8));
    console.started(PLAN, 1);
    console.progress(0.5, 3.25); // sooner than ten seconds after the line before
    console.warned("the disk is full");
    console.analysing("law fitted");
    console.finished();
    assertThat(text(StandardCharsets.UTF_8))
        .isEqualTo(
            PLAN.title()
                + ": 2 runs, 1 of them read from the store\n"
                + "reprise: the disk is full\n"
                + "  law fitted\n");
  }
}
