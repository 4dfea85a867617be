package reprise.repro.auroc;

import static reprise.dsl.Reprise.rankingStudy;

import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.ranking.RankingMeasures;
import reprise.dsl.ranking.RankingResult;
import reprise.dsl.repro.Binding;
import reprise.dsl.repro.Part;
import reprise.dsl.repro.Reproduction;
import reprise.dsl.repro.Scale;
import reprise.papers.auroc.AurocCard;

/** The identities and what each metric rewards, on drawn labels and scores. */
public final class AurocReproduction implements Reproduction {
  @Override
  public Card card() {
    return AurocCard.CARD;
  }

  @Override
  public List<Part<?>> parts(Scale scale) {
    int seeds =
        switch (scale) {
          case SMOKE -> 3;
          case LAPTOP -> 10;
          case FULL -> 100;
        };
    return List.of(
        new Part<>(
            "mistakes",
            "2000 examples, one in twenty positive; then two halves with one in ten and one in"
                + " fifty, whose mistakes are mended one by one.",
            rankingStudy(0.05).subgroups(0.10, 0.02, 0.8).seeds(seeds),
            List.of(
                new Binding<>(AurocCard.AUROC_IDENTITY, r -> r.largest(RankingMeasures.AUROC_GAP)),
                new Binding<>(AurocCard.AP_IDENTITY, r -> r.largest(RankingMeasures.AP_GAP)),
                new Binding<>(AurocCard.ALIKE, r -> r.largest(RankingMeasures.AUROC_GAINS)),
                new Binding<>(
                    AurocCard.TOP_FIRST, r -> r.largest(RankingMeasures.RANK_CORRELATION)),
                new Binding<>(AurocCard.FAVOUR, RankingResult::favour))));
  }
}
