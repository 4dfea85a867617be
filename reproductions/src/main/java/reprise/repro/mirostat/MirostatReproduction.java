package reprise.repro.mirostat;

import static reprise.dsl.Reprise.PRIDE_AND_PREJUDICE;
import static reprise.dsl.Reprise.decoder;
import static reprise.dsl.Reprise.decoding;
import static reprise.dsl.Reprise.mirostat;
import static reprise.dsl.Reprise.nucleus;
import static reprise.dsl.Reprise.pretrained;
import static reprise.dsl.Reprise.surpriseStudy;
import static reprise.dsl.Reprise.symbols;
import static reprise.dsl.Reprise.tokens;
import static reprise.dsl.Reprise.topK;
import static reprise.dsl.Reprise.widths;
import static reprise.dsl.Reprise.words;

import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.generation.Decoding;
import reprise.dsl.generation.DecodingComparison;
import reprise.dsl.generation.DecodingResult;
import reprise.dsl.generation.TextMeasures;
import reprise.dsl.repro.Binding;
import reprise.dsl.repro.Part;
import reprise.dsl.repro.Reproduction;
import reprise.dsl.repro.Scale;
import reprise.dsl.sampling.SurpriseResult;
import reprise.dsl.sampling.SurpriseStudy;
import reprise.papers.mirostat.MirostatCard;

/** Mirostat, top-k and nucleus sampling on Zipf's law, and Mirostat on a small language model. */
public final class MirostatReproduction implements Reproduction {
  private static final Decoding[] TARGETS = {
    mirostat(1), mirostat(2), mirostat(3), mirostat(4), mirostat(5), mirostat(6)
  };

  @Override
  public Card card() {
    return MirostatCard.CARD;
  }

  @Override
  public List<Part<?>> parts(Scale scale) {
    return List.of(zipf(scale), texts(scale));
  }

  private static Part<SurpriseResult> zipf(Scale scale) {
    return new Part<>(
        "zipf",
        "Tokens drawn by the sampler that ships from distributions of Zipf's law whose exponent"
            + " changes at every token.",
        study(scale),
        List.of(
            new Binding<>(MirostatCard.CONTROL, r -> r.farthest(true, 3.0, 4.0, 5.0, 6.0)),
            new Binding<>(MirostatCard.DIRECT, r -> r.farthest(false, 3.0, 4.0, 5.0, 6.0)),
            new Binding<>(MirostatCard.ALIKE, SurpriseResult::formsApart),
            new Binding<>(MirostatCard.LOW, r -> r.farthest(true, 2.0)),
            new Binding<>(MirostatCard.NUCLEUS, SurpriseResult::straightInMass),
            new Binding<>(MirostatCard.TOP_K, SurpriseResult::straightInCount),
            new Binding<>(MirostatCard.TOP_K_LOG, SurpriseResult::straightInLogCount)));
  }

  private static SurpriseStudy study(Scale scale) {
    int vocabulary = scale == Scale.SMOKE ? 5_000 : 50_000;
    SurpriseStudy study =
        surpriseStudy(symbols(vocabulary))
            .with(
                mirostat(2),
                mirostat(3),
                mirostat(4),
                mirostat(5),
                mirostat(6),
                topK(5),
                topK(10),
                topK(50),
                topK(500),
                nucleus(0.2),
                nucleus(0.4),
                nucleus(0.6),
                nucleus(0.8),
                nucleus(0.95))
            .alsoEstimating();
    return switch (scale) {
      case SMOKE -> study.seeds(2);
      case LAPTOP -> study;
      case FULL -> study.length(10_000).seeds(20);
    };
  }

  private static Part<DecodingResult> texts(Scale scale) {
    return new Part<>(
        "texts",
        "A small decoder of a novel's words continues beginnings under rising targets.",
        model(scale),
        List.of(
            new Binding<>(
                MirostatCard.REPETITION, r -> r.trend(TextMeasures.REPETITION, List.of(TARGETS)))));
  }

  private static DecodingComparison model(Scale scale) {
    return switch (scale) {
      case SMOKE ->
          decoding(
                  pretrained(decoder(widths(32)).layers(1).context(64))
                      .on(words(PRIDE_AND_PREJUDICE, symbols(400)))
                      .tokens(tokens(300_000)))
              .with(TARGETS)
              .given(16)
              .tokens(48)
              .prompts(16);
      case LAPTOP ->
          decoding(
                  pretrained(decoder(widths(32)).layers(1).context(64))
                      .on(words(PRIDE_AND_PREJUDICE, symbols(400)))
                      .tokens(tokens(500_000)))
              .with(TARGETS)
              .given(16)
              .tokens(48)
              .prompts(64)
              .seeds(3);
      case FULL ->
          decoding(
                  pretrained(decoder(widths(256)).layers(4).context(128))
                      .on(words(PRIDE_AND_PREJUDICE, symbols(4000)))
                      .tokens(tokens(8_192_000)))
              .with(TARGETS)
              .seeds(5);
    };
  }
}
