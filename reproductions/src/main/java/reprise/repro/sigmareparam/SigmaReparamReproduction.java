package reprise.repro.sigmareparam;

import static reprise.dsl.Reprise.PLAIN;
import static reprise.dsl.Reprise.PRIDE_AND_PREJUDICE;
import static reprise.dsl.Reprise.SIGMA_REPARAM;
import static reprise.dsl.Reprise.SIGMA_REPARAM_KEPT;
import static reprise.dsl.Reprise.SPECTRAL_NORM;
import static reprise.dsl.Reprise.characters;
import static reprise.dsl.Reprise.decoder;
import static reprise.dsl.Reprise.entropyCollapse;
import static reprise.dsl.Reprise.entropyFloor;
import static reprise.dsl.Reprise.tokens;
import static reprise.dsl.Reprise.widths;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.attention.CollapseResult;
import reprise.dsl.attention.EntropyCollapse;
import reprise.dsl.attention.FloorResult;
import reprise.dsl.attention.NeedsRates;
import reprise.dsl.claim.Card;
import reprise.dsl.repro.Binding;
import reprise.dsl.repro.Part;
import reprise.dsl.repro.Reproduction;
import reprise.dsl.repro.Scale;
import reprise.papers.sigmareparam.SigmaReparamCard;

/** The bound on entropy, and small decoders on a novel at growing learning rates. */
public final class SigmaReparamReproduction implements Reproduction {
  @Override
  public Card card() {
    return SigmaReparamCard.CARD;
  }

  @Override
  public List<Part<?>> parts(Scale scale) {
    List<Part<?>> parts = new ArrayList<>();
    parts.add(bound(scale));
    parts.add(rates(scale));
    if (scale != Scale.SMOKE) {
      parts.add(
          new Part<>(
              "norms",
              "With norms in blocks: do plain matrices collapse at a large rate?",
              base(scale)
                  .learningRates(0.01, 0.03)
                  .compare(PLAIN, SIGMA_REPARAM)
                  .blockNorms()
                  .seeds(scale == Scale.FULL ? 5 : 3),
              List.of(
                  new Binding<>(SigmaReparamCard.NORMED_COLLAPSES, r -> r.failingRates(PLAIN)))));
    }
    return parts;
  }

  private static Part<FloorResult> bound(Scale scale) {
    return new Part<>(
        "bound",
        "Is the bound on the entropy of attention attained, and is anything below it?",
        entropyFloor(8, 64, 256).draws(scale == Scale.FULL ? 200_000 : 2000),
        List.of(
            new Binding<>(SigmaReparamCard.TIGHT, FloorResult::attained),
            new Binding<>(SigmaReparamCard.BOUND, FloorResult::margin),
            new Binding<>(SigmaReparamCard.TAIL, FloorResult::tail)));
  }

  private static Part<CollapseResult> rates(Scale scale) {
    List<Binding<CollapseResult>> bindings =
        new ArrayList<>(
            List.of(
                new Binding<>(SigmaReparamCard.IN_TRAINING, CollapseResult::margin),
                new Binding<>(
                    SigmaReparamCard.PATTERN,
                    r -> r.correlation(PLAIN, SPECTRAL_NORM, SIGMA_REPARAM, SIGMA_REPARAM_KEPT)),
                new Binding<>(SigmaReparamCard.PLAIN_PATTERN, r -> r.correlation(PLAIN)),
                new Binding<>(SigmaReparamCard.COLLAPSES, r -> r.failingRates(PLAIN)),
                new Binding<>(SigmaReparamCard.RESCUED, r -> r.rescued(SIGMA_REPARAM)),
                new Binding<>(
                    SigmaReparamCard.HELD_UP, r -> r.entropyAtLargestRate(SIGMA_REPARAM, PLAIN)),
                new Binding<>(
                    SigmaReparamCard.TRAINS, r -> r.lossAtLargestRate(SIGMA_REPARAM, PLAIN)),
                new Binding<>(SigmaReparamCard.AS_GOOD, r -> r.bestLoss(SIGMA_REPARAM, PLAIN)),
                new Binding<>(SigmaReparamCard.ROBUST, r -> r.sensitivity(SIGMA_REPARAM, PLAIN))));
    if (scale != Scale.SMOKE) {
      bindings.add(
          new Binding<>(SigmaReparamCard.MULTIPLE, r -> r.bestLoss(SPECTRAL_NORM, SIGMA_REPARAM)));
      bindings.add(
          new Binding<>(
              SigmaReparamCard.START, r -> r.bestLoss(SIGMA_REPARAM_KEPT, SIGMA_REPARAM)));
    }
    return new Part<>(
        "rates",
        "Without warm-up and norms, at growing learning rates: what collapses, what is unstable?",
        experiment(scale),
        bindings);
  }

  private static EntropyCollapse experiment(Scale scale) {
    return switch (scale) {
      case SMOKE -> base(scale).learningRates(0.001, 0.03).compare(PLAIN, SIGMA_REPARAM).looks(10);
      case LAPTOP ->
          base(scale)
              .learningRates(0.001, 0.003, 0.01, 0.03)
              .compare(PLAIN, SPECTRAL_NORM, SIGMA_REPARAM, SIGMA_REPARAM_KEPT)
              .seeds(3);
      case FULL ->
          base(scale)
              .learningRates(0.0003, 0.001, 0.003, 0.01, 0.03, 0.1)
              .compare(PLAIN, SPECTRAL_NORM, SIGMA_REPARAM, SIGMA_REPARAM_KEPT)
              .seeds(5);
    };
  }

  private static NeedsRates base(Scale scale) {
    return switch (scale) {
      case SMOKE ->
          entropyCollapse(decoder(widths(32)).layers(2).context(64))
              .corpus(characters(PRIDE_AND_PREJUDICE))
              .tokens(tokens(51_200));
      case LAPTOP ->
          entropyCollapse(decoder(widths(64)).layers(4).context(64))
              .corpus(characters(PRIDE_AND_PREJUDICE))
              .tokens(tokens(128_000));
      case FULL ->
          entropyCollapse(decoder(widths(256)).layers(12).context(64))
              .corpus(characters(PRIDE_AND_PREJUDICE))
              .tokens(tokens(2_560_000));
    };
  }
}
