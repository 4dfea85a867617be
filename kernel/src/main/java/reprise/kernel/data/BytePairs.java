package reprise.kernel.data;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import reprise.dsl.RunFailure;

/**
 * Byte-level byte-pair encoding as GPT-2 and GPT-NeoX use it (Radford et al. 2019, section 2.2;
 * Sennrich et al. 2016, arXiv 1508.07909): text is cut into words with their leading space, a
 * word's bytes are symbols, and the pair of neighbours that stands first in the list of merges is
 * joined until none is left.
 */
public final class BytePairs implements Vocabulary {
  /** How GPT-2 cuts text into words. */
  private static final Pattern WORD =
      Pattern.compile(
          "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+");

  private static final int BYTES = 256;

  private final Map<String, Integer> ids;
  private final String[] texts;
  private final Map<String, Integer> ranks;
  private final char[] letters = letters();

  private BytePairs(Map<String, Integer> ids, List<String> merges) {
    this.ids = ids;
    this.texts = new String[ids.values().stream().mapToInt(Integer::intValue).max().orElse(-1) + 1];
    ids.forEach((text, id) -> texts[id] = text);
    this.ranks = new HashMap<>();
    for (String merge : merges) {
      ranks.putIfAbsent(merge, ranks.size());
    }
  }

  /**
   * Loads the tokenizer of a checkpoint's folder: {@code tokenizer.json}, or {@code vocab.json}
   * with {@code merges.txt}.
   *
   * @throws RunFailure when neither is there, or it is not a byte-level one
   */
  public static BytePairs load(Path folder) {
    Path whole = folder.resolve("tokenizer.json");
    Path vocabulary = folder.resolve("vocab.json");
    Path merges = folder.resolve("merges.txt");
    try {
      if (Files.isRegularFile(whole)) {
        return tokenizer(whole, JsonParser.parseString(Files.readString(whole)).getAsJsonObject());
      }
      if (Files.isRegularFile(vocabulary) && Files.isRegularFile(merges)) {
        return new BytePairs(
            ids(JsonParser.parseString(Files.readString(vocabulary)).getAsJsonObject()),
            Files.readAllLines(merges).stream()
                .filter(line -> !line.startsWith("#version") && !line.isBlank())
                .toList());
      }
    } catch (IOException | JsonParseException | IllegalStateException damaged) {
      throw new RunFailure(
          "the tokenizer in " + folder + " cannot be read: " + damaged.getMessage(), damaged);
    }
    throw new RunFailure(
        "no tokenizer in "
            + folder
            + "; expected tokenizer.json, or vocab.json and merges.txt, as published with the"
            + " checkpoint");
  }

