package reprise.dsl.law;

import java.util.List;
import java.util.Locale;

/** "Did you mean": the candidate at the least edit distance, if it is near at all. */
public final class Nearest {
  private Nearest() {}

  /** {@code ". Did you mean X?"}, or {@code "."} when nothing is near. */
  public static String hint(String typed, List<String> candidates) {
    String best = null;
    int least = Integer.MAX_VALUE;
    for (String candidate : candidates) {
      int distance = distance(typed.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    boolean near = best != null && least <= Math.max(1, Math.max(typed.length(), 4) / 2);
    return near ? ". Did you mean " + best + "?" : ".";
  }

  // Levenshtein distance, two rows; 0 extra for a prefix so that "tok" finds "D_tokens".
  private static int distance(String a, String b) {
    if (a.length() >= 3 && b.contains(a)) {
      return 1;
    }
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int swap = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(swap, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[b.length()];
  }
}
