package reprise.dsl.plan;

import java.util.Optional;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Numbers;
import reprise.dsl.unit.Tokens;

/**
 * When to give a run up: its training loss is looked at again and again, and after so many looks in
 * a row that found no new least one it ends. A look compares the mean training loss of the steps
 * since the look before; it is a new least one when it is lower than the least so far by at least
 * the gain.
 *
 * <p>Looks stand at fixed steps and see nothing but the run's own recorded losses. So a run ends at
 * the same step with the same bits, however often it is interrupted, whichever machine it is on,
 * and whatever the other runs do.
 *
 * <p>A cosine lowers the loss most towards its end: patience of less than a quarter of a run gives
 * up runs that would still have fallen.
 *
 * @param looks in a row without a new least loss
 * @param every tokens between two looks; a twentieth of the run unless set
 * @param gain share of the least loss by which the next must be lower; 0.001 unless set
 */
public record Patience(int looks, Optional<Tokens> every, double gain) {
  /** Looks of a run unless set. */
  private static final int LOOKS_A_RUN = 20;

  public Patience {
    Checks.positive("patience", looks, "looks");
    Checks.present("every", every);
    if (!(gain >= 0 && gain < 1)) {
      throw new IllegalArgumentException("a gain is a share of the loss in [0, 1), got " + gain);
    }
  }

  /** Twenty looks a run, and a gain of 0.1 %. */
  public static Patience of(int looks) {
    return new Patience(looks, Optional.empty(), 0.001);
  }

  /** The same with so many tokens between two looks. */
  public Patience every(Tokens tokens) {
    return new Patience(looks, Optional.of(tokens), gain);
  }

  /** The same with another gain, a share of the least loss so far. */
  public Patience gaining(double share) {
    return new Patience(looks, every, share);
  }

  /** Whole steps between two looks at a run. */
  public int steps(TrainTask run) {
    return every
        .map(tokens ->
            Math.clamp(tokens.count() / run.optimisation().tokensPerStep(), 1, run.steps()))
        .orElse(Math.max(1, run.steps() / LOOKS_A_RUN));
  }

  @Override
  public String toString() {
    return "stops early after "
        + looks
        + (looks == 1 ? " look, every " : " looks, every ")
        + every.map(Tokens::toString).orElse("twentieth of a run")
        + ", without "
        + Numbers.significant(100 * gain, 3)
        + " % less training loss";
  }
}
