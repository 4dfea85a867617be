package reprise.kernel.knowledge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import reprise.dsl.knowledge.BioS;
import reprise.dsl.knowledge.Biography;
import reprise.dsl.knowledge.Biography.Attribute;
import reprise.dsl.knowledge.Biography.Slot;
import reprise.dsl.knowledge.ValueLists;
import reprise.kernel.data.DataSets;
import reprise.tensor.model.FactSet;

/**
 * The tables of bioS(N) (arXiv 2404.05405, section 2.2) in the words of {@link Biography}. The
 * working city counts together with the employer that decides it: whichever is told first, the two
 * losses add up to that of the employer.
 */
final class BioSTables {
  private static final int NAMES_STREAM = 110;
  private static final int VALUES_STREAM = 111;

  private final BioS facts;
  private final Crowd crowd;
  private final long seed;
  private final ValueLists lists;
  private final List<String> vocabulary;
  private final Map<String, Integer> tokens = new HashMap<>();

  private BioSTables(BioS facts, Crowd crowd, long seed, ValueLists lists) {
    this.facts = facts;
    this.crowd = crowd;
    this.seed = seed;
    this.lists = lists;
    List<String> words = new ArrayList<>(Biography.vocabulary(lists));
    if (crowd.marked()) {
      words.add("<domain>");
    }
    this.vocabulary = List.copyOf(words);
    for (int i = 0; i < vocabulary.size(); i++) {
      tokens.put(vocabulary.get(i), i);
    }
  }

  /**
   * The people of a seed.
   *
   * @throws reprise.dsl.DataMissing where the published lists are asked for and cannot be had
   */
  static FactTables of(BioS facts, Crowd crowd, long seed) {
    ValueLists lists =
        switch (facts.lists()) {
          case GENERATED -> ValueLists.generated();
          case PUBLISHED -> PublishedLists.read(DataSets.standard());
        };
    return of(facts, crowd, seed, lists);
  }

  /** The same with lists that are already read. */
  static FactTables of(BioS facts, Crowd crowd, long seed, ValueLists lists) {
    return new BioSTables(facts, crowd, seed, lists).build();
  }

  /** The sizes alone. */
  static FactSet sizes(BioS facts, Crowd crowd) {
    return new FactSet(
        facts.people(),
        Biography.HEAD,
        Slot.values().length,
        Attribute.values().length,
        Biography.WORDINGS,
        Biography.longest(),
        facts.simple(),
        true,
        crowd.others(),
        crowd.inStep());
  }

  private FactTables build() {
    FactSet set = sizes(facts, crowd);
    int[] heads = new int[set.told() * set.head()];
    int[] values = new int[set.told() * set.values()];
    people(set, heads, values);
    return new FactTables(set, vocabulary, heads, values, forms(set), spans(set));
  }

  private void people(FactSet set, int[] heads, int[] values) {
    Draws names = new Draws(seed, NAMES_STREAM);
    Draws draws = new Draws(seed, VALUES_STREAM);
    Set<List<Integer>> taken = new HashSet<>();
    int begin = tokens.get(crowd.marked() ? "<domain>" : Biography.BEGIN);
    for (int n = 0; n < set.told(); n++) {
      List<Integer> name;
      do {
        name =
            List.of(
                one(lists.first(), names), one(lists.middle(), names), one(lists.last(), names));
      } while (!taken.add(name));
      int pronoun = one(Biography.PRONOUNS, draws);
      int at = n * set.head();
      heads[at] = n < set.rows() ? begin : tokens.get(Biography.BEGIN);
      for (int i = 0; i < name.size(); i++) {
        heads[at + 1 + i] = name.get(i);
      }
      heads[at + 4] = pronoun;
      int[] row = person(pronoun, draws);
      System.arraycopy(row, 0, values, n * set.values(), row.length);
    }
  }

  private int[] person(int pronoun, Draws draws) {
    int[] row = new int[Slot.values().length];
    row[Slot.THEY.ordinal()] = pronoun;
    row[Slot.MONTH.ordinal()] = one(Biography.MONTHS, draws);
    row[Slot.DAY.ordinal()] = one(Biography.DAYS, draws);
    row[Slot.YEAR.ordinal()] = one(Biography.YEARS, draws);
    row[Slot.CITY.ordinal()] = one(lists.cities(), draws);
    row[Slot.UNIVERSITY.ordinal()] = one(lists.universities(), draws);
    row[Slot.MAJOR.ordinal()] = one(lists.majors(), draws);
    int employer = draws.below(lists.employers().size());
    row[Slot.EMPLOYER.ordinal()] = tokens.get(lists.employers().get(employer));
    row[Slot.WORKPLACE.ordinal()] = tokens.get(lists.workplaces().get(employer));
    return row;
  }

  private int one(List<String> words, Draws draws) {
    return tokens.get(words.get(draws.below(words.size())));
  }

  private int[] forms(FactSet set) {
    int nothing = set.values();
    int[] forms = new int[set.attributes() * set.forms() * set.length()];
    java.util.Arrays.fill(forms, nothing);
    for (Attribute a : Attribute.values()) {
      List<List<String>> wordings = Biography.wordings(a);
      for (int m = 0; m < wordings.size(); m++) {
        int at = (a.ordinal() * set.forms() + m) * set.length();
        for (String word : wordings.get(m)) {
          forms[at++] =
              word.startsWith("$")
                  ? Slot.valueOf(word.substring(1)).ordinal()
                  : nothing + 1 + tokens.get(word);
        }
      }
    }
    return forms;
  }

  private static float[] spans(FactSet set) {
    FactTables.Spans spans = new FactTables.Spans(set);
    for (int i = 1; i <= 3; i++) {
      spans.name(i);
    }
    spans.valueInHead(4);
    for (Attribute a : Attribute.values()) {
      for (Slot s : a.slots()) {
        spans.value(s.ordinal(), a.ordinal(), s == a.slots().getFirst());
      }
    }
    return spans.marks();
  }
}
