package reprise.repro.sensing;

import static reprise.dsl.Reprise.ASYMMETRIC;
import static reprise.dsl.Reprise.matrixSensing;

import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.repro.Binding;
import reprise.dsl.repro.Part;
import reprise.dsl.repro.Reproduction;
import reprise.dsl.repro.Scale;
import reprise.dsl.sensing.NeedsRanks;
import reprise.dsl.sensing.SensingResult;
import reprise.papers.sensing.SensingCard;

/** Descents on a 30 x 30 matrix of rank 3 with exact and too many columns. */
public final class SensingReproduction implements Reproduction {
  private static final int EXACT = 3;
  private static final int TWICE = 6;
  private static final int FOURFOLD = 12;
  private static final NeedsRanks TARGET = matrixSensing(30, 1.0, 0.8, 0.6);

  @Override
  public Card card() {
    return SensingCard.CARD;
  }

  @Override
  public List<Part<?>> parts(Scale scale) {
    int seeds =
        switch (scale) {
          case SMOKE -> 2;
          case LAPTOP -> 3;
          case FULL -> 10;
        };
    int rates = scale == Scale.SMOKE ? 2 : 10;
    int slow =
        switch (scale) {
          case SMOKE -> 10_000;
          case LAPTOP -> 80_000;
          case FULL -> 2_000_000;
        };
    return List.of(
        exact(seeds),
        symmetric(slow, seeds),
        asymmetric(rates),
        small(rates),
        measuredExact(seeds),
        measuredAsymmetric(seeds));
  }

  private static Part<SensingResult> exact(int seeds) {
    return new Part<>(
        "exact",
        "Every entry is seen and the factor has as many columns as the rank.",
        TARGET.ranks(EXACT).iterations(1000).seeds(seeds),
        List.of(new Binding<>(SensingCard.EXACT, r -> r.finalLoss(EXACT))));
  }

  private static Part<SensingResult> symmetric(int steps, int seeds) {
    return new Part<>(
        "symmetric",
        "Every entry is seen and the factor has two and four times too many columns.",
        TARGET.ranks(TWICE, FOURFOLD).iterations(steps).seeds(seeds),
        List.of(
            new Binding<>(SensingCard.SYMMETRIC, r -> r.slope(TWICE)),
            new Binding<>(SensingCard.SYMMETRIC_WIDE, r -> r.slope(FOURFOLD))));
  }

  private static Part<SensingResult> asymmetric(int seeds) {
    return new Part<>(
        "asymmetric",
        "Two factors with twice too many columns, begun at two scales; 40,000 steps, for 3,000,"
            + " which were tried first, left 1e-9 from the smaller scale. Ten draws, for three did not"
            + " decide about rates.",
        TARGET.ranks(TWICE).factors(ASYMMETRIC).scales(0.5, 1.0).iterations(40_000).seeds(seeds),
        List.of(
            new Binding<>(SensingCard.ASYMMETRIC, r -> r.finalLoss(TWICE)),
            new Binding<>(SensingCard.SCALE, r -> r.rateRatio(1, 0.5))));
  }

  private static Part<SensingResult> small(int seeds) {
    return new Part<>(
        "small-scales",
        "The same from small factors, where the bound's order alpha^2 can be read off; ten draws,"
            + " for three did not decide.",
        TARGET.ranks(TWICE).factors(ASYMMETRIC).scales(0.125, 0.25).iterations(40_000).seeds(seeds),
        List.of(new Binding<>(SensingCard.SQUARE, r -> r.rateRatio(0.25, 0.125))));
  }

  private static Part<SensingResult> measuredExact(int seeds) {
    return new Part<>(
        "measured-symmetric",
        "1200 Gaussian measurements, one factor.",
        TARGET.ranks(EXACT, TWICE).measurements(1200).iterations(3000).seeds(seeds),
        List.of(
            new Binding<>(SensingCard.SEEN_EXACT, r -> r.finalLoss(EXACT)),
            new Binding<>(SensingCard.SEEN_SYMMETRIC, r -> r.leastLoss(TWICE))));
  }

  private static Part<SensingResult> measuredAsymmetric(int seeds) {
    return new Part<>(
        "measured-asymmetric",
        "1200 Gaussian measurements, two factors.",
        TARGET
            .ranks(TWICE)
            .factors(ASYMMETRIC)
            .scales(1.0)
            .measurements(1200)
            .iterations(3000)
            .seeds(seeds),
        List.of(new Binding<>(SensingCard.SEEN_ASYMMETRIC, r -> r.finalLoss(TWICE))));
  }
}
