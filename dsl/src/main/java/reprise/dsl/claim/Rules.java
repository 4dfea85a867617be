package reprise.dsl.claim;

import static reprise.dsl.claim.Rule.number;

import java.util.Optional;
import java.util.function.Supplier;

/** The standard rules. */
public final class Rules {
  private Rules() {}

  /** Supported when the measured number lies within a relative tolerance of the claimed one. */
  public static Rule within(double relative) {
    return new Within(relative);
  }

  /** Supported when the measured interval contains the claimed number, else contradicted. */
  public static Rule intervalContainsClaim() {
    return new ClaimInInterval(true);
  }

  /** Supported when the measured interval excludes the claimed number, else contradicted. */
  public static Rule intervalExcludesClaim() {
    return new ClaimInInterval(false);
  }

  /** Supported when the whole interval lies in a range, contradicted when it lies outside. */
  public static Rule between(double low, double high) {
    return new Between(low, high);
  }

  /** Supported when the whole interval is at or above a number, contradicted when below. */
  public static Rule atLeast(double threshold) {
    return new AtLeast(threshold);
  }

  /** Supported when the whole interval is at or below a number, contradicted when above. */
  public static Rule atMost(double threshold) {
    return new AtMost(threshold);
  }

  /** Never decided by a run of this program; the reason says why. */
  public static Rule outOfReach(String reason) {
    return new OutOfReach(reason);
  }

  private static Verdict supported(Claim claim, Measured measured, String reason) {
    return new Verdict.Supported(claim, Optional.of(measured), reason);
  }

  private static Verdict contradicted(Claim claim, Measured measured, String reason) {
    return new Verdict.Contradicted(claim, Optional.of(measured), reason);
  }

  private static double lower(Measured measured) {
    return measured.interval().map(Interval::low).orElse(measured.value());
  }

  private static double upper(Measured measured) {
    return measured.interval().map(Interval::high).orElse(measured.value());
  }

  private static Interval interval(Claim claim, Measured measured) {
    return measured.interval().orElseThrow(missing(claim));
  }

  private static Supplier<IllegalStateException> missing(Claim claim) {
    return () ->
        new IllegalStateException(
            "claim '"
                + claim.id()
                + "': its rule needs a measured interval, and the measurement has none");
  }

  private static double claimed(Claim claim) {
    return claim.expected().orElseThrow().value();
  }

  private record Within(double relative) implements Rule {
    @Override
    public String text() {
      return "supported when the measured number is within "
          + number(100 * relative)
          + " % of the claimed one, else contradicted";
    }

    @Override
    public boolean needsExpected() {
      return true;
    }

    @Override
    public Verdict decide(Claim claim, Measured measured) {
      // |measured - claimed| / |claimed|
      double error = Math.abs(measured.value() - claimed(claim)) / Math.abs(claimed(claim));
      String reason =
          number(measured.value())
              + " is "
              + number(100 * error)
              + " % from "
              + number(claimed(claim));
      return error <= relative
          ? supported(claim, measured, reason)
          : contradicted(claim, measured, reason);
    }
  }

  private record ClaimInInterval(boolean inside) implements Rule {
    @Override
    public String text() {
      return "supported when the measured interval "
          + (inside ? "contains" : "excludes")
          + " the claimed number, else contradicted";
    }

    @Override
    public boolean needsExpected() {
      return true;
    }

    @Override
    public Verdict decide(Claim claim, Measured measured) {
      Interval interval = interval(claim, measured);
      boolean contains = interval.contains(claimed(claim));
      String reason = interval + (contains ? " contains " : " excludes ") + number(claimed(claim));
      return contains == inside
          ? supported(claim, measured, reason)
          : contradicted(claim, measured, reason);
    }
  }

  private record Between(double low, double high) implements Rule {
    Between {
      if (!(low <= high)) {
        throw new IllegalArgumentException("between needs low <= high, got " + low + ", " + high);
      }
    }

    @Override
    public String text() {
      return "supported when the whole measured interval lies in ["
          + number(low)
          + ", "
          + number(high)
          + "], contradicted when none of it does, else inconclusive";
    }

    @Override
    public boolean needsExpected() {
      return false;
    }

    @Override
    public Verdict decide(Claim claim, Measured measured) {
      double from = lower(measured);
      double to = upper(measured);
      String range = "[" + number(low) + ", " + number(high) + "]";
      if (from >= low && to <= high) {
        return supported(claim, measured, measured + " lies in " + range);
      }
      if (to < low || from > high) {
        return contradicted(claim, measured, measured + " lies outside " + range);
      }
      return new Verdict.Inconclusive(
          claim, Optional.of(measured), measured + " reaches across the ends of " + range);
    }
  }

  private record AtLeast(double threshold) implements Rule {
    @Override
    public String text() {
      return "supported when the whole measured interval is at least "
          + number(threshold)
          + ", contradicted when all of it is below, else inconclusive";
    }

    @Override
    public boolean needsExpected() {
      return false;
    }

    @Override
    public Verdict decide(Claim claim, Measured measured) {
      if (lower(measured) >= threshold) {
        return supported(claim, measured, measured + " is at least " + number(threshold));
      }
      if (upper(measured) < threshold) {
        return contradicted(claim, measured, measured + " is below " + number(threshold));
      }
      return new Verdict.Inconclusive(
          claim, Optional.of(measured), measured + " reaches across " + number(threshold));
    }
  }

  private record AtMost(double threshold) implements Rule {
    @Override
    public String text() {
      return "supported when the whole measured interval is at most "
          + number(threshold)
          + ", contradicted when all of it is above, else inconclusive";
    }

    @Override
    public boolean needsExpected() {
      return false;
    }

    @Override
    public Verdict decide(Claim claim, Measured measured) {
      if (upper(measured) <= threshold) {
        return supported(claim, measured, measured + " is at most " + number(threshold));
      }
      if (lower(measured) > threshold) {
        return contradicted(claim, measured, measured + " is above " + number(threshold));
      }
      return new Verdict.Inconclusive(
          claim, Optional.of(measured), measured + " reaches across " + number(threshold));
    }
  }

  private record OutOfReach(String reason) implements Rule {
    @Override
    public String text() {
      return "out of reach: " + reason;
    }

    @Override
    public boolean needsExpected() {
      return false;
    }

    @Override
    public Optional<String> unreachable() {
      return Optional.of(reason);
    }

    @Override
    public Verdict decide(Claim claim, Measured measured) {
      return new Verdict.OutOfReach(claim, Optional.of(measured), reason);
    }
  }
}
