package reprise.kernel.knowledge;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import reprise.dsl.knowledge.BioD;
import reprise.tensor.model.FactSet;

/**
 * The tables of bioD(N, K, C, D, L, T) (arXiv 2404.05405, definition 2.2). A text is a first token,
 * the name in symbols, and a sentence for each attribute: its own token and the C L symbols of its
 * value. Tokens: 0 begins a text, 1 .. T are symbols, T + 1 .. T + K name attributes, T + K + 1
 * begins the texts of a domain that is marked.
 */
final class BioDTables {
  private static final int NAMES_STREAM = 100;
  private static final int STRINGS_STREAM = 101;
  private static final int VALUES_STREAM = 102;

  private final BioD facts;
  private final Crowd crowd;
  private final long seed;
  private final int nameLength;

  private BioDTables(BioD facts, Crowd crowd, long seed) {
    this.facts = facts;
    this.crowd = crowd;
    this.seed = seed;
    this.nameLength = facts.nameLength();
  }

  static FactTables of(BioD facts, Crowd crowd, long seed) {
    return new BioDTables(facts, crowd, seed).build();
  }

  /** The sizes alone. */
  static FactSet sizes(BioD facts, Crowd crowd) {
    int symbols = facts.attributes() * facts.chunks() * facts.length();
    return new FactSet(
        facts.people(),
        1 + facts.nameLength(),
        symbols,
        facts.attributes(),
        1,
        1 + facts.chunks() * facts.length(),
        false,
        false,
        crowd.others(),
        crowd.inStep());
  }

  /** The words, by token. */
  static List<String> vocabulary(BioD facts, Crowd crowd) {
    List<String> words = new ArrayList<>(List.of("<s>"));
    for (int s = 0; s < facts.alphabet(); s++) {
      words.add("s" + s);
    }
    for (int k = 0; k < facts.attributes(); k++) {
      words.add("ID" + (k + 1));
    }
    if (crowd.marked()) {
      words.add("<domain>");
    }
    return List.copyOf(words);
  }

  private FactTables build() {
    FactSet set = sizes(facts, crowd);
    return new FactTables(
        set, vocabulary(facts, crowd), heads(set), values(set), forms(), spans(set));
  }

  /** Different names for all, also for those that are company. */
  private int[] heads(FactSet set) {
    Draws draws = new Draws(seed, NAMES_STREAM);
    Set<List<Integer>> taken = new HashSet<>();
    int[] heads = new int[set.told() * set.head()];
    for (int n = 0; n < set.told(); n++) {
      List<Integer> name = new ArrayList<>();
      do {
        name.clear();
        for (int i = 0; i < nameLength; i++) {
          name.add(draws.below(facts.alphabet()));
        }
      } while (!taken.add(name));
      boolean domain = crowd.marked() && n < set.rows();
      heads[n * set.head()] = domain ? 1 + facts.alphabet() + facts.attributes() : 0;
      for (int i = 0; i < nameLength; i++) {
        heads[n * set.head() + 1 + i] = 1 + name.get(i);
      }
    }
    return heads;
  }

  private int[] values(FactSet set) {
    int[][][] strings = strings();
    Draws draws = new Draws(seed, VALUES_STREAM);
    int[] values = new int[set.told() * set.values()];
    int at = 0;
    for (int n = 0; n < set.told(); n++) {
      for (int k = 0; k < facts.attributes(); k++) {
        for (int c = 0; c < facts.chunks(); c++) {
          for (int symbol : strings[k][draws.below(facts.diversity())]) {
            values[at++] = 1 + symbol;
          }
        }
      }
    }
    return values;
  }

  /** The diversity sets: for each attribute D different strings of length L, by attribute. */
  private int[][][] strings() {
    Draws draws = new Draws(seed, STRINGS_STREAM);
    int[][][] sets = new int[facts.attributes()][facts.diversity()][];
    for (int[][] set : sets) {
      Set<List<Integer>> taken = new HashSet<>();
      for (int d = 0; d < set.length; d++) {
        List<Integer> string = new ArrayList<>();
        do {
          string.clear();
          for (int l = 0; l < facts.length(); l++) {
            string.add(draws.below(facts.alphabet()));
          }
        } while (!taken.add(List.copyOf(string)));
        set[d] = string.stream().mapToInt(Integer::intValue).toArray();
      }
    }
    return sets;
  }

  private int[] forms() {
    int symbols = facts.chunks() * facts.length();
    int beyond = facts.attributes() * symbols + 1;
    int[] forms = new int[facts.attributes() * (1 + symbols)];
    int at = 0;
    for (int k = 0; k < facts.attributes(); k++) {
      forms[at++] = beyond + 1 + facts.alphabet() + k;
      for (int i = 0; i < symbols; i++) {
        forms[at++] = k * symbols + i;
      }
    }
    return forms;
  }

  private float[] spans(FactSet set) {
    FactTables.Spans spans = new FactTables.Spans(set);
    for (int i = 0; i < nameLength; i++) {
      spans.name(1 + i);
    }
    int symbols = facts.chunks() * facts.length();
    for (int v = 0; v < set.values(); v++) {
      spans.value(v, v / symbols, v % symbols < facts.length());
    }
    return spans.marks();
  }
}
