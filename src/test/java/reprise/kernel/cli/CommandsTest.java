package reprise.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.Spawned;

/** The command line as a user calls it. One home for all tests, so that runs are trained once. */
@Tag("kernel")
class CommandsTest {
  @TempDir static Path home;
  @TempDir Path folder;

  private Spawned reprise(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("reprise.kernel.cli.Main"));
    all.addAll(List.of(arguments));
    Map<String, String> environment =
        Map.of("REPRISE_HOME", home.toString(), "REPRISE_NETWORK", "off");
    return Spawned.java(folder, environment, all.toArray(String[]::new));
  }

  /** Without the published points the refit's claims are inconclusive and say what is missing. */
  @Test
  void reproducingWithoutDataSaysWhatIsMissingAndStillTrains() throws Exception {
    Spawned run = reprise("reproduce", "chinchilla", "--scale", "smoke", "--json");
    assertThat(run.status()).as(run.err()).isZero();
    JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
    assertThat(json.get("paper").getAsString()).isEqualTo("chinchilla");
    assertThat(json.get("scale").getAsString()).isEqualTo("smoke");
    assertThat(json.get("seconds").getAsDouble()).isPositive();
    assertThat(json.get("backend").getAsString()).startsWith("cpu ");
    Map<String, JsonObject> verdicts = verdicts(json);
    assertThat(verdicts).hasSize(18);
    assertThat(verdicts.get("replication-alpha").get("verdict").getAsString())
        .isEqualTo("Inconclusive");
    assertThat(verdicts.get("replication-alpha").get("reason").getAsString())
        .startsWith("data set chinchilla_epoch_points is missing: svg_extracted_data.csv")
        .contains("no licence file at the origin")
        .contains("put it into a folder that REPRISE_DATA names");
    JsonObject entropy = verdicts.get("irreducible-loss-cosine");
    assertThat(entropy.get("low").getAsDouble())
        .isLessThan(entropy.get("measured").getAsDouble())
        .isLessThan(entropy.get("high").getAsDouble());
    assertThat(entropy.get("rule").getAsString())
        .startsWith("supported when the measured interval contains the claimed number");
    assertThat(verdicts.get("chinchilla-beats-gopher").get("verdict").getAsString())
        .isEqualTo("OutOfReach");
    assertThat(verdicts.get("chinchilla-beats-gopher").get("measured").isJsonNull()).isTrue();
    JsonArray runs = json.getAsJsonArray("runs");
    assertThat(runs).hasSize(31);
    assertThat(runs)
        .allSatisfy(r ->
            assertThat(r.getAsJsonObject().get("digest").getAsString()).matches("[0-9a-f]{64}"));
    Path report = home.resolve("reports/chinchilla-smoke");
    assertThat(report.resolve("report.html")).content().contains("chinchilla_epoch_points");
    assertThat(report.resolve("retrain-valleys-isoflop-valleys.png")).isNotEmptyFile();
    assertThat(report.resolve("record.json")).isNotEmptyFile();

    // A second time the runs are read from the store: the same digests, at once.
    Spawned again = reprise("reproduce", "chinchilla", "--scale", "smoke", "--json");
    JsonObject second = JsonParser.parseString(again.out()).getAsJsonObject();
    assertThat(second.getAsJsonArray("runs")).isEqualTo(runs);
    assertThat(again.err()).contains("16 of them read from the store");

    Spawned papers = reprise("papers", "--json");
    JsonArray catalogue = JsonParser.parseString(papers.out()).getAsJsonArray();
    JsonObject card =
        catalogue.asList().stream()
            .map(JsonElement::getAsJsonObject)
            .filter(paper -> paper.get("slug").getAsString().equals("chinchilla"))
            .findFirst()
            .orElseThrow();
    assertThat(verdictWords(card)).containsEntry("irreducible-loss-cosine", word(entropy));
  }

  @Test
  void aPlanTrainsNothingAndNamesItsCost() throws Exception {
    Spawned plan = reprise("plan", "chinchilla", "--scale", "smoke");
    assertThat(plan.status()).as(plan.err()).isZero();
    assertThat(plan.out())
        .contains("refit: ")
        .contains("d24-C8e9-s1")
        .containsPattern("chinchilla at smoke scale: 31 runs, [0-9.]+e11 FLOP, about ")
        .contains("GFLOP/s a thread");
    assertThat(plan.out().lines().filter(line -> line.startsWith("expected: "))).hasSize(4);
  }

  @Test
  void anUnknownPaperIsAnsweredWithThoseThereAre() throws Exception {
    Spawned run = reprise("reproduce", "chincilla");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .matches(
            "reprise: no reproduction of 'chincilla'; there are: ([a-z0-9-]+, )*chinchilla(,"
                + " [a-z0-9-]+)*\\R");
  }

  @Test
  void doctorNamesJdkBackendAndSpeed() throws Exception {
    Spawned doctor = reprise("doctor");
    assertThat(doctor.status()).as(doctor.err()).isZero();
    assertThat(doctor.out())
        .containsPattern("jdk +.*2[5-9]\\.")
        .containsPattern("backend +cpu ")
        .containsPattern("speed +[0-9.]+ GFLOP/s a thread and [0-9.]+ us a step, measured")
        .contains("data      REPRISE_DATA is not set");
  }

  @Test
  void aBenchmarkTakesItsOwnOptions() throws Exception {
    Spawned bench =
        reprise(
            "bench",
            "gpt",
            "--d",
            "16",
            "--layers",
            "1",
            "--heads",
            "1",
            "--ctx",
            "16",
            "--batch",
            "2",
            "--vocab",
            "32",
            "--steps",
            "2",
            "--warm",
            "1",
            "--json");
    assertThat(bench.status()).as(bench.err()).isZero();
    JsonObject json = JsonParser.parseString(bench.out()).getAsJsonObject();
    assertThat(json.toString()).contains("\"d\":16");
    Spawned nothing = reprise("bench");
    assertThat(nothing.status()).isEqualTo(2);
    assertThat(nothing.err())
        .startsWith(
            "say what to measure: gpt, gemm, mlpzoo, cnn, decode, peer, fit, store or kernel");
  }

  @Test
  void aScriptOfBareLinesPrintsItsLastValue() throws Exception {
    Path script = folder.resolve("bare.java");
    Files.writeString(script, "var c = flops(6e19);\nSystem.out.println(c);\nwidths(8, 16)\n");
    Spawned run = reprise("run", script.toString());
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo("6e19 FLOP\nwidths(8, 16)\n");
  }

  @Test
  void aScriptWithAMainMethodRunsIt() throws Exception {
    Path script = folder.resolve("Whole.java");
    Files.writeString(
        script,
        """
        import static reprise.dsl.Reprise.*;

        void main() {
          System.out.println(flops(2 * million()));
        }

        double million() {
          return 1e6;
        }
        """);
    Spawned run = reprise("run", script.toString());
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo("2e6 FLOP\n");
  }

  @Test
  void anErrorInAScriptNamesFileAndLine() throws Exception {
    Path script = folder.resolve("broken.java");
    Files.writeString(script, "var a = flops(1e9);\nvar b = flops(-1);\n");
    Spawned run = reprise("run", script.toString());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .contains("flops must be a positive number of FLOP, got -1")
        .contains("broken.java")
        .contains("line 2");
    Spawned missing = reprise("run", folder.resolve("nothing.java").toString());
    assertThat(missing.err())
        .isEqualTo("reprise: no file " + folder.resolve("nothing.java") + "\n");
  }

  private static Map<String, JsonObject> verdicts(JsonObject json) {
    Map<String, JsonObject> byClaim = new HashMap<>();
    for (JsonElement v : json.getAsJsonArray("verdicts")) {
      byClaim.put(v.getAsJsonObject().get("claim").getAsString(), v.getAsJsonObject());
    }
    return byClaim;
  }

  private static Map<String, String> verdictWords(JsonObject card) {
    Map<String, String> words = new HashMap<>();
    List<JsonElement> claims =
        StreamSupport.stream(card.getAsJsonArray("claims").spliterator(), false).toList();
    for (JsonElement c : claims) {
      JsonElement verdict = c.getAsJsonObject().get("verdict");
      if (!verdict.isJsonNull()) {
        words.put(c.getAsJsonObject().get("claim").getAsString(), verdict.getAsString());
      }
    }
    return words;
  }

  private static String word(JsonObject verdict) {
    return verdict.get("verdict").getAsString();
  }
}
