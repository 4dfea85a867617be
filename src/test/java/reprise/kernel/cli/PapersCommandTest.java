package reprise.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import reprise.dsl.claim.Catalogue;
import reprise.dsl.claim.Entry;
import reprise.dsl.repro.Reproductions;

/** The catalogue on the command line. */
@Tag("unit")
class PapersCommandTest {
  private record Answer(int status, String out, String err) {}

  private static Answer papers(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    CommandLine line =
        new CommandLine(new PapersCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .setExecutionExceptionHandler((failure, command, parsed) -> {
              err.write(failure.getMessage());
              return 1;
            });
    return new Answer(line.execute(arguments), out.toString(), err.toString());
  }

  @Test
  void withoutOptionsReplayedPapersAndACountOfTheOthers() {
    Answer all = papers();
    assertThat(all.status()).isZero();
    assertThat(all.out())
        .contains("\nchinchilla  Hoffmann")
        .contains("Catalogue of 212 papers:")
        .containsPattern("scaling-laws +\\d+ +\\d+ +\\d+");
  }

  @Test
  void familiesStatusAndWordsNarrowTheList() {
    Answer some = papers("--family", "quantization");
    assertThat(some.out())
        .contains("flatquant")
        .containsPattern("\\b[1-9]\\d? of 212 papers of the catalogue");
    Answer cards = papers("--status", "card");
    assertThat(cards.out()).contains("55 of 212 papers").doesNotContain("chinchilla  Hoffmann");
    Answer found = papers("--search", "kronecker", "affine", "transforms");
    assertThat(found.out()).contains("flatquant");
    assertThat(papers("--status", "replayed").out())
        .contains("chinchilla  Hoffmann")
        .contains("0 of 212 papers");
    assertThat(papers("--status", "opened").err())
        .isEqualTo(
            "no status is called opened. Did you mean open? Choose one of replayed, open, card");
  }

  @Test
  void onePaperIsShownInFull() {
    Answer paper = papers("flatquant");
    assertThat(paper.out())
        .startsWith(
            "FlatQuant: Flatness Matters for LLM Quantization\narXiv 2410.09426, 2024-10-12")
        .contains("status  open: there is no reproduction yet, so it has no verdict");
    assertThat(papers("2410.09426").out()).isEqualTo(paper.out());
    assertThat(papers("mlicv2").out())
        .contains("(the likely id, not checked)")
        .contains("card only: no machine can test the claim itself, so it gets no verdict");
    assertThat(papers("chinchilla").out()).startsWith("chinchilla  Hoffmann");
    assertThat(papers("flatquamt").err())
        .startsWith("no paper is called flatquamt. Did you mean flatquant?");
  }

  @Test
  void jsonHoldsEveryPaper() {
    JsonArray all = JsonParser.parseString(papers("--json").out()).getAsJsonArray();
    List<String> catalogue = Catalogue.all().stream().map(Entry::arxiv).toList();
    long known =
        Reproductions.all().stream()
            .filter(r -> catalogue.contains(r.card().citation().arxiv()))
            .count();
    long others = Reproductions.all().size() - known;
    assertThat(catalogue).hasSize(212);
    assertThat(all).hasSize((int) (212 + others));
    int open = 0;
    for (JsonElement paper : all) {
      String status = paper.getAsJsonObject().get("status").getAsString();
      open += status.equals("open") ? 1 : 0;
      assertThat(paper.getAsJsonObject().get("summary").getAsString()).isNotBlank();
    }
    // 55 of the catalogue are cards only
    assertThat(open).isEqualTo((int) (212 - 55 - known));
  }
}
