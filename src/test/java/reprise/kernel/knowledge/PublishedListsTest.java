package reprise.kernel.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.dsl.DataMissing;
import reprise.dsl.RunFailure;
import reprise.dsl.data.DataSet;
import reprise.dsl.knowledge.BioS;
import reprise.dsl.knowledge.Biography;
import reprise.dsl.knowledge.Biography.Slot;
import reprise.dsl.knowledge.ValueLists;
import reprise.kernel.data.DataSets;
import reprise.kernel.data.Home;
import reprise.kernel.data.PointTable;

/** The value lists that the authors of bioS published: found, checked, refused. */
@Tag("unit")
class PublishedListsTest {
  @TempDir Path folder;

  private DataSets registry(Path provided) {
    return new DataSets(Optional.of(provided), folder.resolve("cache"), false, said -> {});
  }

  @Test
  void whatIsMissingIsNamedWithItsOriginAndLicence() {
    assertThatThrownBy(() -> PublishedLists.read(registry(folder)))
        .isInstanceOf(DataMissing.class)
        .hasMessage(
            "data set bioS-company is missing: company.txt (Allen-Zhu 2025, PhysicsLM4, value lists"
                + " of bioS; licence: Apache-2.0). Looked in the folder of REPRISE_DATA, "
                + folder
                + "; the cache, "
                + folder.resolve("cache")
                + "; its origin, not asked since REPRISE_NETWORK is off. Get"
                + " https://raw.githubusercontent.com/facebookresearch/PhysicsLM4/"
                + "75806965208c55e9f7f2e2363d3793d2da75d2e4/data-synthetic-pretrain/"
                + "Capo-bioS-bioR/fields/company.txt and put it into a folder that REPRISE_DATA"
                + " names");
  }

  @Test
  void anotherListUnderTheSameNameIsRefused() throws IOException {
    Path file = Files.createDirectories(folder.resolve("fields")).resolve("company.txt");
    Files.writeString(file, "Somebody; Somewhere, XY\n");
    assertThatThrownBy(() -> PublishedLists.read(registry(folder)))
        .isInstanceOf(RunFailure.class)
        .isNotInstanceOf(DataMissing.class)
        .hasMessageContaining(
            "data set bioS-company: " + file + " is not the file the registry describes: SHA-256 ");
    Path list = Files.writeString(folder.resolve("city.txt"), "Somewhere, XY\n");
    assertThatThrownBy(() -> PointTable.read(list, PublishedLists.CITIES.originForm().columns()))
        .hasMessage(list + " is a list of words, one a line: it holds no points to fit");
  }

  @Test
  void listsOfOtherSizesAreRefused() {
    ValueLists own = ValueLists.generated();
    assertThatThrownBy(() -> with(own, own.majors().subList(0, 99), own.workplaces()))
        .hasMessage("bioS: expected 100 different majors, which its bits count, got 99");
    List<String> twice = new ArrayList<>(own.majors());
    twice.set(1, twice.get(0));
    assertThatThrownBy(() -> with(own, twice, own.workplaces()))
        .hasMessage(
            "bioS: expected 100 different majors, which its bits count, got 100, of which 99 differ");
    assertThatThrownBy(() -> with(own, own.majors(), own.employers()))
        .hasMessage(
            "bioS: expected a city for each of the 263 employers, 133 different ones, got 263 with"
                + " 263 different ones");
  }

  private static ValueLists with(ValueLists own, List<String> majors, List<String> workplaces) {
    return new ValueLists(
        own.first(),
        own.middle(),
        own.last(),
        own.cities(),
        own.universities(),
        majors,
        own.employers(),
        workplaces);
  }

  @Test
  void everyFileIsInTheRegistryOnce() {
    List<DataSet> all =
        List.of(
            PublishedLists.FIRST,
            PublishedLists.MIDDLE,
            PublishedLists.LAST,
            PublishedLists.CITIES,
            PublishedLists.UNIVERSITIES,
            PublishedLists.FIELDS,
            PublishedLists.COMPANIES);
    assertThat(all).extracting(DataSet::id).doesNotHaveDuplicates();
    assertThat(all).extracting(d -> d.originForm().sha256()).doesNotHaveDuplicates();
    assertThat(all).allMatch(d -> d.origin().getPath().endsWith("/" + d.originForm().file()));
  }

  /** The published lists themselves; they are not part of Reprise. */
  @Test
  void peopleLiveInThePublishedCities() {
    assumeTrue(
        Home.provided().filter(p -> Files.exists(p.resolve("fields/city.txt"))).isPresent(),
        "the published lists are not part of Reprise: set REPRISE_DATA to check them");
    ValueLists lists = PublishedLists.read(registry(Home.provided().orElseThrow()));
    assertThat(lists.cities()).startsWith("New York City, NY").contains("Winston\u2013Salem, NC");
    assertThat(lists.workplaces().get(lists.employers().indexOf("3M"))).isEqualTo("Maplewood, MN");
    BioS facts = new BioS(300).withPublishedLists();
    assertThat(facts.vocabulary(false)).isEqualTo(Biography.vocabulary(lists).size());
    FactTables t = BioSTables.of(facts, Crowd.NONE, 1, lists);
    assertThat(t.vocabulary()).hasSize(facts.vocabulary(false));
    int columns = Slot.values().length;
    assertThat(Arrays.stream(t.values()).boxed().toList())
        .hasSize(300 * columns)
        .allMatch(v -> v > 0 && v < t.vocabulary().size());
    for (int n = 0; n < 300; n++) {
      String employer = t.vocabulary().get(t.values()[n * columns + Slot.EMPLOYER.ordinal()]);
      String city = t.vocabulary().get(t.values()[n * columns + Slot.WORKPLACE.ordinal()]);
      assertThat(city).isEqualTo(lists.workplaces().get(lists.employers().indexOf(employer)));
    }
    assertThat(facts.bits()).isEqualTo(new BioS(300).bits());
    assertThat(facts.label()).isEqualTo("bioS(300, published lists)");
    assertThat(facts.id()).isEqualTo("bioS300pub");
    assertThat(facts.withGeneratedLists()).isEqualTo(new BioS(300));
  }
}
