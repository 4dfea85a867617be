package reprise.dsl.compression;

import reprise.dsl.model.Decoder;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Flops;

/**
 * What a decoder computes for one generated token, as the authors of arXiv 2511.08066 count: per
 * layer {@code 4 d^2 + 4 d k} for the products of attention (k the width of keys), {@code 4 d C}
 * for scores and sums over a cache of C, two operations for every weight of the feed-forward
 * matrices; once {@code 2 d V} for the head. Norms and nonlinearities are not counted.
 *
 * @param layers blocks L
 * @param width d, also that of all queries together
 * @param keys k, the width of all key heads together; d without grouped queries
 * @param mlp hidden width of the feed-forward block
 * @param matrices of a feed-forward block: 3 where it is gated, else 2
 * @param vocabulary V
 */
public record DecodingCost(int layers, int width, int keys, int mlp, int matrices, int vocabulary) {
  public DecodingCost {
    Checks.positive("layers", layers, "blocks");
    Checks.positive("width", width, "residual dimension");
    Checks.positive("keys", keys, "width of keys");
    Checks.positive("mlp", mlp, "hidden width");
    Checks.positive("matrices", matrices, "matrices of a feed-forward block");
    Checks.positive("vocabulary", vocabulary, "tokens");
  }

  /** Of a small decoder of ours, which is neither grouped nor gated. */
  public static DecodingCost of(Decoder model) {
    return new DecodingCost(
        model.layers(), model.width(), model.width(), model.mlp(), 2, model.vocabulary());
  }

  /**
   * Of one token, the mean over so many steps from an empty cache: C is 1, 2, ..., steps.
   *
   * @param steps tokens generated
   */
  public Flops ofToken(int steps) {
    Checks.positive("steps", steps, "tokens generated");
    double d = width;
    double cache = (steps + 1) / 2.0;
    double attention = 4 * d * d + 4 * d * keys + 4 * d * cache;
    double feedForward = 2.0 * matrices * d * mlp;
    return new Flops(layers * (attention + feedForward) + 2 * d * vocabulary);
  }
}
