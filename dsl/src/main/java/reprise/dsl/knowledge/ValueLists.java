package reprise.dsl.knowledge;

import java.util.HashSet;
import java.util.List;

/**
 * What names and values of bioS are drawn from, in the sizes that arXiv 2404.05405, section 2.2,
 * gives, since the bits of definition 4.3 count them: 400, 400 and 1000 names, 200 cities of birth,
 * 300 universities, 100 majors, 263 employers in 133 cities.
 *
 * @param first names
 * @param middle names
 * @param last names
 * @param cities of birth
 * @param universities where people studied
 * @param majors what they studied
 * @param employers whom they worked for
 * @param workplaces where, one city for each employer in the order of employers
 */
public record ValueLists(
    List<String> first,
    List<String> middle,
    List<String> last,
    List<String> cities,
    List<String> universities,
    List<String> majors,
    List<String> employers,
    List<String> workplaces) {
  static final int EMPLOYERS = 263;

  /** Cities in which employers are. */
  static final int WORKING_CITIES = 133;

  /**
   * Lists of those sizes.
   *
   * @throws IllegalArgumentException naming the list that has another size or says a value twice
   */
  public ValueLists {
    first = different("first names", 400, first);
    middle = different("middle names", 400, middle);
    last = different("last names", 1000, last);
    cities = different("birth cities", 200, cities);
    universities = different("universities", 300, universities);
    majors = different("majors", 100, majors);
    employers = different("employers", EMPLOYERS, employers);
    workplaces = List.copyOf(workplaces);
    if (workplaces.size() != EMPLOYERS || new HashSet<>(workplaces).size() != WORKING_CITIES) {
      throw new IllegalArgumentException(
          "bioS: expected a city for each of the 263 employers, 133 different ones, got "
              + workplaces.size()
              + " with "
              + new HashSet<>(workplaces).size()
              + " different ones");
    }
  }

  private static List<String> different(String what, int size, List<String> values) {
    int distinct = new HashSet<>(values).size();
    if (values.size() != size || distinct != size) {
      throw new IllegalArgumentException(
          "bioS: expected "
              + size
              + " different "
              + what
              + ", which its bits count, got "
              + values.size()
              + (distinct == values.size() ? "" : ", of which " + distinct + " differ"));
    }
    return List.copyOf(values);
  }

  /** All lists. */
  List<List<String>> all() {
    return List.of(first, middle, last, cities, universities, majors, employers, workplaces);
  }

  /** Our own, from syllables; employer i is in city i modulo 133. */
  public static ValueLists generated() {
    return GeneratedLists.ALL;
  }
}
