package reprise.repro.toph;

import static reprise.dsl.Reprise.boundStudy;
import static reprise.dsl.Reprise.keptStudy;
import static reprise.dsl.Reprise.minP;
import static reprise.dsl.Reprise.nucleus;
import static reprise.dsl.Reprise.symbols;
import static reprise.dsl.Reprise.topH;

import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.generation.Decoding;
import reprise.dsl.repro.Binding;
import reprise.dsl.repro.Part;
import reprise.dsl.repro.Reproduction;
import reprise.dsl.repro.Scale;
import reprise.dsl.sampling.BoundResult;
import reprise.dsl.sampling.KeptResult;
import reprise.papers.toph.TopHCard;

/** Top-H against every subset of small alphabets, and against other rules at rising temperature. */
public final class TopHReproduction implements Reproduction {
  private static final Decoding TOP_H = topH(0.4);
  private static final Decoding MIN_P = minP(0.1);
  private static final Decoding NUCLEUS = nucleus(0.9);
  private static final double HOT = 3;
  private static final double COLD = 0.7;

  @Override
  public Card card() {
    return TopHCard.CARD;
  }

  @Override
  public List<Part<?>> parts(Scale scale) {
    int draws =
        switch (scale) {
          case SMOKE -> 20;
          case LAPTOP -> 100;
          case FULL -> 10_000;
        };
    return List.of(subsets(draws), kept(draws / 10));
  }

  private static Part<BoundResult> subsets(int draws) {
    return new Part<>(
        "subsets",
        "Dirichlet distributions over twelve tokens: what the rule keeps, all 4095 subsets, and"
            + " 200 tokens of the native sampler each.",
        boundStudy(0.3, 0.5, 0.7).draws(draws),
        List.of(
            new Binding<>(TopHCard.BOUND, r -> r.count(BoundResult.BROKEN)),
            new Binding<>(TopHCard.RELEASED, r -> r.count(BoundResult.RELEASED_BROKEN)),
            new Binding<>(TopHCard.NEAR_BEST, BoundResult::mass),
            new Binding<>(TopHCard.NATIVE, r -> r.count(BoundResult.OUTSIDE))));
  }

  private static Part<KeptResult> kept(int seeds) {
    return new Part<>(
        "kept",
        "Five thousand tokens with normal logits, from temperature 0.7 to 3.",
        keptStudy(symbols(5000)).with(TOP_H, MIN_P, NUCLEUS).seeds(seeds),
        List.of(
            new Binding<>(TopHCard.BELOW_MIN_P, r -> r.above(MIN_P, TOP_H, HOT)),
            new Binding<>(TopHCard.BELOW_TOP_P, r -> r.above(NUCLEUS, MIN_P, HOT)),
            new Binding<>(TopHCard.STEADY, r -> r.rise(TOP_H, MIN_P, COLD, HOT))));
  }
}
