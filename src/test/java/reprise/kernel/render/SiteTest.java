package reprise.kernel.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.dsl.claim.Catalogue;
import reprise.dsl.claim.Entry;
import reprise.dsl.repro.Reproduced;

@Tag("unit")
class SiteTest {
  private static final Reproduced PAPER = InventedPaper.reproduced();

  @TempDir Path folder;

  @Test
  void everyLinkOfTheIndexLeadsSomewhere() throws Exception {
    List<Path> pages = Site.write(List.of(PAPER), Catalogue.all(), "1.2.3", folder);
    assertThat(pages)
        .containsExactly(folder.resolve("index.html"), folder.resolve("chinchilla.html"));
    String index = Files.readString(pages.getFirst());
    Matcher links = Pattern.compile("(?:src|href)=\"([^\"]*)\"").matcher(index);
    int own = 0;
    while (links.find()) {
      if (!links.group(1).startsWith("https://arxiv.org/abs/")) {
        assertThat(folder.resolve(links.group(1))).isRegularFile();
        own++;
      }
    }
    assertThat(own).isEqualTo(3);
    assertThat(Files.readString(pages.getLast())).isEqualTo(Report.html(PAPER));
  }

  @Test
  void everyPaperOfTheCatalogueStandsOnceAndNothingPretends() {
    List<Entry> catalogue = Catalogue.all();
    String index = SiteIndex.html(List.of(PAPER), catalogue, "1.2.3");
    long replayed =
        catalogue.stream().filter(e -> e.arxiv().equals(PAPER.card().citation().arxiv())).count();
    assertThat(index.split("<details class=\"paper\"", -1))
        .hasSize(catalogue.size() + 1 - (int) replayed);
    assertThat(index.split("<article", -1)).hasSize(2);
    long cards = catalogue.stream().filter(e -> e.reach() == Entry.Reach.CARD).count();
    assertThat(index.split(">no machine can test it<", -1)).hasSize((int) cards + 1);
    assertThat(index)
        .contains("<span class=\"b supported\">✓ 2 supported</span>")
        .contains("<span class=\"b contradicted\">✗ 1 contradicted</span>")
        .contains("1 paper has a verdict on each of its claims")
        .contains(catalogue.size() + " papers are in the catalogue");
  }
}
