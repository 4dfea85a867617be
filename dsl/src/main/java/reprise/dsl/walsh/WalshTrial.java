package reprise.dsl.walsh;

import java.util.List;
import reprise.dsl.plan.Field;
import reprise.dsl.study.Trial;
import reprise.dsl.unit.Flops;
import reprise.dsl.unit.Numbers;

/**
 * One signal.
 *
 * @param size n and K
 * @param decibels of K over the noise's variance; infinite without noise
 * @param votes P
 * @param seed of places, signs, noise and offsets
 */
public record WalshTrial(Sparse size, double decibels, int votes, int seed) implements Trial {
  /** Groups of bins, C. */
  public static final int GROUPS = 3;

  @Override
  public String id() {
    String noise = noisy() ? "-" + Numbers.plain(decibels) + "dB" : "";
    return "n" + bits() + "-k" + coefficients() + noise + "-s" + seed;
  }

  /** n. */
  public int bits() {
    return size.bits();
  }

  /** K. */
  public int coefficients() {
    return size.coefficients();
  }

  /** Whether samples are noisy. */
  public boolean noisy() {
    return Double.isFinite(decibels);
  }

  /** Bits b of a bin's number; a group has B = 2^b bins, the next power of two from K on. */
  public int binBits() {
    return 32 - Integer.numberOfLeadingZeros(Math.max(1, coefficients() - 1));
  }

  /** Samples that the recovery reads: C B (n + 1) P. */
  public long samples() {
    return GROUPS * (1L << binBits()) * (bits() + 1) * votes;
  }

  /** Variance of the noise of a sample. */
  public double variance() {
    return !noisy() ? 0 : coefficients() / Math.pow(10, decibels / 10);
  }

  /** K products a sample, and the full transform that the answer is compared with. */
  @Override
  public Flops flops() {
    return new Flops(
        2.0 * samples() * coefficients() + Math.pow(2, bits()) * (bits() + coefficients()));
  }

  @Override
  public long numbers() {
    return 2L << bits();
  }

  @Override
  public String setting() {
    return "coefficients of +1 or -1 at random places, three groups of bins";
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.whole("n", bits()),
        Field.whole("K", coefficients()),
        Field.whole("bins", 1L << binBits()),
        Field.number(
            "decibels",
            noisy() ? decibels : Double.MAX_VALUE,
            noisy() ? Numbers.plain(decibels) : "no noise"),
        Field.whole("votes", votes),
        Field.whole("samples", samples()),
        Field.number("seed", seed, String.valueOf(seed)));
  }

  @Override
  public List<String> problems() {
    return binBits() > bits() / 2
        ? List.of(
            "expected at most 2^"
                + bits() / 2
                + " coefficients, which is sparse for 2^"
                + bits()
                + ", got "
                + coefficients())
        : List.of();
  }
}
