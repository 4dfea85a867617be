package reprise.repro.nmt;

import static reprise.dsl.Reprise.grammar;
import static reprise.dsl.Reprise.symbols;
import static reprise.dsl.Reprise.translationScaling;
import static reprise.dsl.Reprise.width;

import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.repro.Binding;
import reprise.dsl.repro.Part;
import reprise.dsl.repro.Reproduction;
import reprise.dsl.repro.Scale;
import reprise.dsl.translation.TranslationResult;
import reprise.dsl.translation.TranslationScaling;
import reprise.papers.nmt.TranslationCard;

/** A grid of encoder and decoder depths on a grammar whose best loss is known. */
public final class TranslationReproduction implements Reproduction {
  @Override
  public Card card() {
    return TranslationCard.CARD;
  }

  @Override
  public List<Part<?>> parts(Scale scale) {
    TranslationScaling experiment =
        switch (scale) {
          case SMOKE ->
              translationScaling(grammar(symbols(24)).length(6), width(16))
                  .depths(1, 2, 3)
                  .pairs(6_400);
          case LAPTOP ->
              translationScaling(grammar(symbols(96)), width(32))
                  .depths(1, 2, 3)
                  .pairs(32_000)
                  .seeds(2);
          case FULL ->
              translationScaling(grammar(symbols(512)).senses(8).length(24), width(128))
                  .depths(1, 2, 4, 8)
                  .pairs(2_000_000)
                  .seeds(5);
        };
    return List.of(
        new Part<>(
            "grid",
            "Encoders and decoders of 1 to 3 blocks learn to translate sentences that are reversed,"
                + " ambiguous and noisy; the law of both sizes and the law of their sum are fitted,"
                + " and predict each model without it.",
            experiment,
            List.of(
                new Binding<>(TranslationCard.BIVARIATE, TranslationResult::errorOfTheSum),
                new Binding<>(TranslationCard.EXPONENTS, TranslationResult::leastExponent),
                new Binding<>(TranslationCard.DECODER, TranslationResult::decoderOverEncoder),
                new Binding<>(TranslationCard.EQUAL_DEPTHS, TranslationResult::excessOfEqualDepths),
                new Binding<>(TranslationCard.FLOOR, TranslationResult::floorMinusEntropy))));
  }
}
