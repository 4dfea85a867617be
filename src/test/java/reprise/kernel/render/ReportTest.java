package reprise.kernel.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.dsl.claim.Interval;
import reprise.dsl.claim.Measured;
import reprise.dsl.claim.Verdict;
import reprise.dsl.repro.Reproduced;
import reprise.dsl.repro.Scale;

@Tag("unit")
class ReportTest {
  private static final Reproduced PAPER = InventedPaper.reproduced();
  private static final String HTML = Report.html(PAPER);

  @Test
  void thePageNeedsNothingElse() {
    assertThat(HTML).startsWith("<!DOCTYPE html>");
    Matcher links = Pattern.compile("(?:src|href)=\"([^\"]*)\"").matcher(HTML);
    while (links.find()) {
      assertThat(links.group(1)).matches("(?s)data:.*|https://arxiv\\.org/abs/.*|#.*");
    }
    assertThat(HTML).doesNotContain("<script", "@import", "url(http");
    assertThat(HTML.length()).isLessThan(1_500_000);
  }

  @Test
  void itReadsLikeAPaper() {
    assertThat(HTML)
        .contains("<h1>Training Compute-Optimal Large Language Models</h1>")
        .contains(
            "of 5 claims 2 supported, 1 contradicted, 1 inconclusive and 1 out of reach.",
            "https://arxiv.org/abs/2404.10102",
            "<h2>1. Refit</h2>",
            "<h2>3. Retrain valley</h2>")
        .contains("./reprise reproduce chinchilla --scale laptop")
        .contains("AMD EPYC 7B13, 2 cores", "Temurin 25.0.3", "CC BY 4.0", "5d5d5d5d")
        .contains("d32-t400-s0", "c41dc41d");
    assertThat(HTML.indexOf("Verdicts")).isLessThan(HTML.indexOf("1. Refit"));
  }

  @Test
  void everyVerdictHasItsBadgeAndItsSign() {
    assertThat(HTML)
        .contains(
            "<span class=\"b supported\">✓ supported</span>",
            "<span class=\"b contradicted\">✗ contradicted</span>",
            "<span class=\"b inconclusive\">? inconclusive</span>",
            "<span class=\"b far\">– out of reach</span>")
        .contains("[0.331, 0.4094] excludes 0.28");
  }

  @Test
  void whatComesFromOutsideIsEscaped() {
    assertThat(HTML)
        .contains("&lt;novel.txt&gt; &amp; its checksum", "&lt;&amp; &quot;ours&quot;&gt;")
        .contains("loss &lt;nats&gt;")
        .doesNotContain("<novel", "<& ", "loss <nats>");
    assertThat(Html.escape("<a href='x'>&\"")).isEqualTo("&lt;a href=&#39;x&#39;&gt;&amp;&quot;");
  }

  @Test
  void figuresAreThereForLightAndForDark() throws Exception {
    Matcher light =
        Pattern.compile("<div class=\"on-light\">(<svg.*?</svg\\s*>)", 32).matcher(HTML);
    Matcher dark = Pattern.compile("<div class=\"on-dark\">(<svg.*?</svg\\s*>)", 32).matcher(HTML);
    int count = 0;
    while (light.find() && dark.find()) {
      assertThat(ChartsTest.texts(dark.group(1))).isEqualTo(ChartsTest.texts(light.group(1)));
      assertThat(dark.group(1)).contains("rgb(22,25,29)");
      count++;
    }
    assertThat(count).isEqualTo(5);
    assertThat(HTML).contains("prefers-color-scheme:dark", "@media print");
  }

  @Test
  void aPartThatCouldNotRunSaysWhy() {
    assertThat(HTML).contains("Not run: the data set &#39;novel&#39; is missing");
    assertThat(Report.markdown(PAPER)).contains("Not run: the data set 'novel' is missing");
  }

  @Test
  void theRecordIsJsonWithNumbersAndNulls() {
    JsonObject json = JsonParser.parseString(Report.json(PAPER)).getAsJsonObject();
    assertThat(json.get("paper").getAsString()).isEqualTo("chinchilla");
    assertThat(json.get("scale").getAsString()).isEqualTo("laptop");
    assertThat(json.get("backend").getAsString()).isEqualTo("cpu avx2 f32");
    assertThat(json.get("seconds").getAsDouble()).isEqualTo(247.3);
    var verdicts = json.getAsJsonArray("verdicts");
    assertThat(verdicts).hasSize(5);
    JsonObject beta = verdicts.get(1).getAsJsonObject();
    assertThat(beta.keySet())
        .containsExactly(
            "claim", "verdict", "paper", "measured", "low", "high", "rule", "reason", "sentence");
    assertThat(beta.get("paper").getAsDouble()).isEqualTo(.28);
    assertThat(beta.get("measured").getAsDouble()).isEqualTo(.36719);
    assertThat(beta.get("low").getAsDouble()).isEqualTo(.331);
    assertThat(beta.get("high").getAsDouble()).isEqualTo(.4094);
    JsonObject valley = verdicts.get(3).getAsJsonObject();
    for (String missing : List.of("paper", "measured", "low", "high")) {
      assertThat(valley.get(missing).isJsonNull()).as(missing).isTrue();
    }
    var runs = json.getAsJsonArray("runs");
    assertThat(runs).hasSize(3);
    assertThat(runs.get(0).getAsJsonObject().get("id").getAsString()).isEqualTo("d16-t400-s0");
    assertThat(runs.get(2).getAsJsonObject().get("digest").isJsonNull()).isTrue();
    var provenance = json.getAsJsonArray("provenance");
    assertThat(provenance.get(0).getAsJsonObject().get("plan").getAsString()).contains("24 runs");
    assertThat(provenance.get(2).getAsJsonObject().get("failure").getAsString())
        .contains("<novel.txt>");
  }

  @Test
  void infiniteEndsAreNullAndNaNIsNeverPrinted() {
    var claim = PAPER.card().claim("refit-alpha");
    var open =
        Measured.of(.3, new Interval(.2, Double.POSITIVE_INFINITY, .95, "one-sided"), "by hand");
    var odd =
        new Reproduced(
            PAPER.card(),
            Scale.SMOKE,
            List.of(),
            List.of(new Verdict.Supported(claim, Optional.of(open), "fine")),
            Double.NaN);
    String json = Report.json(odd);
    assertThat(json).contains("\"high\": null", "\"seconds\": null").doesNotContain("NaN");
    assertThat(Report.html(odd)).doesNotContain("NaN").contains("nothing was computed");
  }

  @Test
  void theMarkdownHasTheSameVerdicts() {
    assertThat(Report.markdown(PAPER))
        .startsWith("# Training Compute-Optimal Large Language Models\n")
        .contains(
            "| ✗ contradicted | The exponent of data is 0.28, as printed by Hoffmann et al. | 0.28"
                + " | 0.36719 \\[0.331, 0.4094\\] |")
        .contains("inside the sizes \\<& \"ours\"\\>.")
        .contains("](retrain-isoflop-valleys.svg)")
        .contains("```sh\n./reprise plan chinchilla --scale laptop\n");
  }

  @Test
  void aFolderHoldsEverything(@TempDir Path folder) throws Exception {
    Report.write(PAPER, folder);
    try (var files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .contains("report.html", "report.md", "record.json", "retrain-isoflop-valleys.svg")
          .contains("retrain-isoflop-valleys.png")
          .hasSize(13);
    }
  }
}
