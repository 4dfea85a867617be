package reprise.kernel.generation;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How varied generated text is: Carlsson et al. 2024, "The Hyperfitting Phenomenon" (arXiv
 * 2412.04318, section 3).
 */
public final class Diversity {
  /** Tokens at the end of a text that the type-token ratio looks at. */
  public static final int WINDOW = 96;

  private Diversity() {}

  /**
   * Type-token ratio: different tokens over tokens, of the last {@code window} tokens.
   *
   * @throws IllegalArgumentException for an empty text
   */
  public static double typeTokenRatio(int[] text, int window) {
    if (text.length == 0 || window < 1) {
      throw new IllegalArgumentException(
          "a type-token ratio needs a token, got " + text.length + " and a window of " + window);
    }
    int from = Math.max(0, text.length - window);
    return (double) Arrays.stream(text, from, text.length).distinct().count()
        / (text.length - from);
  }

  /** The mean over texts of {@link #typeTokenRatio} at {@link #WINDOW}. */
  public static double typeTokenRatio(List<int[]> texts) {
    return texts.stream()
        .mapToDouble(t -> typeTokenRatio(t, WINDOW))
        .average()
        .orElseThrow(() -> new IllegalArgumentException("no text to measure"));
  }

  /**
   * The share of n-grams that stood earlier in the same text: 0 for a text that never repeats
   * itself.
   */
  public static double repetition(int[] text, int n) {
    int count = text.length - n + 1;
    if (count < 1 || n < 1) {
      throw new IllegalArgumentException(
          "repetition of " + n + "-grams needs " + n + " tokens, got " + text.length);
    }
    Set<List<Integer>> seen = new HashSet<>();
    int repeated = 0;
    for (int i = 0; i < count; i++) {
      if (!seen.add(Arrays.stream(text, i, i + n).boxed().toList())) {
        repeated++;
      }
    }
    return (double) repeated / count;
  }
}
