package reprise.tensor.model;

import reprise.tensor.model.DecoderConfig.Init;

/**
 * A pre-norm encoder-decoder (Vaswani et al. 2017) for pairs of token sequences.
 *
 * @param sourceVocab symbols of the source
 * @param targetVocab symbols of the target; token 0 begins a target
 * @param source most tokens of a source S
 * @param target tokens of a target T
 * @param encoderLayers blocks of the encoder
 * @param decoderLayers blocks of the decoder
 * @param width residual stream
 * @param heads of every attention
 * @param mlp hidden width, GELU
 * @param init standard deviations at the start
 */
public record EncoderDecoderConfig(
    int sourceVocab,
    int targetVocab,
    int source,
    int target,
    int encoderLayers,
    int decoderLayers,
    int width,
    int heads,
    int mlp,
    Init init) {
  public EncoderDecoderConfig {
    if (sourceVocab < 2 || targetVocab < 2 || source < 1 || target < 1 || mlp < 1) {
      throw new IllegalArgumentException(
          "an encoder-decoder needs vocabularies >= 2 and source, target, mlp >= 1; got "
              + sourceVocab
              + ", "
              + targetVocab
              + ", "
              + source
              + ", "
              + target
              + ", "
              + mlp);
    }
    if (encoderLayers < 1 || decoderLayers < 1) {
      throw new IllegalArgumentException(
          "encoder and decoder need a block each, got " + encoderLayers + " and " + decoderLayers);
    }
    if (heads < 1 || width % heads != 0) {
      throw new IllegalArgumentException(
          "heads must divide width: width " + width + ", heads " + heads);
    }
  }

  /** One vocabulary and length for both sides, hidden width 4d, N(0, .02) weights. */
  public static EncoderDecoderConfig of(int vocab, int length, int layers, int width, int heads) {
    return new EncoderDecoderConfig(
        vocab,
        vocab,
        length,
        length,
        layers,
        layers,
        width,
        heads,
        4 * width,
        new Init(0.02, 0, true, 1));
  }
}
