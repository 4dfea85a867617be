package reprise.kernel.knowledge;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import reprise.dsl.RunFailure;
import reprise.dsl.data.Columns;
import reprise.dsl.data.DataSet;
import reprise.dsl.knowledge.ValueLists;
import reprise.kernel.data.DataSets;

/**
 * The value lists of bioS as its authors published them (Apache-2.0): entries of the registry, each
 * a text file of one value a line. Employers stand with their city: {@code name; city, state}.
 */
final class PublishedLists {
  /** Each list of the origin. */
  static final DataSet FIRST =
      list("first_name", 3_194, "957f94f7d78a3fc45709517a4389ff1943ff8ae843eb0fab1af81587fbcf16bc");

  static final DataSet MIDDLE =
      list(
          "middle_name", 3_159, "95a8ec088fb4ed39809052006b96aaf62985ecb1dee360312434c10b8aeca544");

  static final DataSet LAST =
      list("last_name", 8_180, "591e196c3213f31ebc1d2686edfe1366892624f59ab96ab73ee489bcd2dc1e27");

  static final DataSet CITIES =
      list("city", 2_963, "7e9d73759976692c014f1437b92d28359783bf65d00b6ed8f4516f4b978c9e0f");

  static final DataSet UNIVERSITIES =
      list("university", 8_711, "975ca8640a66fa2a8cd42e88567257a2683a233c6db570be3a500643e3203703");

  /** Majors. */
  static final DataSet FIELDS =
      list("field", 1_638, "5764b044a4a0f87950d03f7b47feec6243da035cae11e806deef326870b41808");

  static final DataSet COMPANIES =
      list("company", 7_350, "e5f1fd6b609a47c79b58ca11da14bbd97da00ad0580ecefcfe49e656f174aa94");

  private PublishedLists() {}

  private static DataSet list(String name, long bytes, String sha256) {
    String file = name + ".txt";
    return new DataSet(
        "bioS-" + name,
        "Allen-Zhu 2025, PhysicsLM4, value lists of bioS",
        "Apache-2.0",
        URI.create(
            "https://raw.githubusercontent.com/facebookresearch/PhysicsLM4/"
                + "75806965208c55e9f7f2e2363d3793d2da75d2e4/"
                + "data-synthetic-pretrain/Capo-bioS-bioR/fields/"
                + file),
        List.of(
            new DataSet.Form(file, bytes, sha256, new Columns.Lines()),
            new DataSet.Form("fields/" + file, bytes, sha256, new Columns.Lines())));
  }

  /**
   * The lists.
   *
   * @throws reprise.dsl.DataMissing where a file cannot be had
   * @throws RunFailure where a file is not the one that was published
   */
  static ValueLists read(DataSets registry) {
    List<String> employers = new ArrayList<>();
    List<String> workplaces = new ArrayList<>();
    Path companies = registry.find(COMPANIES).path();
    for (String line : lines(companies)) {
      String[] sides = line.split(";", -1);
      if (sides.length != 2) {
        throw new RunFailure(
            companies + ": expected lines 'employer; city, state', got '" + line + "'");
      }
      employers.add(sides[0].strip());
      workplaces.add(sides[1].strip());
    }
    return new ValueLists(
        values(registry, FIRST),
        values(registry, MIDDLE),
        values(registry, LAST),
        values(registry, CITIES),
        values(registry, UNIVERSITIES),
        values(registry, FIELDS),
        employers,
        workplaces);
  }

  private static List<String> values(DataSets registry, DataSet list) {
    return lines(registry.find(list).path());
  }

  private static List<String> lines(Path file) {
    try (var lines = Files.lines(file)) {
      return lines.map(String::strip).filter(line -> !line.isEmpty()).toList();
    } catch (IOException failure) {
      throw new RunFailure("a list of values cannot be read: " + file, failure);
    }
  }
}
