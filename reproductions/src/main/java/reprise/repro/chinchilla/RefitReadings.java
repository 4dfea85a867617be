package reprise.repro.chinchilla;

import java.util.List;
import reprise.dsl.claim.Measured;
import reprise.dsl.fit.FittedLaw;
import reprise.dsl.law.AllocationEstimate;
import reprise.dsl.repro.Binding;
import reprise.dsl.result.Finding;
import reprise.dsl.unit.Numbers;
import reprise.papers.chinchilla.ChinchillaCard;

/** Which numbers of the refit measure the paper's claims. */
final class RefitReadings {
  /** Gopher's training compute in FLOP (Hoffmann et al. 2022, section 3.4). */
  private static final double GOPHER = 5.76e23;

  /** Standard errors of A, B, E, alpha, beta (Besiroglu et al. 2024, table 1 and notebook). */
  private static final List<Double> ERRORS = List.of(124.52, 1293.28, 0.02566, 0.01540, 0.02060);

  private RefitReadings() {}

  static List<Binding<FittedLaw>> bindings() {
    return List.of(
        new Binding<>(ChinchillaCard.EQUAL_SCALING, result -> result.measured("a")),
        new Binding<>(ChinchillaCard.PARAMETRIC_EXPONENT, result -> result.measured("a")),
        new Binding<>(ChinchillaCard.PUBLISHED_CONSTANTS, RefitReadings::chiSquare),
        new Binding<>(
            ChinchillaCard.TWENTY_TOKENS,
            result -> result.measured(optimum(result).tokensPerParameter())),
        new Binding<>(
            ChinchillaCard.GOPHER_SIZE, result -> result.measured(optimum(result).params())),
        new Binding<>(ChinchillaCard.REPLICATION_ERRORS, RefitReadings::standardErrors));
  }

  private static AllocationEstimate optimum(FittedLaw result) {
    return result.fit().allocation(GOPHER);
  }

  private static Measured chiSquare(FittedLaw result) {
    Finding.Comparison test = result.comparison();
    return Measured.exactly(
        test.chiSquare(),
        "chi-square with "
            + test.degrees()
            + " degrees of freedom, bootstrap covariance, p = "
            + Numbers.scientific(test.pValue()));
  }

  // max_i |se_i / published_i - 1|
  private static Measured standardErrors(FittedLaw result) {
    var constants = result.fit().constants();
    double largest = 0;
    for (int i = 0; i < ERRORS.size(); i++) {
      double deviation = Math.abs(constants.get(i).standardError() / ERRORS.get(i) - 1);
      largest = Math.max(largest, deviation);
    }
    return Measured.exactly(
        largest,
        "largest relative deviation of five standard errors, "
            + Numbers.grouped(result.fit().samples().size())
            + " resamples");
  }
}
