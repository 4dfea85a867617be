package reprise.kernel.generation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * BLEU of token sequences: Papineni et al. 2002 (ACL, section 2), uniform weights over n-grams of 1
 * to 4, brevity penalty against the reference of nearest length. An n-gram order without a match
 * counts as 1/(2^k) matches for the k-th such order (Chen and Cherry 2014, smoothing 3), so that
 * short texts do not fall to 0.
 */
public final class Bleu {
  private static final int ORDER = 4;

  private Bleu() {}

  /**
   * BLEU of one text against references.
   *
   * @throws IllegalArgumentException without references
   */
  public static double of(int[] text, List<int[]> references) {
    return mean(List.of(text), references);
  }

  /**
   * The mean over texts of the BLEU of each against the same references.
   *
   * @throws IllegalArgumentException without a reference or a text
   */
  public static double mean(List<int[]> texts, List<int[]> references) {
    if (references.isEmpty()) {
      throw new IllegalArgumentException("BLEU needs a reference");
    }
    List<Counted> counted = references.stream().map(Counted::of).toList();
    return texts.stream()
        .mapToDouble(text -> of(Counted.of(text), counted))
        .average()
        .orElseThrow(() -> new IllegalArgumentException("BLEU needs a text"));
  }

  private static double of(Counted text, List<Counted> references) {
    if (text.length() == 0) {
      return 0;
    }
    double logs = 0;
    double missing = 1;
    int orders = Math.min(ORDER, text.length());
    for (int n = 1; n <= orders; n++) {
      int total = text.length() - n + 1;
      int matches = 0;
      for (var gram : text.grams().get(n - 1).entrySet()) {
        int most = 0;
        for (Counted reference : references) {
          most = Math.max(most, reference.grams().get(n - 1).getOrDefault(gram.getKey(), 0));
        }
        matches += Math.min(gram.getValue(), most);
      }
      if (matches == 0) {
        missing /= 2;
      }
      // log p_n, the clipped precision
      logs += Math.log((matches == 0 ? missing : matches) / total);
    }
    int nearest =
        references.stream()
            .map(Counted::length)
            .min((a, b) -> {
              int distance = Math.abs(a - text.length()) - Math.abs(b - text.length());
              return distance != 0 ? distance : a - b;
            })
            .orElseThrow();
    // BP = exp(1 - r/c) for a text shorter than its reference
    double brevity = text.length() >= nearest ? 1 : Math.exp(1 - (double) nearest / text.length());
    return brevity * Math.exp(logs / orders);
  }

  /**
   * Self-BLEU: the mean over texts of the BLEU of each against the others (Zhu et al. 2018, arXiv
   * 1802.01886, section 2.2). High for texts that resemble each other.
   *
   * @throws IllegalArgumentException for fewer than two texts
   */
  public static double self(List<int[]> texts) {
    if (texts.size() < 2) {
      throw new IllegalArgumentException("Self-BLEU needs two texts, got " + texts.size());
    }
    double sum = 0;
    List<Counted> counted = texts.stream().map(Counted::of).toList();
    for (int i = 0; i < texts.size(); i++) {
      List<Counted> others = new ArrayList<>(counted);
      others.remove(i);
      sum += of(counted.get(i), others);
    }
    return sum / texts.size();
  }

  private static Map<Gram, Integer> grams(int[] text, int n) {
    Map<Gram, Integer> counts = new HashMap<>();
    for (int i = 0; i + n <= text.length; i++) {
      counts.merge(new Gram(Arrays.copyOfRange(text, i, i + n)), 1, Integer::sum);
    }
    return counts;
  }

  /** A text's length and how often it has each n-gram, by n from 1. */
  private record Counted(int length, List<Map<Gram, Integer>> grams) {
    static Counted of(int[] text) {
      return new Counted(
          text.length, IntStream.rangeClosed(1, ORDER).mapToObj(n -> Bleu.grams(text, n)).toList());
    }
  }

  private record Gram(int[] tokens) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Gram g && Arrays.equals(tokens, g.tokens);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(tokens);
    }
  }
}
