package reprise.kernel.ladder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import reprise.dsl.ladder.ClozeBenchmark;
import reprise.dsl.ladder.LadderMeasures;
import reprise.dsl.result.Reading;
import reprise.kernel.data.TokenText;
import reprise.kernel.data.Words;
import reprise.kernel.generation.Scorer;
import reprise.kernel.generation.Windows;

/**
 * The items of a cloze test on a text.
 *
 * @param windows of held-out text that the items lie in
 * @param options of item i, the true word first; null at positions that are no item
 */
record Cloze(Windows windows, int[][] options) {
  /** Whole words: first and further letters of spelled ones begin with another sign. */
  private static final Pattern WORD = Pattern.compile("\\p{L}+(?:'\\p{L}+)*");

  /**
   * Makes the items: positions of held-out windows that see enough text and are followed by a whole
   * word, spread evenly; the other words are drawn from the training text.
   *
   * @param context tokens of a window
   * @throws IllegalArgumentException when the held-out text has too few such positions
   */
  static Cloze of(ClozeBenchmark benchmark, TokenText text, int context) {
    boolean[] word = words(text);
    Windows windows = Windows.upTo(text.heldOut(), context, Integer.MAX_VALUE);
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < windows.size() * context; i++) {
      // position p of a window has seen p + 1 tokens
      if (i % context + 1 >= ClozeBenchmark.SEEN && word[target(windows, i)]) {
        places.add(i);
      }
    }
    if (places.size() < benchmark.items()) {
      throw new IllegalArgumentException(
          "the held-out text has "
              + places.size()
              + " whole words that follow "
              + ClozeBenchmark.SEEN
              + " tokens of a window, fewer than the "
              + benchmark.items()
              + " items; ask for fewer, or take a longer text");
    }
    int[] others = Arrays.stream(text.train()).filter(t -> word[t]).toArray();
    Random random = new Random(benchmark.seed());
    int[][] options = new int[windows.size() * context][];
    for (int item = 0; item < benchmark.items(); item++) {
      int at = places.get((int) ((long) item * places.size() / benchmark.items()));
      options[at] = draw(target(windows, at), benchmark.choices(), others, random);
    }
    return new Cloze(windows, options);
  }

  private static boolean[] words(TokenText text) {
    if (!(text.vocabulary() instanceof Words words)) {
      throw new IllegalArgumentException("a cloze test is made of words, not of other tokens");
    }
    boolean[] word = new boolean[words.size()];
    for (int t = 0; t < word.length; t++) {
      word[t] = WORD.matcher(words.vocabulary().get(t)).matches();
    }
    return word;
  }

  private static int target(Windows windows, int position) {
    int context = windows.context();
    return windows.list().get(position / context)[position % context + 1];
  }

  // different words, the true one first
  private static int[] draw(int target, int choices, int[] words, Random random) {
    int[] options = new int[choices];
    Arrays.fill(options, -1);
    options[0] = target;
    for (int k = 1; k < choices; k++) {
      int word;
      do {
        word = words[random.nextInt(words.length)];
      } while (contains(options, word));
      options[k] = word;
    }
    return options;
  }

  private static boolean contains(int[] options, int word) {
    return Arrays.stream(options).anyMatch(o -> o == word);
  }

  /** Loss and score of a model, read at a stage. */
  List<Reading> ask(Scorer scorer, int vocabulary, String at) {
    double[] sums = new double[3];
    scorer.each(
        windows,
        (i, logits, from, _) -> {
          if (options[i] != null) {
            sums[0] += loss(logits, from, vocabulary, options[i][0]);
            sums[1] += right(logits, from, options[i]) ? 1 : 0;
            sums[2]++;
          }
        });
    return List.of(
        new Reading(LadderMeasures.LOSS, at, sums[0] / sums[2]),
        new Reading(LadderMeasures.SCORE, at, sums[1] / sums[2]));
  }

  // -ln p = ln sum_j exp(x_j - m) - (x_target - m)
  private static double loss(float[] logits, int from, int vocabulary, int target) {
    double most = Double.NEGATIVE_INFINITY;
    for (int j = from; j < from + vocabulary; j++) {
      most = Math.max(most, logits[j]);
    }
    double sum = 0;
    for (int j = from; j < from + vocabulary; j++) {
      sum += Math.exp(logits[j] - most);
    }
    return Math.log(sum) - (logits[from + target] - most);
  }

  // a tie is no answer
  private static boolean right(float[] logits, int from, int[] options) {
    for (int k = 1; k < options.length; k++) {
      if (logits[from + options[k]] >= logits[from + options[0]]) {
        return false;
      }
    }
    return true;
  }
}
