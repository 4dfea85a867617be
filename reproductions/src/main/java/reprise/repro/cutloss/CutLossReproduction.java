package reprise.repro.cutloss;

import static reprise.dsl.Reprise.filteredHead;
import static reprise.dsl.Reprise.headLoss;
import static reprise.dsl.Reprise.symbols;
import static reprise.dsl.Reprise.tokens;
import static reprise.dsl.Reprise.width;

import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.head.Filter;
import reprise.dsl.head.FilterResult;
import reprise.dsl.head.LossResult;
import reprise.dsl.head.Method;
import reprise.dsl.head.Phase;
import reprise.dsl.repro.Binding;
import reprise.dsl.repro.Part;
import reprise.dsl.repro.Reproduction;
import reprise.dsl.repro.Scale;
import reprise.papers.cutloss.CutLossCard;

/** The loss of heads of up to 32,768 classes, and a bigram model trained under the filter. */
public final class CutLossReproduction implements Reproduction {
  @Override
  public Card card() {
    return CutLossCard.CARD;
  }

  @Override
  public List<Part<?>> parts(Scale scale) {
    return List.of(memory(scale), filter(scale));
  }

  private static Part<LossResult> memory(Scale scale) {
    int rows =
        switch (scale) {
          case SMOKE -> 2048;
          case LAPTOP -> 8192;
          case FULL -> 16_384;
        };
    return new Part<>(
        "memory",
        "Random x and w, logits falling with the logarithm of a class's rank: planned memory of"
            + " three methods, and the largest error of 256 rows against double precision.",
        headLoss(tokens(rows), width(64))
            .vocabularies(symbols(2048), symbols(8192), symbols(32_768)),
        List.of(
            new Binding<>(CutLossCard.LOSS, r -> r.error(LossResult.LOSS_ERROR)),
            new Binding<>(CutLossCard.GRADIENT, r -> r.error(LossResult.GRADIENT_ERROR)),
            new Binding<>(CutLossCard.MEMORY, r -> r.saving(LossResult.LOSS, Method.CUT)),
            new Binding<>(CutLossCard.FLAT, r -> r.growth(Method.CUT)),
            new Binding<>(CutLossCard.HEAD, r -> r.saving(LossResult.BOTH, Method.CUT)),
            new Binding<>(CutLossCard.RESIDENT, LossResult::saved)));
  }

  private static Part<FilterResult> filter(Scale scale) {
    int batch = scale == Scale.FULL ? 2048 : 256;
    int updates =
        switch (scale) {
          case SMOKE -> 60;
          case LAPTOP -> 160;
          case FULL -> 2000;
        };
    int seeds =
        switch (scale) {
          case SMOKE -> 1;
          case LAPTOP -> 3;
          case FULL -> 10;
        };
    return new Part<>(
        "filter",
        "Bigram models trained with and without the filter, from scratch and on a source of which"
            + " half has changed; blocks that could be skipped, as training goes on.",
        filteredHead(symbols(8192), width(32), tokens(batch))
            .updates(updates, updates / 2)
            .seeds(seeds),
        List.of(
            new Binding<>(CutLossCard.SPARSE, r -> r.rise(FilterResult.SKIPPED_SORTED)),
            new Binding<>(CutLossCard.SORTING, FilterResult::sorting),
            new Binding<>(CutLossCard.TUNING, r -> r.ratio(Phase.TUNING, Filter.SORTED)),
            new Binding<>(CutLossCard.SCRATCH, r -> r.ratio(Phase.SCRATCH, Filter.SORTED))));
  }
}
