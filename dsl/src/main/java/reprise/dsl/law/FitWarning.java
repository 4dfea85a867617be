package reprise.dsl.law;

import java.util.List;
import java.util.Locale;
import reprise.dsl.unit.Numbers;

/** Why the constants of a fit should not be taken at face value. */
public sealed interface FitWarning {
  /** One sentence: what, where, what to do. */
  String message();

  /** Whether it means that the points do not determine the constants. */
  default boolean unidentified() {
    return true;
  }

  /** A constant sits where it has no effect: a floor at 0, an exponent at 0. */
  record AtBound(String constant, double value, double bound) implements FitWarning {
    @Override
    public String message() {
      return String.format(
          Locale.ROOT,
          "%s = %.4g is at its bound %.4g: the points do not determine it; "
              + "add points at larger scale, or fit a law without %s",
          constant,
          value,
          bound,
          constant);
    }
  }

  /** A constant ended at a limit that the user set. */
  record AtLimit(String constant, double value, double limit) implements FitWarning {
    @Override
    public String message() {
      return constant
          + " = "
          + Numbers.significant(value, 5)
          + " is at the bound "
          + Numbers.significant(limit, 5)
          + " you set: the points pull it beyond; "
          + "widen the bound, or give a reason for it beside the number";
    }
  }

  /**
   * The objective hardly changes along a direction in which these constants move together.
   *
   * @param constants that move along the valley
   * @param conditioning smallest over largest singular value of the scaled Jacobian
   */
  record FlatValley(List<String> constants, double conditioning) implements FitWarning {
    public FlatValley {
      constants = List.copyOf(constants);
    }

    @Override
    public String message() {
      return String.format(
          Locale.ROOT,
          "flat valley: %s can move together without changing the objective (conditioning %.2g); "
              + "vary the inputs independently of each other and over a wider range",
          String.join(", ", constants),
          conditioning);
    }
  }

  /**
   * The interval of a constant is so wide that the points say little about it.
   *
   * @param limit what makes it too wide, in words
   * @param unidentified false for a coefficient, which is an extrapolation to input 1
   */
  record WideInterval(String constant, Interval interval, String limit, boolean unidentified)
      implements FitWarning {
    @Override
    public String message() {
      return String.format(
          Locale.ROOT,
          "%s is not determined: interval %.4g to %.4g (%s); add points or fit fewer constants",
          constant,
          interval.low(),
          interval.high(),
          limit);
    }
  }

  /** The search stopped before the optimality test held. */
  record Unconverged(String reason, double possibleDecrease) implements FitWarning {
    @Override
    public String message() {
      return String.format(
          Locale.ROOT,
          "not converged: %s, but a Newton step could still lower the objective by %.2g of its value; "
              + "try more starts or another objective",
          reason,
          possibleDecrease);
    }
  }

  /**
   * Other starts end at other constants with nearly the same objective.
   *
   * @param ends number of such ends
   * @param excess least objective among them, relative to the best, minus 1
   * @param constants of that end, as text: {@code R_N* = 5.315, R_D* = 15.37}
   */
  record LocalOptima(int ends, double excess, String constants) implements FitWarning {
    @Override
    public String message() {
      return String.format(
          Locale.ROOT,
          "%d of the starts end within 1 %% of the objective at other constants, the nearest at %s "
              + "(+%.2g %%): report intervals, not these constants alone",
          ends,
          constants,
          100 * excess);
    }

    @Override
    public boolean unidentified() {
      return false;
    }
  }

  /** So few points that intervals are only indicative. */
  record FewPoints(int points, int constants) implements FitWarning {
    @Override
    public String message() {
      return points
          + " points for "
          + constants
          + " constants: intervals are only indicative; "
          + "use at least "
          + 3 * constants
          + " points";
    }

    @Override
    public boolean unidentified() {
      return false;
    }
  }

  /** Part of the bootstrap could not be fitted. */
  record FailedReplicates(int failed, int of) implements FitWarning {
    @Override
    public String message() {
      return failed
          + " of "
          + of
          + " bootstrap replicates could not be fitted and are left out: "
          + "intervals are too narrow";
    }

    @Override
    public boolean unidentified() {
      return false;
    }
  }
}