  /**
   * Learns a vocabulary from a text: all bytes, then again and again the pair of neighbours that
   * stands most often within words, the first in the order of letters where several do, until there
   * are enough or no pair stands twice.
   *
   * @param symbols size of the vocabulary, at least 256
   */
  public static BytePairs learn(String text, int symbols) {
    char[] letters = letters();
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (char letter : letters) {
      ids.put(String.valueOf(letter), ids.size());
    }
    Map<List<String>, Integer> words = new LinkedHashMap<>();
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      List<String> bytes = new ArrayList<>();
      for (byte b : word.group().getBytes(StandardCharsets.UTF_8)) {
        bytes.add(String.valueOf(letters[b & 0xff]));
      }
      words.merge(bytes, 1, Integer::sum);
    }
    List<String> merges = new ArrayList<>();
    while (ids.size() < symbols) {
      Optional<Pair> best = mostFrequent(words);
      if (best.isEmpty()) {
        break;
      }
      Pair pair = best.get();
      merges.add(pair.left() + " " + pair.right());
      ids.put(pair.left() + pair.right(), ids.size());
      Map<List<String>, Integer> joined = new LinkedHashMap<>();
      words.forEach((w, n) -> joined.merge(join(w, pair), n, Integer::sum));
      words = joined;
    }
    return new BytePairs(ids, merges);
  }

  private record Pair(String left, String right) {}

  private static Optional<Pair> mostFrequent(Map<List<String>, Integer> words) {
    Map<Pair, Integer> counts = new HashMap<>();
    words.forEach((w, n) -> {
      for (int i = 0; i + 1 < w.size(); i++) {
        counts.merge(new Pair(w.get(i), w.get(i + 1)), n, Integer::sum);
      }
    });
    return counts.entrySet().stream()
        .filter(e -> e.getValue() > 1)
        .min(
            Comparator.<Map.Entry<Pair, Integer>>comparingInt(e -> -e.getValue())
                .thenComparing(e -> e.getKey().left())
                .thenComparing(e -> e.getKey().right()))
        .map(Map.Entry::getKey);
  }

  private static List<String> join(List<String> word, Pair pair) {
    List<String> joined = new ArrayList<>(word.size());
    for (int i = 0; i < word.size(); i++) {
      boolean both =
          i + 1 < word.size()
              && word.get(i).equals(pair.left())
              && word.get(i + 1).equals(pair.right());
      joined.add(both ? pair.left() + pair.right() : word.get(i));
      i += both ? 1 : 0;
    }
    return joined;
  }

  private static BytePairs tokenizer(Path file, JsonObject json) {
    JsonObject model = json.getAsJsonObject("model");
    if (model == null || !model.has("merges") || !model.has("vocab")) {
      throw new RunFailure(
          file + " is not a byte-pair encoding: expected entries model.vocab and model.merges");
    }
    Map<String, Integer> ids = ids(model.getAsJsonObject("vocab"));
    List<String> merges = new ArrayList<>();
    for (JsonElement merge : model.getAsJsonArray("merges")) {
      // older files write "a b", newer ones ["a", "b"]
      merges.add(
          merge instanceof JsonArray pair
              ? pair.get(0).getAsString() + " " + pair.get(1).getAsString()
              : merge.getAsString());
    }
    if (json.get("added_tokens") instanceof JsonArray added) {
      for (JsonElement token : added) {
        JsonObject entry = token.getAsJsonObject();
        ids.put(entry.get("content").getAsString(), entry.get("id").getAsInt());
      }
    }
    return new BytePairs(ids, merges);
  }

  private static Map<String, Integer> ids(JsonObject vocabulary) {
    Map<String, Integer> ids = new HashMap<>();
    vocabulary.asMap().forEach((text, id) -> ids.put(text, id.getAsInt()));
    return ids;
  }

  @Override
  public int size() {
    return texts.length;
  }

  @Override
  public int fullStop() {
    return ids.getOrDefault(".", -1);
  }

  /**
   * The tokens of a text.
   *
   * @throws RunFailure for a byte that the vocabulary lacks
   */
  @Override
  public int[] encode(String text) {
    int[] out = new int[text.length() + 16];
    int n = 0;
    Map<String, int[]> known = new HashMap<>();
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      int[] tokens = known.computeIfAbsent(word.group(), this::word);
      if (n + tokens.length > out.length) {
        out = Arrays.copyOf(out, 2 * (n + tokens.length));
      }
      System.arraycopy(tokens, 0, out, n, tokens.length);
      n += tokens.length;
    }
    return Arrays.copyOf(out, n);
  }

  private int[] word(String word) {
    List<String> symbols = new ArrayList<>();
    for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
      symbols.add(String.valueOf(letters[b & 0xff]));
    }
    while (symbols.size() > 1) {
      int best = -1;
      int least = Integer.MAX_VALUE;
      for (int i = 0; i + 1 < symbols.size(); i++) {
        int rank = ranks.getOrDefault(symbols.get(i) + " " + symbols.get(i + 1), Integer.MAX_VALUE);
        if (rank < least) {
          least = rank;
          best = i;
        }
      }
      if (best < 0) {
        break;
      }
      symbols.set(best, symbols.get(best) + symbols.remove(best + 1));
    }
    return symbols.stream()
        .mapToInt(s -> {
          Integer id = ids.get(s);
          if (id == null) {
            throw new RunFailure(
                "the vocabulary has no token '" + s + "', which the word '" + word + "' needs");
          }
          return id;
        })
        .toArray();
  }

  @Override
  public String decode(int... tokens) {
    int[] bytes = new int[Character.MAX_VALUE + 1];
    Arrays.fill(bytes, -1);
    for (int b = 0; b < BYTES; b++) {
      bytes[letters[b]] = b;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int token : tokens) {
      String text = texts[token] == null ? "" : texts[token];
      for (int i = 0; i < text.length(); i++) {
        if (bytes[text.charAt(i)] >= 0) {
          out.write(bytes[text.charAt(i)]);
        }
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  // The letter of each byte: printable ones stand for themselves, the others for U+0100 on.
  private static char[] letters() {
    char[] letters = new char[BYTES];
    int next = BYTES;
    for (int b = 0; b < BYTES; b++) {
      boolean itself = b >= '!' && b <= '~' || b >= 0xa1 && b <= 0xac || b >= 0xae;
      letters[b] = (char) (itself ? b : next++);
    }
    return letters;
  }
}
