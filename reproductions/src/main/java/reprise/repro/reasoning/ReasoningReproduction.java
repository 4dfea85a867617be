package reprise.repro.reasoning;

import static reprise.dsl.Reprise.FACTORISED;
import static reprise.dsl.Reprise.MERGED;
import static reprise.dsl.Reprise.outOfContext;

import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.reasoning.ReasoningResult;
import reprise.dsl.repro.Binding;
import reprise.dsl.repro.Part;
import reprise.dsl.repro.Reproduction;
import reprise.dsl.repro.Scale;
import reprise.papers.reasoning.ReasoningCard;

/** Twenty subjects in five classes, under a factorised and a merged head. */
public final class ReasoningReproduction implements Reproduction {
  @Override
  public Card card() {
    return ReasoningCard.CARD;
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
            "one-shown",
            "The implication of one subject of each class is trained, that of three is asked.",
            outOfContext(20, 5).heads(FACTORISED, MERGED).seeds(seeds),
            List.of(
                new Binding<>(ReasoningCard.FACTORISED, r -> r.leastAnswered(FACTORISED)),
                new Binding<>(ReasoningCard.MERGED, r -> r.mostAnswered(MERGED)),
                new Binding<>(
                    ReasoningCard.NUCLEAR, r -> r.factorisedOverMerged(ReasoningResult.NUCLEAR)),
                new Binding<>(
                    ReasoningCard.FROBENIUS,
                    r -> r.factorisedOverMerged(ReasoningResult.FROBENIUS)))),
        new Part<>(
            "half-shown",
            "The implications of two subjects of each class are trained, those of two are asked.",
            outOfContext(20, 5).heads(MERGED).shown(2).seeds(seeds),
            List.of(new Binding<>(ReasoningCard.MERGED_HALF, r -> r.mostAnswered(MERGED)))),
        new Part<>(
            "spurious",
            "As the first, but each fact implies something drawn at random.",
            outOfContext(20, 5).heads(FACTORISED).spuriously().seeds(seeds),
            List.of(new Binding<>(ReasoningCard.SPURIOUS, r -> r.leastAnswered(FACTORISED)))));
  }
}
