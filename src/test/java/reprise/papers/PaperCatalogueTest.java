package reprise.papers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.dsl.claim.Catalogue;
import reprise.dsl.claim.Entry;

@Tag("unit")
class PaperCatalogueTest {
  @Test
  void everyPaperOfTheCatalogueIsThereOnce() {
    List<Entry> all = Catalogue.all();
    assertThat(all).hasSize(212);
    Set<String> slugs = new HashSet<>();
    Set<String> ids = new HashSet<>();
    for (Entry entry : all) {
      assertThat(slugs.add(entry.slug())).as(entry.slug()).isTrue();
      assertThat(ids.add(entry.arxiv())).as(entry.slug()).isTrue();
      assertThat(entry.arxiv()).matches("\\d{4}\\.\\d{4,5}");
      assertThat(entry.year()).isBetween(2010, 2026);
      assertThat(entry.claim().length()).as(entry.slug()).isGreaterThan(20);
      assertThat(entry.minutes()).isPositive();
    }
    assertThat(all.stream().filter(e -> !e.certain())).hasSize(61);
    assertThat(all.stream().filter(e -> e.reach() == Entry.Reach.CARD)).hasSize(55);
    assertThat(all.stream().filter(e -> e.reach() == Entry.Reach.CORE)).hasSize(9);
  }

  @Test
  void wordsAreFoundWhateverTheirCase() {
    assertThat(Catalogue.all().stream().filter(e -> e.mentions(List.of("parallel", "STREAMS"))))
        .extracting(Entry::arxiv)
        .contains("2505.10475");
  }

  @Test
  void aLineThatCannotBeUsedIsNamed() {
    assertThatThrownBy(() -> PaperCatalogue.parse("# a\nx\ty\n"))
        .hasMessage("catalogue.tsv, line 2: 2 fields, expected 12");
    assertThatThrownBy(() ->
            PaperCatalogue.parse("s\tt\t2024-01-01\t2401.00001\tsure\tf\tone\tc\te\tLM\t5\tnone"))
        .hasMessageStartingWith("catalogue.tsv, line 1 (s): ");
  }
}
