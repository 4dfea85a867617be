package reprise.dsl.repro;

import java.util.function.Function;
import reprise.dsl.claim.Claim;
import reprise.dsl.claim.Measured;
import reprise.dsl.result.Result;
import reprise.dsl.unit.Checks;

/**
 * Which number of a result measures a claim.
 *
 * @param claim the claim
 * @param reading takes the number, its interval and its conditions from the result
 * @param <R> the result's type
 */
public record Binding<R extends Result>(Claim claim, Function<R, Measured> reading) {
  public Binding {
    Checks.present("claim", claim);
    Checks.present("reading", reading);
  }
}
