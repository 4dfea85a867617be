package reprise.kernel.generation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Windows of a text: each has a token more than the model's context, so that every position has a
 * target.
 *
 * @param list the windows, each of context + 1 tokens
 */
public record Windows(List<int[]> list) {
  /** Windows that do not overlap, spread evenly over a text. */
  public static Windows spread(int[] tokens, int context, int count) {
    int room = (tokens.length - 1) / context;
    if (count > room) {
      throw new IllegalArgumentException(
          count
              + " windows of "
              + context
              + " tokens do not fit into "
              + tokens.length
              + "; give fewer windows, a shorter context or a longer text");
    }
    return new Windows(
        IntStream.range(0, count)
            .map(i -> (int) ((long) i * room / count) * context)
            .mapToObj(from -> Arrays.copyOfRange(tokens, from, from + context + 1))
            .toList());
  }

  /** The same, or as many as fit. */
  public static Windows upTo(int[] tokens, int context, int count) {
    return spread(tokens, context, Math.min(count, (tokens.length - 1) / context));
  }

  /**
   * Beginnings of text, spread evenly over it: each moved to just after the next end of a sentence,
   * where there is one before the following beginning.
   *
   * @param end token that ends a sentence; a negative one moves nothing
   */
  public static List<int[]> beginnings(int[] tokens, int length, int count, int end) {
    int stride = (tokens.length - length) / count;
    if (stride < 1) {
      throw new IllegalArgumentException(
          count
              + " beginnings of "
              + length
              + " tokens do not fit into "
              + tokens.length
              + "; ask for fewer prompts");
    }
    return IntStream.range(0, count)
        .map(i -> {
          int next = i * stride;
          while (next < (i + 1) * stride && tokens[next] != end) {
            next++;
          }
          return next < (i + 1) * stride - 1 ? next + 1 : i * stride;
        })
        .mapToObj(from -> Arrays.copyOfRange(tokens, from, from + length))
        .toList();
  }

  /** The first of them, at most so many. */
  public Windows first(int count) {
    return new Windows(list.subList(0, Math.min(count, list.size())));
  }

  /** How many. */
  public int size() {
    return list.size();
  }

  /** Tokens of one, without its last target. */
  public int context() {
    return list.getFirst().length - 1;
  }

  /** The windows of one epoch, in the order that a seed and the epoch's number give. */
  public List<int[]> shuffled(long order, int epoch) {
    List<int[]> out = new ArrayList<>(list);
    Collections.shuffle(out, new Random(order * 1_000_003 + epoch));
    return out;
  }

  /** Every run of tokens in them, none across two. */
  public SuffixAutomaton automaton(int vocabulary) {
    return new SuffixAutomaton(
        IntStream.range(0, list.size())
            .boxed()
            .flatMapToInt(
                i -> IntStream.concat(Arrays.stream(list.get(i)), IntStream.of(vocabulary + i)))
            .toArray());
  }

  /** All different n-grams in them. */
  public List<List<Integer>> grams(int n) {
    return list.stream()
        .flatMap(w ->
            IntStream.rangeClosed(0, w.length - n)
                .mapToObj(i -> Arrays.stream(w, i, i + n).boxed().toList()))
        .distinct()
        .toList();
  }
}
