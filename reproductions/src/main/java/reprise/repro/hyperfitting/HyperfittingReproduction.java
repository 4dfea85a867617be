package reprise.repro.hyperfitting;

import static reprise.dsl.Reprise.PRIDE_AND_PREJUDICE;
import static reprise.dsl.Reprise.decoder;
import static reprise.dsl.Reprise.hyperfitting;
import static reprise.dsl.Reprise.nucleus;
import static reprise.dsl.Reprise.pretrained;
import static reprise.dsl.Reprise.symbols;
import static reprise.dsl.Reprise.tokens;
import static reprise.dsl.Reprise.widths;
import static reprise.dsl.Reprise.words;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.hyperfit.Hyperfitting;
import reprise.dsl.hyperfit.HyperfittingResult;
import reprise.dsl.repro.Binding;
import reprise.dsl.repro.Part;
import reprise.dsl.repro.Reproduction;
import reprise.dsl.repro.Scale;
import reprise.papers.hyperfitting.HyperfittingCard;

/** Hyperfitting of small language models that are trained here on the words of a novel. */
public final class HyperfittingReproduction implements Reproduction {
  /** The batch, and twice it: sizes of the smaller sets. */
  private static final int BATCH = 8;

  private static final int TWO_BATCHES = 16;

  @Override
  public Card card() {
    return HyperfittingCard.CARD;
  }

  @Override
  public List<Part<?>> parts(Scale scale) {
    return List.of(
        new Part<>(
            "retrain",
            "A small decoder learns the words of a novel, then is fitted to a few windows of a part"
                + " it has not read until it knows them by heart; what it writes is measured"
                + " before, along the way and after.",
            experiment(scale),
            bindings(scale)));
  }

  private static Hyperfitting experiment(Scale scale) {
    return switch (scale) {
      case SMOKE ->
          hyperfitting(
                  pretrained(decoder(widths(32)).layers(1).context(64))
                      .on(words(PRIDE_AND_PREJUDICE, symbols(400)))
                      .tokens(tokens(300_000)))
              .samples(16)
              .updates(300)
              .given(16)
              .tokens(48)
              .prompts(16)
              .readAfter(1, 3, 10, 50);
      case LAPTOP ->
          hyperfitting(
                  pretrained(decoder(widths(64)).context(128))
                      .on(words(PRIDE_AND_PREJUDICE, symbols(1200)))
                      .tokens(tokens(2_048_000)))
              .samples(64)
              .fewer(BATCH, TWO_BATCHES)
              .with(nucleus(0.9))
              .seeds(3);
      case FULL ->
          hyperfitting(
                  pretrained(decoder(widths(256)).layers(4).context(128))
                      .on(words(PRIDE_AND_PREJUDICE, symbols(4000)))
                      .tokens(tokens(8_192_000)))
              .samples(128)
              .fewer(BATCH, TWO_BATCHES, 32, 64)
              .updates(2400)
              .learningRate(3e-4)
              .with(nucleus(0.9))
              .seeds(5);
    };
  }

  private static List<Binding<HyperfittingResult>> bindings(Scale scale) {
    List<Binding<HyperfittingResult>> bindings =
        new ArrayList<>(
            List.of(
                new Binding<>(HyperfittingCard.DIVERSITY, HyperfittingResult::diversityRatio),
                new Binding<>(HyperfittingCard.PERPLEXITY, HyperfittingResult::perplexityRatio),
                new Binding<>(HyperfittingCard.ENTROPY, HyperfittingResult::entropyRatio),
                new Binding<>(HyperfittingCard.NUCLEUS, r -> r.diversityAgainst(nucleus(0.9))),
                new Binding<>(HyperfittingCard.NO_RECITATION, HyperfittingResult::longOverlaps),
                new Binding<>(HyperfittingCard.BLOCKING, HyperfittingResult::blockedRatio),
                new Binding<>(HyperfittingCard.ORDER, HyperfittingResult::agreement),
                new Binding<>(
                    HyperfittingCard.FOLLOWS_LOSS, HyperfittingResult::diversityAgainstLoss),
                new Binding<>(
                    HyperfittingCard.NOT_TEMPERATURE, HyperfittingResult::temperatureControl),
                new Binding<>(
                    HyperfittingCard.EARLY_STOPPING, HyperfittingResult::earlyStoppingGain)));
    if (scale != Scale.SMOKE) {
      bindings.add(new Binding<>(HyperfittingCard.SIXTEEN, r -> r.diversityRatio(TWO_BATCHES)));
      bindings.add(new Binding<>(HyperfittingCard.EIGHT, r -> r.fewerRatio(BATCH, TWO_BATCHES)));
    }
    return bindings;
  }
}
