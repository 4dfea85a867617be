package reprise.repro.fwsvd;

import static reprise.dsl.Reprise.compression;
import static reprise.dsl.lowrank.Subject.OVERFIT;
import static reprise.dsl.lowrank.Subject.UNIFORM;
import static reprise.dsl.lowrank.Subject.ZIPF;

import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.lowrank.CompressionResult;
import reprise.dsl.repro.Binding;
import reprise.dsl.repro.Part;
import reprise.dsl.repro.Reproduction;
import reprise.dsl.repro.Scale;
import reprise.papers.fwsvd.FwsvdCard;

/** The embedding of a bigram model and the matrix of an overfit classifier, at low ranks. */
public final class FwsvdReproduction implements Reproduction {
  @Override
  public Card card() {
    return FwsvdCard.CARD;
  }

  @Override
  public List<Part<?>> parts(Scale scale) {
    int steps = scale == Scale.SMOKE ? 200 : 1500;
    int seeds =
        switch (scale) {
          case SMOKE -> 1;
          case LAPTOP -> 3;
          case FULL -> 10;
        };
    return List.of(bigrams(steps, seeds), classifier(10 * seeds));
  }

  private static Part<CompressionResult> bigrams(int steps, int seeds) {
    return new Part<>(
        "bigrams",
        "Bigram models of 400 tokens, by Zipf's law and equally frequent; their embeddings at ranks"
            + " 2 to 32 of 48.",
        compression(ZIPF, UNIFORM).ranks(2, 4, 8, 16, 32).iterations(steps).seeds(seeds),
        List.of(
            new Binding<>(FwsvdCard.RANK_2, r -> r.mostRise(ZIPF, 2)),
            new Binding<>(FwsvdCard.RANK_4, r -> r.mostRise(ZIPF, 4)),
            new Binding<>(FwsvdCard.ERROR, r -> r.leastError(ZIPF, 4)),
            new Binding<>(FwsvdCard.RANK_16, r -> r.rise(ZIPF, 16)),
            new Binding<>(FwsvdCard.UNIFORM, r -> r.rise(UNIFORM, 4))));
  }

  private static Part<CompressionResult> classifier(int seeds) {
    return new Part<>(
        "classifier",
        "A linear classifier of 60 examples; half of its inputs mean nothing and vary six times as"
            + " much.",
        compression(OVERFIT).ranks(2, 4, 8).seeds(seeds),
        List.of(new Binding<>(FwsvdCard.VARIANCE, r -> r.difference(OVERFIT, 2))));
  }
}
