package reprise.kernel.data;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import reprise.dsl.RunFailure;

/**
 * A text as words: the vocabulary holds the letters and the most frequent words and marks, in lower
 * case. A word outside it is spelled letter by letter, its first letter as a token of another kind,
 * so that nothing is unknown and every token sequence reads as text.
 *
 * @param tokens of the whole text
 * @param vocabulary by token: a word or mark, {@code ^b} for a first letter, {@code +b} for a
 *     further one
 */
public record Words(int[] tokens, List<String> vocabulary) implements Vocabulary {
  /** Begins the token of a spelled word's first letter. */
  private static final String FIRST = "^";

  /** Begins the token of its further letters. */
  private static final String FURTHER = "+";

  /** Letters with an apostrophe inside, a number, a dash of any length, or one other mark. */
  private static final Pattern PART =
      Pattern.compile("\\p{L}+(?:'\\p{L}+)*|\\p{N}+|-+|[^\\s\\p{L}\\p{N}_*\\[\\]]");

  private static final String NO_SPACE_BEFORE = ".,;:!?)";

  public Words {
    vocabulary = List.copyOf(vocabulary);
  }

  /**
   * Tokenises a text.
   *
   * @param size of the vocabulary
   * @throws RunFailure when the vocabulary cannot hold the letters of the text
   */
  public static Words of(String text, int size) {
    List<String> parts = parts(text);
    Map<String, Integer> counts = new HashMap<>();
    parts.forEach(p -> counts.merge(p, 1, Integer::sum));
    List<String> letters =
        parts.stream()
            .flatMapToInt(String::chars)
            .distinct()
            .sorted()
            .mapToObj(c -> String.valueOf((char) c))
            .toList();
    List<String> vocabulary = new ArrayList<>();
    letters.forEach(l -> vocabulary.add(FIRST + l));
    letters.forEach(l -> vocabulary.add(FURTHER + l));
    if (vocabulary.size() >= size) {
      throw new RunFailure(
          "a vocabulary of "
              + size
              + " cannot hold the "
              + letters.size()
              + " letters and marks of the text, first and further; ask for more than "
              + vocabulary.size());
    }
    counts.entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<String, Integer> e) -> -e.getValue())
                .thenComparing(Map.Entry::getKey))
        .limit(size - vocabulary.size())
        .forEach(e -> vocabulary.add(e.getKey()));
    if (vocabulary.size() < size) {
      throw new RunFailure(
          "the text has only "
              + vocabulary.size()
              + " letters and words for a vocabulary of "
              + size
              + "; ask for at most that");
    }
    return new Words(encode(parts, index(vocabulary)), vocabulary);
  }

  @Override
  public int size() {
    return vocabulary.size();
  }

  @Override
  public int fullStop() {
    return vocabulary.indexOf(".");
  }

  /** The tokens of another text under the same vocabulary; letters it lacks are left out. */
  @Override
  public int[] encode(String text) {
    return encode(parts(text), index(vocabulary));
  }

  /** Tokens as text: spelled words are put together, marks follow without a space. */
  @Override
  public String decode(int... text) {
    StringBuilder out = new StringBuilder();
    boolean quoted = false;
    for (int t : text) {
      String word = vocabulary.get(t);
      boolean letter = word.length() > 1 && (word.startsWith(FIRST) || word.startsWith(FURTHER));
      String shown = letter ? word.substring(1) : word;
      boolean closes = quoted && shown.equals("\"");
      boolean joined =
          word.startsWith(FURTHER) && letter
              || closes
              || shown.length() == 1 && NO_SPACE_BEFORE.contains(shown)
              || out.length() > 0 && "(".indexOf(out.charAt(out.length() - 1)) >= 0
              || quoted && out.length() > 0 && out.charAt(out.length() - 1) == '"';
      if (!out.isEmpty() && !joined) {
        out.append(' ');
      }
      out.append(shown);
      quoted = shown.equals("\"") ? !quoted : quoted;
    }
    return out.toString();
  }

  private static List<String> parts(String text) {
    String plain =
        Normalizer.normalize(text, Normalizer.Form.NFD)
            .replaceAll("\\p{M}", "")
            .replace('\u2018', '\'')
            .replace('\u2019', '\'')
            .replace('\u201c', '"')
            .replace('\u201d', '"')
            .replace("_", "")
            .toLowerCase(Locale.ROOT);
    List<String> parts = new ArrayList<>();
    Matcher m = PART.matcher(plain);
    while (m.find()) {
      parts.add(m.group());
    }
    return parts;
  }

  private static Map<String, Integer> index(List<String> vocabulary) {
    Map<String, Integer> index = new LinkedHashMap<>();
    for (int i = 0; i < vocabulary.size(); i++) {
      index.put(vocabulary.get(i), i);
    }
    return index;
  }

  private static int[] encode(List<String> parts, Map<String, Integer> index) {
    int[] out = new int[parts.stream().mapToInt(String::length).sum()];
    int n = 0;
    for (String part : parts) {
      Integer whole = index.get(part);
      if (whole != null) {
        out[n++] = whole;
        continue;
      }
      String kind = FIRST;
      for (int c = 0; c < part.length(); c++) {
        Integer letter = index.get(kind + part.charAt(c));
        if (letter != null) {
          out[n++] = letter;
          kind = FURTHER;
        }
      }
    }
    return Arrays.copyOf(out, n);
  }
}
