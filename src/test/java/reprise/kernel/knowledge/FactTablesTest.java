package reprise.kernel.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.dsl.knowledge.BioD;
import reprise.dsl.knowledge.BioS;
import reprise.dsl.knowledge.Biography;
import reprise.dsl.knowledge.Biography.Attribute;
import reprise.dsl.knowledge.Biography.Slot;
import reprise.dsl.knowledge.ValueLists;

/** Who the people are: names, values, sentences, spans. */
@Tag("unit")
class FactTablesTest {
  private static final Crowd CROWD = new Crowd(50, 7, true);

  private static Set<List<Integer>> rows(int[] table, int columns, int from, int to) {
    Set<List<Integer>> rows = new HashSet<>();
    for (int n = 0; n < table.length / columns; n++) {
      List<Integer> row = new ArrayList<>();
      for (int i = from; i < to; i++) {
        row.add(table[n * columns + i]);
      }
      rows.add(row);
    }
    return rows;
  }

  @Test
  void theReducedSetIsWhatItsFormulaSays() {
    BioD mini = BioD.mini(300);
    FactTables t = BioDTables.of(mini, Crowd.NONE, 5);
    assertThat(t.vocabulary()).hasSize(39).hasSize(mini.vocabulary(false));
    assertThat(t.set().tokens()).isEqualTo(22).isEqualTo(mini.tokens());
    assertThat(rows(t.heads(), 5, 1, 5)).hasSize(300);
    assertThat(Arrays.stream(t.values())).hasSize(300 * 12).allMatch(v -> v >= 1 && v <= 32);
    // attribute token 33 + k, then values 2 k and 2 k + 1; 12 is nothing
    assertThat(Arrays.copyOf(t.forms(), 6)).containsExactly(13 + 33, 0, 1, 13 + 34, 2, 3);
    assertThat(BioDTables.of(mini, Crowd.NONE, 5).values()).isEqualTo(t.values());
    assertThat(BioDTables.of(mini, Crowd.NONE, 6).values()).isNotEqualTo(t.values());
  }

  /** Chunks of four of 32 symbols a piece: at most D = 3 different strings an attribute. */
  @Test
  void chunksComeFromTheDiversitySetOfTheirAttribute() {
    BioD facts = BioD.mini(400).attributes(2).chunks(2).diversity(3).length(4);
    FactTables t = BioDTables.of(facts, Crowd.NONE, 1);
    Set<List<Integer>> first = rows(t.values(), 16, 0, 4);
    first.addAll(rows(t.values(), 16, 4, 8));
    assertThat(first).hasSize(3);
    assertThat(rows(t.values(), 16, 8, 12)).hasSize(3).isNotEqualTo(first);
  }

  @Test
  void marksStandBeforeThoseWhoCount() {
    FactTables t = BioDTables.of(BioD.mini(20), CROWD, 1);
    assertThat(t.set().told()).isEqualTo(70);
    assertThat(rows(t.heads(), 5, 1, 5)).hasSize(70);
    for (int n = 0; n < 70; n++) {
      assertThat(t.heads()[5 * n]).isEqualTo(n < 20 ? 39 : 0);
    }
    assertThat(t.vocabulary().get(39)).isEqualTo("<domain>");
  }

  /** Column sums: four name tokens, twelve value tokens, six first chunks, two tokens a value. */
  @Test
  void spansMarkEachTokenOnce() {
    FactTables t = BioDTables.of(BioD.mini(20), Crowd.NONE, 1);
    double[] sums = new double[9];
    for (int i = 0; i < t.spans().length; i++) {
      sums[i % 9] += t.spans()[i];
    }
    assertThat(sums).containsExactly(4, 12, 6, 2, 2, 2, 2, 2, 2);
  }

  @Test
  void namesMustBeStringsOfSymbols() {
    assertThatThrownBy(() -> BioDTables.of(new BioD(5, 1000, 1, 1, 2, 1, 32), Crowd.NONE, 1))
        .hasMessage(
            "bioD: names are strings of symbols, so N_0 must be a power of T = 32, got 1000.0");
  }

  @Test
  void biographiesHaveThePublishedSizes() {
    ValueLists lists = ValueLists.generated();
    assertThat(Set.copyOf(lists.first())).hasSize(400);
    assertThat(Set.copyOf(lists.middle())).hasSize(400);
    assertThat(Set.copyOf(lists.last())).hasSize(1000);
    assertThat(Set.copyOf(Biography.MONTHS)).hasSize(12);
    assertThat(Set.copyOf(Biography.DAYS)).hasSize(28);
    assertThat(Set.copyOf(Biography.YEARS)).hasSize(200);
    assertThat(Set.copyOf(lists.cities())).hasSize(200);
    assertThat(Set.copyOf(lists.universities())).hasSize(300);
    assertThat(Set.copyOf(lists.majors())).hasSize(100);
    assertThat(Set.copyOf(lists.employers())).hasSize(263);
    assertThat(Set.copyOf(lists.workplaces())).hasSize(133);
    for (Attribute a : Attribute.values()) {
      assertThat(new HashSet<>(Biography.wordings(a))).hasSize(50);
      for (List<String> wording : Biography.wordings(a)) {
        for (Slot slot : a.slots()) {
          assertThat(wording).contains("$" + slot);
        }
      }
    }
  }

  /** Otherwise whoever knows the value would still have to guess the wording. */
  @Test
  void theWordsBeforeAValueLeaveNothingElseToCome() {
    Map<List<String>, Set<String>> next = new HashMap<>();
    for (Attribute a : Attribute.values()) {
      for (List<String> wording : Biography.wordings(a)) {
        for (int i = 0; i < wording.size(); i++) {
          next.computeIfAbsent(wording.subList(0, i), before -> new HashSet<>())
              .add(wording.get(i));
        }
      }
    }
    Set<String> values =
        Arrays.stream(Attribute.values())
            .flatMap(a -> a.slots().stream())
            .map(slot -> "$" + slot)
            .collect(Collectors.toSet());
    assertThat(values).hasSize(8);
    next.forEach((before, words) -> {
      if (words.stream().anyMatch(values::contains)) {
        assertThat(words).as("after " + String.join(" ", before)).hasSize(1);
      }
    });
  }

  @Test
  void theEmployerDecidesTheWorkingCity() {
    BioS facts = new BioS(2000);
    FactTables t = BioSTables.of(facts, Crowd.NONE, 2);
    assertThat(t.vocabulary()).hasSize(facts.vocabulary(false));
    assertThat(t.set().tokens()).isEqualTo(facts.tokens());
    int columns = Slot.values().length;
    int employer = Slot.EMPLOYER.ordinal();
    assertThat(rows(t.values(), columns, employer, employer + 1)).hasSize(263);
    assertThat(rows(t.values(), columns, employer, employer + 2)).hasSize(263);
    assertThat(rows(t.values(), columns, employer + 1, employer + 2)).hasSize(133);
    assertThat(rows(t.heads(), 5, 1, 4)).hasSize(2000);
    // the pronoun of the head is that of the sentences
    for (int n = 0; n < 2000; n++) {
      assertThat(t.heads()[5 * n + 4]).isEqualTo(t.values()[n * columns]);
    }
  }
}
