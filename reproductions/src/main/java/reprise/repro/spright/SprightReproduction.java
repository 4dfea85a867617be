package reprise.repro.spright;

import static reprise.dsl.Reprise.sparse;
import static reprise.dsl.Reprise.sparseWalsh;

import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.repro.Binding;
import reprise.dsl.repro.Part;
import reprise.dsl.repro.Reproduction;
import reprise.dsl.repro.Scale;
import reprise.dsl.walsh.WalshResult;
import reprise.papers.spright.SprightCard;

/** Sparse transforms of four sizes without noise, at five levels of noise, and of four sizes. */
public final class SprightReproduction implements Reproduction {
  private static final int VOTES = 7;

  @Override
  public Card card() {
    return SprightCard.CARD;
  }

  @Override
  public List<Part<?>> parts(Scale scale) {
    int seeds =
        switch (scale) {
          case SMOKE -> 5;
          case LAPTOP -> 100;
          case FULL -> 1000;
        };
    return List.of(
        new Part<>(
            "clean",
            "Transforms of 2^12 to 2^18 coefficients, 16 to 64 of them planted, without noise.",
            sparseWalsh(sparse(12, 16), sparse(14, 32), sparse(16, 64), sparse(18, 64))
                .seeds(seeds),
            List.of(
                new Binding<>(SprightCard.CLEAN, WalshResult::leastRecovered),
                new Binding<>(SprightCard.SAMPLES, WalshResult::sampleGrowth),
                new Binding<>(SprightCard.WORK, WalshResult::workGrowth),
                new Binding<>(SprightCard.FULL, WalshResult::fullGap))),
        new Part<>(
            "noise",
            "2^14 coefficients, 24 planted, seven votes, at rising strength of the signal.",
            sparseWalsh(sparse(14, 24)).noise(5.0, 10.0, 15.0, 20.0).votes(VOTES).seeds(seeds),
            List.of(new Binding<>(SprightCard.NOISY, WalshResult::leastRecovered))),
        new Part<>(
            "faint",
            "The same where noise is as strong as the signal.",
            sparseWalsh(sparse(14, 24)).noise(0.0).votes(VOTES).seeds(seeds),
            List.of(new Binding<>(SprightCard.FAINT, WalshResult::leastRecovered))),
        new Part<>(
            "sizes",
            "24 planted coefficients of 2^12 to 2^18 at 10 dB, with the same seven votes.",
            sparseWalsh(sparse(12, 24), sparse(14, 24), sparse(16, 24), sparse(18, 24))
                .noise(10.0)
                .votes(VOTES)
                .seeds(seeds),
            List.of(new Binding<>(SprightCard.FACTOR, WalshResult::leastRecovered))));
  }
}
