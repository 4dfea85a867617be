package reprise.repro.infocapacity;

import static reprise.dsl.Reprise.PRIDE_AND_PREJUDICE;
import static reprise.dsl.Reprise.bytePairs;
import static reprise.dsl.Reprise.characters;
import static reprise.dsl.Reprise.decoder;
import static reprise.dsl.Reprise.informationCapacity;
import static reprise.dsl.Reprise.publishedCapacity;
import static reprise.dsl.Reprise.symbols;
import static reprise.dsl.Reprise.tokens;
import static reprise.dsl.Reprise.widths;

import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.compression.InformationCapacity;
import reprise.dsl.compression.InformationCapacityResult;
import reprise.dsl.compression.NeedsCompressors;
import reprise.dsl.compression.PublishedCapacityResult;
import reprise.dsl.data.Corpus;
import reprise.dsl.repro.Binding;
import reprise.dsl.repro.Part;
import reprise.dsl.repro.Reproduction;
import reprise.dsl.repro.Scale;
import reprise.papers.infocapacity.CapacityCard;
import reprise.papers.infocapacity.CapacityData;

/** Published capacities by the formula, and our own decoders under three tokenizers. */
public final class CapacityReproduction implements Reproduction {
  private static final Corpus PAIRS = bytePairs(PRIDE_AND_PREJUDICE, symbols(512));

  @Override
  public Card card() {
    return CapacityCard.CARD;
  }

  @Override
  public List<Part<?>> parts(Scale scale) {
    return List.of(published(), own(scale));
  }

  private static Part<PublishedCapacityResult> published() {
    return new Part<>(
        "published",
        "Seven rows of the released table through the formula, and the figure of mixed text.",
        publishedCapacity(CapacityData.ROWS, CapacityData.FIGURE),
        List.of(
            new Binding<>(CapacityCard.FORMULA, PublishedCapacityResult::formulaError),
            new Binding<>(
                CapacityCard.OPERATIONS,
                r -> r.costError("Llama-3", CapacityData.LLAMA_3_PLACES, CapacityData.LLAMA_3)),
            new Binding<>(CapacityCard.LEVEL, PublishedCapacityResult::spreadWithinOverBetween),
            new Binding<>(CapacityCard.TOKENIZERS, PublishedCapacityResult::correlationWithText)));
  }

  private static Part<InformationCapacityResult> own(Scale scale) {
    NeedsCompressors text =
        informationCapacity(
            characters(PRIDE_AND_PREJUDICE), bytePairs(PRIDE_AND_PREJUDICE, symbols(320)), PAIRS);
    InformationCapacity experiment =
        switch (scale) {
          case SMOKE -> text.models(decoder(widths(8, 12, 16)).context(64)).tokens(tokens(65_536));
          case LAPTOP ->
              text.models(decoder(widths(8, 12, 16, 24)).context(64))
                  .tokens(tokens(131_072))
                  .seeds(2);
          case FULL ->
              text.models(decoder(widths(16, 32, 64, 128)).context(64))
                  .tokens(tokens(4_194_304))
                  .seeds(5);
        };
    return new Part<>(
        "retrain-tokenizers",
        "The same decoders on a novel in characters, and in byte pairs learned from it.",
        experiment,
        List.of(
            new Binding<>(CapacityCard.OWN_LEVEL, InformationCapacityResult::spreadOverGap),
            new Binding<>(CapacityCard.OWN_SHIFT, r -> r.shift(PAIRS)),
            new Binding<>(
                CapacityCard.OWN_CORRELATION, InformationCapacityResult::correlationWithText)));
  }
}
