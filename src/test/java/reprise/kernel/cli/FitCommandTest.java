package reprise.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import reprise.dsl.law.Laws;

@Tag("unit")
class FitCommandTest {
  @TempDir private Path folder;

  private record Outcome(int status, String out, String err) {
    JsonObject json() {
      return JsonParser.parseString(out).getAsJsonObject();
    }
  }

  private static Outcome fit(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int status =
        new CommandLine(new FitCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Outcome(status, out.toString(), err.toString());
  }

  private Outcome fit(String text, List<String> more) throws IOException {
    Path file = Files.writeString(folder.resolve("runs.csv"), text);
    List<String> all =
        new ArrayList<>(
            List.of("--csv", file.toString(), "--params", "N", "--tokens", "D", "--loss", "loss"));
    all.addAll(more);
    return fit(all.toArray(String[]::new));
  }

  // 36 points of L = 1.69 + 406.4/N^.34 + 410.7/D^.28 with noise of .1 %
  private static String runs(boolean sameTokens) {
    StringBuilder text = new StringBuilder("# made up\r\nrun,N,D,loss\r\n");
    double[] truth = {406.4, 410.7, 1.69, .34, .28};
    for (int i = 0; i < 36; i++) {
      int size = i / 6;
      double n = 1e7 * Math.pow(4, size);
      double d = sameTokens ? 1e10 : 1e8 * Math.pow(5, i % 6);
      double loss = Laws.CHINCHILLA.predict(truth, n, d) * (1 + .001 * Math.sin(37 * i));
      text.append(String.format(Locale.ROOT, "\"run, %d\",%.17g,%.17g,%.17g\r\n", i, n, d, loss));
    }
    return text.toString();
  }

  @Test
  void jsonIsOneObjectWithEverything() throws IOException {
    Outcome outcome =
        fit(runs(false), List.of("--bootstrap", "200", "--drop", "2", "--json", "--flops", "1e21"));
    assertThat(outcome.status()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out().strip()).doesNotContain("\n");
    JsonObject json = outcome.json();
    assertThat(json.get("constants").getAsJsonObject().keySet())
        .containsExactly("A", "B", "E", "alpha", "beta");
    assertThat(json.get("constants").getAsJsonObject().get("E").getAsDouble())
        .isCloseTo(1.69, within(.02));
    assertThat(json.get("n").getAsInt()).isEqualTo(34);
    assertThat(json.get("converged").getAsBoolean()).isTrue();
    assertThat(json.get("objective").getAsDouble()).isBetween(0., 1e-4);
    var e = json.get("intervals").getAsJsonObject().get("E").getAsJsonArray();
    assertThat(e.get(0).getAsDouble()).isLessThan(e.get(1).getAsDouble());
    assertThat(json.get("standardErrors").getAsJsonObject().get("E").getAsDouble())
        .isBetween(1e-4, .05);
    assertThat(json.get("derived").getAsJsonObject().get("a").getAsDouble())
        .isCloseTo(.28 / .62, within(.02));
    assertThat(json.get("allocation").getAsJsonObject().keySet())
        .containsExactly("N_opt", "D_opt", "D/N", "L");
    assertThat(json.get("warnings").getAsJsonArray()).isEmpty();
  }

  @Test
  void theTableIsReadable() throws IOException {
    Outcome outcome = fit(runs(false), List.of("--bootstrap", "100", "--objective", "lad"));
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out())
        .startsWith("L = E + A/N^alpha + B/D^beta    Hoffmann et al. 2022")
        .contains("36 points of runs.csv; least absolute deviations, log loss")
        .containsPattern("(?m)^E +1\\.\\d+ +0\\.\\d+ +1\\.\\d+ +1\\.\\d+  nats/token$")
        .containsPattern("objective [0-9.e-]+; converged; \\d+ of 4500 starts reach it");
  }

  @Test
  void unidentifiedConstantsPrintAndFail() throws IOException {
    Outcome outcome = fit(runs(true), List.of("--bootstrap", "100", "--json"));
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.json().get("identified").getAsBoolean()).isFalse();
    assertThat(outcome.json().get("warnings").getAsJsonArray()).isNotEmpty();
    assertThat(outcome.err())
        .startsWith("fit: the points do not identify the constants of chinchilla")
        .contains("flat valley: ");
  }

  @Test
  void dataThatCannotBeUsedIsNamed() throws IOException {
    assertThat(fit("--csv", "/no/such.csv", "--params", "N", "--tokens", "D", "--loss", "loss"))
        .isEqualTo(new Outcome(2, "", "fit: no file /no/such.csv (looked in /no)\n"));
    assertFailure(
        fit("N,D,los\n1,2,3\n", List.of()),
        "fit: runs.csv has no column loss. Did you mean los? Columns: N, D, los\n");
    assertFailure(
        fit("# c\nN,D,loss\n1e6,1e7,3\n1e6,nan,3\n", List.of("--json")),
        "fit: runs.csv, row 4, column D: \"nan\" is not a number; write 1.5e9, not 1,5 or 1.5B\n");
    assertFailure(
        fit("N,D,loss\n1e6,1e7,-3\n", List.of()),
        "fit: runs.csv, row 2, column loss: -3 is not a positive finite number; "
            + "laws are fitted in logarithms\n");
    assertFailure(
        fit("N,D,loss\n1e6,1e7,3\n1e7,1e8,2.5\n", List.of()),
        "fit: too few points: 2 for the 5 constants of chinchilla; at least 6 are needed, "
            + "and 15 for intervals worth having\n");
    assertFailure(
        fit("N,D,loss\n1e6,1e7,3\n", List.of("--drop", "2")),
        "fit: cannot drop 2 points of 1: choose 0 to 1\n");
  }

  @Test
  void wrongNamesGetASuggestion() throws IOException {
    assertFailure(
        fit("N,D,loss\n", List.of("--law", "chinchila")),
        "fit: no law is called chinchila. Did you mean chinchilla? Laws: "
            + String.join(", ", Laws.all().stream().map(l -> l.name()).toList())
            + "\n");
    assertFailure(
        fit("N,D,loss\n", List.of("--objective", "hubber")),
        "fit: no objective is called hubber. Did you mean huber? "
            + "Objectives: huber, lad, squared, soft_l1\n");
    assertFailure(
        fit("N,D,loss\n", List.of("--delta", "0")),
        "fit: Huber delta must be positive and finite, got 0.0\n");
    assertFailure(
        fit("N,D,loss\n", List.of("--objective", "lad", "--delta", "1e-3")),
        "fit: --delta belongs to --objective huber and soft_l1, not lad\n");
    Path file = Files.writeString(folder.resolve("c.csv"), "N,C,loss\n1,2,3\n");
    assertFailure(
        fit("--csv", file.toString(), "--params", "N", "--loss", "loss"),
        "fit: chinchilla needs D, training tokens: add --tokens COLUMN (or --compute COLUMN, "
            + "from which D = C/(6 N)). Columns: N, C, loss\n");
  }

  private static void assertFailure(Outcome outcome, String message) {
    assertThat(outcome.err()).isEqualTo(message);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.status()).isEqualTo(2);
  }
}
