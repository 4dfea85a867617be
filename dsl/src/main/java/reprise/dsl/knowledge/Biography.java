package reprise.dsl.knowledge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The sentences of bioS, our own: 50 wordings each, as arXiv 2404.05405, section 2.2, says, around
 * the names and values of {@link ValueLists} and 12 x 28 x 200 birth dates. A name or a place is
 * one token. Where a value stands, the words before it leave nothing else to come: its loss is that
 * of not knowing the value, never that of not knowing the wording.
 *
 * <p>A text begins with the full name and the pronoun; six sentences follow.
 */
public final class Biography {
  /** First token, three names, pronoun. */
  public static final int HEAD = 5;

  /** Wordings of a sentence: openings times predicates. */
  public static final int WORDINGS = 50;

  /** First token of a text. */
  public static final String BEGIN = "<s>";

  /** What a person's sentences tell, one after the other in the table of values. */
  public enum Slot {
    THEY,
    MONTH,
    DAY,
    YEAR,
    CITY,
    UNIVERSITY,
    MAJOR,
    EMPLOYER,
    WORKPLACE
  }

  /** What a sentence tells, and the words that are its value. */
  public enum Attribute {
    BIRTH_DATE(Slot.MONTH, Slot.DAY, Slot.YEAR),
    BIRTH_CITY(Slot.CITY),
    UNIVERSITY(Slot.UNIVERSITY),
    MAJOR(Slot.MAJOR),
    EMPLOYER(Slot.EMPLOYER),
    WORKING_CITY(Slot.WORKPLACE);

    private final List<Slot> slots;

    Attribute(Slot... slots) {
      this.slots = List.of(slots);
    }

    /** Its words. */
    public List<Slot> slots() {
      return slots;
    }
  }

  /** Months of birth. */
  public static final List<String> MONTHS =
      List.of(
          "January",
          "February",
          "March",
          "April",
          "May",
          "June",
          "July",
          "August",
          "September",
          "October",
          "November",
          "December");

  /** Days of birth. */
  public static final List<String> DAYS =
      IntStream.rangeClosed(1, 28).mapToObj(d -> d + "").toList();

  /** Years of birth. */
  public static final List<String> YEARS =
      IntStream.range(1900, 2100).mapToObj(y -> y + "").toList();

  /** Pronouns. */
  public static final List<String> PRONOUNS = List.of("she", "he");

  private static final List<String> OPENINGS =
      List.of(
          "", "by all accounts", "as records show ,", "friends recall that", "it is known that");

  private static final Map<Attribute, List<String>> PREDICATES =
      Map.of(
          Attribute.BIRTH_DATE,
          List.of(
              "$THEY was born on $MONTH $DAY , $YEAR .",
              "$THEY came into the world on $MONTH $DAY , $YEAR .",
              "the birthday of this person is $MONTH $DAY , $YEAR .",
              "$THEY celebrates a birthday on $MONTH $DAY and was born in $YEAR .",
              "the day $THEY was born was $MONTH $DAY , $YEAR .",
              "$THEY first saw the light of day on $MONTH $DAY , $YEAR .",
              "$THEY has $MONTH $DAY , $YEAR as date of birth .",
              "life began for this person on $MONTH $DAY , $YEAR .",
              "$THEY was welcomed by a family on $MONTH $DAY , $YEAR .",
              "$THEY entered life on $MONTH $DAY , $YEAR ."),
          Attribute.BIRTH_CITY,
          List.of(
              "$THEY was born in $CITY .",
              "$THEY spent the early years in $CITY .",
              "$THEY hails from $CITY .",
              "$THEY calls $CITY the place of birth .",
              "the place where $THEY was born is $CITY .",
              "$THEY is a native of $CITY .",
              "the story of this person begins in $CITY .",
              "$THEY grew up in $CITY .",
              "$THEY comes from $CITY .",
              "the roots of this person are in $CITY ."),
          Attribute.UNIVERSITY,
          List.of(
              "$THEY studied at $UNIVERSITY .",
              "$THEY graduated from $UNIVERSITY .",
              "$THEY received a degree from $UNIVERSITY .",
              "$THEY attended $UNIVERSITY .",
              "the place where $THEY learned is $UNIVERSITY .",
              "$THEY completed an education at $UNIVERSITY .",
              "$THEY was taught at $UNIVERSITY .",
              "$THEY is an alumnus of $UNIVERSITY .",
              "$THEY owes much to teachers at $UNIVERSITY .",
              "$THEY earned a diploma at $UNIVERSITY ."),
          Attribute.MAJOR,
          List.of(
              "$THEY majored in $MAJOR .",
              "$THEY specialised in $MAJOR .",
              "$THEY took a degree in $MAJOR .",
              "$THEY chose $MAJOR as a field .",
              "the subject that $THEY studied was $MAJOR .",
              "$THEY devoted years to $MAJOR .",
              "$THEY focused on $MAJOR .",
              "$THEY was trained in $MAJOR .",
              "$THEY learned the craft of $MAJOR .",
              "$THEY was a student of $MAJOR ."),
          Attribute.EMPLOYER,
          List.of(
              "$THEY worked for $EMPLOYER .",
              "$THEY was employed at $EMPLOYER .",
              "$THEY built a career at $EMPLOYER .",
              "$THEY held a position at $EMPLOYER .",
              "this person was hired by $EMPLOYER .",
              "$THEY joined $EMPLOYER .",
              "$THEY earned a living at $EMPLOYER .",
              "$THEY was on the staff of $EMPLOYER .",
              "$THEY served $EMPLOYER .",
              "$THEY found work at $EMPLOYER ."),
          Attribute.WORKING_CITY,
          List.of(
              "$THEY worked in $WORKPLACE .",
              "$THEY had an office in $WORKPLACE .",
              "the work of this person was in $WORKPLACE .",
              "$THEY moved to $WORKPLACE for work .",
              "the place where $THEY was employed is $WORKPLACE .",
              "$THEY had a job in $WORKPLACE .",
              "$THEY went to work in $WORKPLACE .",
              "$THEY was based in $WORKPLACE .",
              "$THEY pursued a profession in $WORKPLACE .",
              "$THEY was active in $WORKPLACE ."));

  private Biography() {}

  /** The {@link #WORDINGS} wordings of a sentence: words, and {@code $SLOT} for a person's. */
  public static List<List<String>> wordings(Attribute attribute) {
    List<List<String>> all = new ArrayList<>();
    for (String opening : OPENINGS) {
      for (String predicate : PREDICATES.get(attribute)) {
        all.add(List.of((opening + " " + predicate).strip().split(" ")));
      }
    }
    return all;
  }

  /** Words of the longest wording. */
  public static int longest() {
    return Stream.of(Attribute.values())
        .flatMap(a -> wordings(a).stream())
        .mapToInt(List::size)
        .max()
        .orElseThrow();
  }

  /** All words, each once, by token; {@link #BEGIN} is token 0. */
  public static List<String> vocabulary(ValueLists values) {
    Stream<String> ofSentences =
        Stream.of(Attribute.values())
            .flatMap(a -> wordings(a).stream())
            .flatMap(List::stream)
            .filter(w -> !w.startsWith("$"));
    Stream<List<String>> lists =
        Stream.concat(Stream.of(PRONOUNS, MONTHS, DAYS, YEARS), values.all().stream());
    return Stream.concat(Stream.of(BEGIN), Stream.concat(ofSentences, lists.flatMap(List::stream)))
        .distinct()
        .toList();
  }
}
