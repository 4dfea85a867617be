package reprise.tensor.model;

/**
 * A transformer whose windows go through it several times at once, each time behind trained
 * key-value entries of its own, and whose outputs are joined before the head (Chen et al. 2025,
 * arXiv 2505.10475, section 2).
 *
 * @param model what every stream goes through; its prefix is that of one stream
 * @param streams P, at least 2: one stream is the plain transformer
 * @param smoothing share of the weights that is spread evenly, so that no stream dies; .01 in the
 *     paper
 */
public record StreamsConfig(TransformerConfig model, int streams, double smoothing) {
  public StreamsConfig {
    if (streams < 2 || model.prefix() < 1) {
      throw new IllegalArgumentException(
          "parallel streams need 2 streams and 1 prefix entry that tells them apart, got "
              + streams
              + " and "
              + model.prefix()
              + "; one stream is the plain transformer");
    }
    if (!(smoothing >= 0 && smoothing <= 1)) {
      throw new IllegalArgumentException("smoothing must be a share in [0, 1], got " + smoothing);
    }
  }
}
