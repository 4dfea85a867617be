package reprise.repro.fpquant;

import static reprise.dsl.Reprise.E1M1;
import static reprise.dsl.Reprise.E1M2;
import static reprise.dsl.Reprise.E2M1;
import static reprise.dsl.Reprise.E4M3;
import static reprise.dsl.Reprise.E8M7;
import static reprise.dsl.Reprise.PRIDE_AND_PREJUDICE;
import static reprise.dsl.Reprise.characters;
import static reprise.dsl.Reprise.decoder;
import static reprise.dsl.Reprise.tokens;
import static reprise.dsl.Reprise.trainingIn;
import static reprise.dsl.Reprise.widths;

import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.lowprecision.LowPrecisionResult;
import reprise.dsl.model.DecoderFamily;
import reprise.dsl.repro.Binding;
import reprise.dsl.repro.Part;
import reprise.dsl.repro.Reproduction;
import reprise.dsl.repro.Scale;
import reprise.dsl.unit.Tokens;
import reprise.papers.fpquant.FpQuantCard;

/** The published law evaluated, and small decoders trained in simulated formats. */
public final class FpQuantReproduction implements Reproduction {
  @Override
  public Card card() {
    return FpQuantCard.CARD;
  }

  @Override
  public List<Part<?>> parts(Scale scale) {
    return List.of(formats(scale), blocks(scale), data(scale));
  }

  private static Part<LowPrecisionResult> formats(Scale scale) {
    return new Part<>(
        "formats",
        "Five formats, blocks of 128: does the loss follow the law's precision term?",
        trainingIn(E8M7, E4M3, E2M1, E1M2, E1M1)
            .models(model(scale))
            .corpus(characters(PRIDE_AND_PREJUDICE))
            .tokens(most(scale))
            .seeds(seeds(scale)),
        List.of(
            new Binding<>(FpQuantCard.LAYOUTS, _ -> PublishedLaw.layouts()),
            new Binding<>(FpQuantCard.EXPONENT_BITS, _ -> PublishedLaw.exponentOverMantissa()),
            new Binding<>(FpQuantCard.CRITICAL_16, _ -> PublishedLaw.critical(E8M7)),
            new Binding<>(FpQuantCard.CRITICAL_8, _ -> PublishedLaw.critical(E4M3)),
            new Binding<>(FpQuantCard.CRITICAL_4, _ -> PublishedLaw.critical(E2M1)),
            new Binding<>(FpQuantCard.BEST_COST, _ -> PublishedLaw.bestCost()),
            new Binding<>(FpQuantCard.ORDER, LowPrecisionResult::order),
            new Binding<>(FpQuantCard.EIGHT_BITS, r -> r.gap(E4M3, E8M7)),
            new Binding<>(FpQuantCard.FOUR_BITS, r -> r.gap(E2M1, E4M3)),
            new Binding<>(FpQuantCard.THREE_BITS, r -> r.gap(E1M1, E2M1)),
            new Binding<>(FpQuantCard.SECOND_EXPONENT, r -> r.gap(E1M2, E2M1))));
  }

  private static Part<LowPrecisionResult> blocks(Scale scale) {
    return new Part<>(
        "blocks",
        "Three bits, more and more elements that share a scale.",
        trainingIn(E1M1)
            .models(model(scale))
            .corpus(characters(PRIDE_AND_PREJUDICE))
            .tokens(most(scale))
            .blocks(32, 128, 512)
            .seeds(seeds(scale)),
        List.of(new Binding<>(FpQuantCard.BLOCK, r -> r.blockSlope(E1M1))));
  }

  private static Part<LowPrecisionResult> data(Scale scale) {
    long most = most(scale).count();
    return new Part<>(
        "data",
        "Three bits and sixteen at fewer and at more tokens, each run with a schedule of its own.",
        trainingIn(E8M7, E1M1)
            .models(model(scale))
            .corpus(characters(PRIDE_AND_PREJUDICE))
            .tokens(tokens(most / 4), tokens(most / 2), tokens(most))
            .seeds(seeds(scale)),
        List.of(new Binding<>(FpQuantCard.GROWS, r -> r.gapGrowth(E1M1, E8M7))));
  }

  private static DecoderFamily model(Scale scale) {
    return switch (scale) {
      case SMOKE -> decoder(widths(16)).layers(1).context(64);
      case LAPTOP -> decoder(widths(32)).context(64);
      case FULL -> decoder(widths(128)).layers(4).context(64);
    };
  }

  private static Tokens most(Scale scale) {
    return switch (scale) {
      case SMOKE -> tokens(65_536);
      case LAPTOP -> tokens(262_144);
      case FULL -> tokens(16_777_216);
    };
  }

  private static int seeds(Scale scale) {
    return switch (scale) {
      case SMOKE -> 1;
      case LAPTOP -> 3;
      case FULL -> 5;
    };
  }
}
