package reprise.repro.chinchilla;

import static reprise.dsl.Reprise.CHINCHILLA;
import static reprise.dsl.Reprise.PRIDE_AND_PREJUDICE;
import static reprise.dsl.Reprise.characters;
import static reprise.dsl.Reprise.decoder;
import static reprise.dsl.Reprise.fit;
import static reprise.dsl.Reprise.flops;
import static reprise.dsl.Reprise.huber;
import static reprise.dsl.Reprise.leastAbsolute;
import static reprise.dsl.Reprise.markov;
import static reprise.dsl.Reprise.order;
import static reprise.dsl.Reprise.scalingLaw;
import static reprise.dsl.Reprise.symbols;
import static reprise.dsl.Reprise.tokens;
import static reprise.dsl.Reprise.widths;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import reprise.dsl.claim.Card;
import reprise.dsl.claim.Claim;
import reprise.dsl.data.Corpus;
import reprise.dsl.fit.FittedLaw;
import reprise.dsl.repro.Binding;
import reprise.dsl.repro.Part;
import reprise.dsl.repro.Reproduction;
import reprise.dsl.repro.Scale;
import reprise.dsl.scaling.ScalingLaw;
import reprise.dsl.scaling.ScalingLawResult;
import reprise.dsl.unit.Tokens;
import reprise.papers.chinchilla.ChinchillaCard;
import reprise.papers.chinchilla.ChinchillaData;
import reprise.papers.chinchilla.SourceClaims;

/**
 * Chinchilla both ways: the paper's own points through our fitter, and small decoders trained here.
 */
public final class ChinchillaReproduction implements Reproduction {
  /** Resamples of the refit, as in the replication. */
  private static final int RESAMPLES = 4000;

  @Override
  public Card card() {
    return ChinchillaCard.CARD;
  }

  @Override
  public List<Part<?>> parts(Scale scale) {
    List<Part<?>> parts = new ArrayList<>();
    parts.add(refit());
    parts.add(replication());
    parts.add(valleys(scale));
    parts.add(source("cosine", cosine(), SourceClaims.COSINE, scale));
    if (scale != Scale.SMOKE) {
      parts.add(source("random-1", cosine().random(1), SourceClaims.FIRST_RANDOM, scale));
      parts.add(source("random-2", cosine().random(2), SourceClaims.SECOND_RANDOM, scale));
    }
    return parts;
  }

  private static Part<FittedLaw> refit() {
    double[] published =
        ChinchillaData.HOFFMANN_CONSTANTS.stream().mapToDouble(Double::doubleValue).toArray();
    return new Part<>(
        "refit",
        "The parametric law fitted to the points of figure 4 as the paper says: Huber loss with"
            + " delta 1e-3 on log loss, 4500 starts, without the five highest losses.",
        fit(CHINCHILLA)
            .to(ChinchillaData.EPOCH_POINTS)
            .objective(huber(ChinchillaData.DELTA))
            .drop(ChinchillaData.DROPPED)
            .bootstrap(RESAMPLES)
            .comparedWith("Hoffmann et al. 2022", published),
        RefitReadings.bindings());
  }

  private static Part<FittedLaw> replication() {
    return new Part<>(
        "replication",
        "The same with least absolute deviations, which is what the replication's printed estimate"
            + " minimises: its Huber likelihood has a free scale that goes to zero.",
        fit(CHINCHILLA)
            .to(ChinchillaData.EPOCH_POINTS)
            .objective(leastAbsolute())
            .drop(ChinchillaData.DROPPED)
            .bootstrap(1000),
        List.of(
            constant(ChinchillaCard.REPLICATION_A, "A"),
            constant(ChinchillaCard.REPLICATION_B, "B"),
            constant(ChinchillaCard.REPLICATION_E, "E"),
            constant(ChinchillaCard.REPLICATION_ALPHA, "alpha"),
            constant(ChinchillaCard.REPLICATION_BETA, "beta")));
  }

  private static Binding<FittedLaw> constant(Claim claim, String name) {
    return new Binding<>(claim, result -> result.measured(name));
  }

  private static Part<ScalingLawResult> valleys(Scale scale) {
    ScalingLaw experiment =
        switch (scale) {
          case SMOKE ->
              scalingLaw(CHINCHILLA)
                  .models(decoder(widths(6, 8, 12, 16, 24)).context(64))
                  .corpus(characters(PRIDE_AND_PREJUDICE))
                  .budgets(flops(2e9), flops(4e9), flops(8e9))
                  .bootstrap(200);
          case LAPTOP ->
              scalingLaw(CHINCHILLA)
                  .models(decoder(widths(6, 8, 12, 16, 24, 32, 48)).context(64))
                  .corpus(characters(PRIDE_AND_PREJUDICE))
                  .budgets(flops(7.5e9), flops(3e10), flops(1.2e11))
                  .seeds(3);
          case FULL ->
              scalingLaw(CHINCHILLA)
                  .models(decoder(widths(8, 12, 16, 24, 32, 48, 64, 96, 128)).context(64))
                  .corpus(characters(PRIDE_AND_PREJUDICE))
                  .budgets(flops(7.5e9), flops(3e10), flops(1.2e11), flops(4.8e11), flops(1.92e12))
                  .seeds(5);
        };
    return new Part<>(
        "retrain-valleys",
        "Small decoders on the characters of a novel at equal compute: where is the best size?",
        experiment,
        List.of(
            new Binding<>(ChinchillaCard.VALLEYS, ScalingLawResult::interiorValleys),
            new Binding<>(ChinchillaCard.RETRAIN_EXPONENT, ScalingLawResult::valleyExponent),
            new Binding<>(ChinchillaCard.APPROACHES_AGREE, ScalingLawResult::exponentDifference)));
  }

  private static Corpus.Markov cosine() {
    return markov(symbols(128), order(1));
  }

  private static Part<ScalingLawResult> source(
      String name, Corpus.Markov corpus, Claim claim, Scale scale) {
    ScalingLaw experiment =
        switch (scale) {
          case SMOKE ->
              scalingLaw(CHINCHILLA)
                  .models(decoder(widths(4, 8, 16, 32)).layers(1).context(32))
                  .corpus(corpus)
                  .tokens(doubling(65_536, 4))
                  .bootstrap(200);
          case LAPTOP ->
              scalingLaw(CHINCHILLA)
                  .models(decoder(widths(4, 8, 16, 32, 64)).layers(1).context(32))
                  .corpus(corpus)
                  .tokens(doubling(32_768, 7))
                  .seeds(corpus.equals(cosine()) ? 3 : 1);
          case FULL ->
              scalingLaw(CHINCHILLA)
                  .models(decoder(widths(4, 8, 16, 32, 64, 128)).layers(1).context(32))
                  .corpus(corpus)
                  .tokens(doubling(32_768, 9))
                  .seeds(5);
        };
    return new Part<>(
        "retrain-" + name,
        "Small decoders on a source whose entropy is known: is the fitted E that entropy?",
        experiment,
        List.of(new Binding<>(claim, ScalingLawResult::irreducibleMinusEntropy)));
  }

  // first, 2 first, 4 first, ...
  private static Tokens[] doubling(long first, int count) {
    return IntStream.range(0, count).mapToObj(i -> tokens(first << i)).toArray(Tokens[]::new);
  }
}
