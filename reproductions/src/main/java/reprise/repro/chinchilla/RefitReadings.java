package reprise.repro.chinchilla;

import java.util.List;
import reprise.dsl.claim.Measured;
import reprise.dsl.fit.FittedLaw;
import reprise.dsl.law.AllocationEstimate;
import reprise.dsl.repro.Binding;
import reprise.dsl.result.Finding;
import reprise.dsl.unit.Numbers;
import reprise.papers.chinchilla.ChinchillaCard;
import reprise.papers.chinchilla.ChinchillaData;

/** Which numbers of the refit measure the paper's claims. */
final class RefitReadings {
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
    return result.fit().allocation(ChinchillaData.GOPHER_BUDGET.count());
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
    List<Double> published = ChinchillaData.REPLICATION_ERRORS;
    double largest = 0;
    for (int i = 0; i < published.size(); i++) {
      double deviation = Math.abs(constants.get(i).standardError() / published.get(i) - 1);
      largest = Math.max(largest, deviation);
    }
    return Measured.exactly(
        largest,
        "largest relative deviation of five standard errors, "
            + Numbers.grouped(result.fit().samples().size())
            + " resamples");
  }
}
