package reprise.tensor.model;

import java.util.List;

/**
 * How texts are continued.
 *
 * @param sampler rule of choice
 * @param tokens at most this many new ones
 * @param stop tokens that end a text; they are kept
 * @param repeatPenalty divides positive and multiplies negative logits of tokens the text already
 *     has (Keskar et al. 2019, 1909.05858); 1 for none
 * @param repeatLength n of the n-grams that a text never completes twice (Paulus et al. 2018); 0
 *     for none
 * @param banned n-grams of one length that are never completed
 */
public record Decoding(
    Sampler sampler,
    int tokens,
    List<Integer> stop,
    double repeatPenalty,
    int repeatLength,
    List<List<Integer>> banned) {
  public Decoding {
    stop = List.copyOf(stop);
    banned = banned.stream().map(List::copyOf).toList();
    if (tokens < 1 || !(repeatPenalty > 0) || repeatLength < 0) {
      throw new IllegalArgumentException(
          "decoding needs tokens >= 1, a positive repeat penalty and a repeat length >= 0; got "
              + tokens
              + ", "
              + repeatPenalty
              + ", "
              + repeatLength);
    }
    if (banned.stream().map(List::size).distinct().count() > 1 || banned.contains(List.of())) {
      throw new IllegalArgumentException("banned n-grams must have one length, at least 1");
    }
  }

  /** New tokens by a rule, without stop tokens, penalties and bans. */
  public static Decoding of(Sampler sampler, int tokens) {
    return new Decoding(sampler, tokens, List.of(), 1, 0, List.of());
  }

  /** The most probable token, again and again. */
  public static Decoding greedy(int tokens) {
    return of(new Sampler.Greedy(), tokens);
  }

  /** The same with tokens that end a text. */
  public Decoding stop(Integer... ends) {
    return new Decoding(sampler, tokens, List.of(ends), repeatPenalty, repeatLength, banned);
  }

  /** The same with a penalty on tokens the text already has. */
  public Decoding repeatPenalty(double penalty) {
    return new Decoding(sampler, tokens, stop, penalty, repeatLength, banned);
  }

  /** The same without repeated n-grams of this length. */
  public Decoding neverRepeat(int length) {
    return new Decoding(sampler, tokens, stop, repeatPenalty, length, banned);
  }

  /** The same with n-grams that are never completed. */
  public Decoding ban(List<List<Integer>> ngrams) {
    return new Decoding(sampler, tokens, stop, repeatPenalty, repeatLength, ngrams);
  }
}
