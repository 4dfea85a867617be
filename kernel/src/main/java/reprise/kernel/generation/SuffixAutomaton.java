package reprise.kernel.generation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * All substrings of a token sequence as a minimal automaton (Blumer et al. 1985, Theoretical
 * Computer Science 40): built in linear time, asked in time linear in the question. At most 2 n
 * states.
 */
public final class SuffixAutomaton {
  private final int[] length;
  private final int[] link;
  private final Map<Long, Integer> next = new HashMap<>();
  // The tokens that leave each state, as lists: at most 3 n edges in all.
  private final int[] firstEdge;
  private final int[] nextEdge;
  private final int[] edgeToken;
  private int edges;
  private int states = 1;
  private int last;

  /** Of one sequence; token ids are not negative. */
  public SuffixAutomaton(int[] tokens) {
    length = new int[2 * tokens.length + 2];
    link = new int[2 * tokens.length + 2];
    link[0] = -1;
    firstEdge = new int[length.length];
    Arrays.fill(firstEdge, -1);
    nextEdge = new int[3 * tokens.length + 3];
    edgeToken = new int[3 * tokens.length + 3];
    for (int token : tokens) {
      if (token < 0) {
        throw new IllegalArgumentException("token ids are 0 or positive, got " + token);
      }
      add(token);
    }
  }

  private static long key(int state, int token) {
    return (long) state << 32 | token;
  }

  private void link(int from, int token, int to) {
    next.put(key(from, token), to);
    edgeToken[edges] = token;
    nextEdge[edges] = firstEdge[from];
    firstEdge[from] = edges++;
  }

  private void add(int token) {
    int end = states++;
    length[end] = length[last] + 1;
    int p = last;
    while (p >= 0 && !next.containsKey(key(p, token))) {
      link(p, token, end);
      p = link[p];
    }
    if (p < 0) {
      link[end] = 0;
    } else {
      int q = next.get(key(p, token));
      if (length[q] == length[p] + 1) {
        link[end] = q;
      } else {
        link[end] = link[q] = split(p, q, token);
      }
    }
    last = end;
  }

  // A copy of q for the shorter suffixes that end in p and token.
  private int split(int p, int q, int token) {
    int copy = states++;
    length[copy] = length[p] + 1;
    link[copy] = link[q];
    for (int edge = firstEdge[q]; edge >= 0; edge = nextEdge[edge]) {
      link(copy, edgeToken[edge], next.get(key(q, edgeToken[edge])));
    }
    for (int from = p; from >= 0 && isTo(from, token, q); from = link[from]) {
      next.put(key(from, token), copy);
    }
    return copy;
  }

  private boolean isTo(int from, int token, int state) {
    Integer to = next.get(key(from, token));
    return to != null && to == state;
  }

  /** Length of the longest run of {@code text} that occurs in the sequence. */
  public int longestIn(int[] text) {
    return Arrays.stream(matched(text)).max().orElse(0);
  }

  /** For each position of {@code text}: how long a run that ends there occurs in the sequence. */
  public int[] matched(int[] text) {
    int[] run = new int[text.length];
    int state = 0;
    int matched = 0;
    for (int i = 0; i < text.length; i++) {
      while (state > 0 && !next.containsKey(key(state, text[i]))) {
        state = link[state];
        matched = length[state];
      }
      Integer to = next.get(key(state, text[i]));
      if (to != null) {
        state = to;
        matched++;
      }
      run[i] = matched;
    }
    return run;
  }
}
