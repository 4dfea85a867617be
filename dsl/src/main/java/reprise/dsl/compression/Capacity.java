package reprise.dsl.compression;

import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Flops;

/**
 * Information capacity, {@code IC = (T - NLL + b) / log2 F} (arXiv 2511.08066, section 3).
 *
 * @param textBits T, bits of text of a token, {@code 8 bytes / token}
 * @param lossBits NLL, bits a token by the model
 * @param flops F, floating-point operations of a generated token
 */
public record Capacity(double textBits, double lossBits, Flops flops) {
  /** The authors' bias b for their mixed text, in bits. */
  public static final double MIXED_TEXT_BIAS = -24;

  public Capacity {
    Checks.finite("bits of text of a token", textBits);
    Checks.finite("bits of loss of a token", lossBits);
    Checks.present("FLOP of a token", flops);
    if (!(flops.count() > 1)) {
      throw new IllegalArgumentException(
          "information capacity divides by log2 of the FLOP of a token, which must be above 1, got "
              + flops);
    }
  }

  /** IC with a bias b in bits. */
  public double with(double bias) {
    return (gain() + bias) / log2Flops();
  }

  /** {@code T - NLL}, bits saved a token. */
  public double gain() {
    return textBits - lossBits;
  }

  /** {@code log2 F}. */
  public double log2Flops() {
    return Math.log(flops.count()) / Math.log(2);
  }
}
