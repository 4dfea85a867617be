package reprise.repro.densing;

import static reprise.dsl.Reprise.ARC_C;
import static reprise.dsl.Reprise.GSM8K;
import static reprise.dsl.Reprise.HELLASWAG;
import static reprise.dsl.Reprise.INT4;
import static reprise.dsl.Reprise.INT8;
import static reprise.dsl.Reprise.MMLU;
import static reprise.dsl.Reprise.PRIDE_AND_PREJUDICE;
import static reprise.dsl.Reprise.decoder;
import static reprise.dsl.Reprise.densingLaw;
import static reprise.dsl.Reprise.densityLadder;
import static reprise.dsl.Reprise.params;
import static reprise.dsl.Reprise.recipe;
import static reprise.dsl.Reprise.symbols;
import static reprise.dsl.Reprise.tokens;
import static reprise.dsl.Reprise.width;
import static reprise.dsl.Reprise.widths;
import static reprise.dsl.Reprise.words;

import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.claim.Measured;
import reprise.dsl.densing.DensingResult;
import reprise.dsl.density.Corollary;
import reprise.dsl.density.DensityTrend;
import reprise.dsl.density.Records;
import reprise.dsl.ladder.Compression.Pruned;
import reprise.dsl.ladder.Compression.Rounded;
import reprise.dsl.ladder.DensityLadder;
import reprise.dsl.ladder.LadderResult;
import reprise.dsl.ladder.Recipe;
import reprise.dsl.repro.Binding;
import reprise.dsl.repro.Part;
import reprise.dsl.repro.Reproduction;
import reprise.dsl.repro.Scale;
import reprise.papers.densing.DensingCard;
import reprise.papers.densing.DensingData;

/**
 * The densing law refitted on public scores with a public ruler, the same at every scale, and again
 * on ladders of small decoders trained here.
 */
public final class DensingReproduction implements Reproduction {
  private static final double LARGE = 6e9;

  private static final double RATE = 0.006;
  private static final Recipe SLOWER = recipe("half the rate").learningRate(RATE / 2);

  @Override
  public Card card() {
    return DensingCard.CARD;
  }

  @Override
  public List<Part<?>> parts(Scale scale) {
    return List.of(
        new Part<>(
            "refit",
            "Public scores of base models, a public family as the ruler, the trend of the records;"
                + " then the same with other metrics, another ruler, another envelope and large"
                + " models alone.",
            densingLaw(MMLU)
                .scores(DensingData.SCORES, DensingData.RELEASES)
                .ruler(DensingData.LLAMA_1)
                .also(ARC_C, HELLASWAG, GSM8K)
                .also(DensingData.LLAMA_2)
                .also(Records.ONE_A_DAY)
                .alsoFrom(params(LARGE)),
            List.of(
                new Binding<>(DensingCard.SLOPE, DensingResult::slope),
                new Binding<>(DensingCard.STRAIGHT, DensingResult::explained),
                new Binding<>(DensingCard.METRICS, DensingResult::spreadOfMetrics),
                new Binding<>(DensingCard.LARGE, DensingReproduction::largeOverAll),
                new Binding<>(DensingCard.REFERENCES, _ -> references()),
                new Binding<>(DensingCard.PRICE, _ -> price()),
                new Binding<>(DensingCard.TOGETHER, _ -> together()))),
        new Part<>(
            "retrain",
            "Ladders of small decoders on the words of a novel, each with its own two-step law;"
                + " then a better recipe, and the same model pruned and rounded.",
            ladder(scale),
            List.of(
                new Binding<>(DensingCard.LOSS_TO_SCORE, LadderResult::lossExplainsScore),
                new Binding<>(DensingCard.OWN_SIZES, LadderResult::ownSizes),
                new Binding<>(DensingCard.BETTER_RECIPE, r -> r.over(longer(scale))),
                new Binding<>(DensingCard.WORSE_RECIPE, r -> r.over(SLOWER)),
                new Binding<>(DensingCard.PRUNED_FIFTH, r -> r.over(new Pruned(0.2))),
                new Binding<>(DensingCard.PRUNED_MORE, r -> r.over(new Pruned(0.4))),
                new Binding<>(DensingCard.INT8, r -> r.over(new Rounded(INT8))),
                new Binding<>(DensingCard.INT4, r -> r.over(new Rounded(INT4))))));
  }

  /** A smaller context than the other families': most of what a cloze item needs is near. */
  private static DensityLadder ladder(Scale scale) {
    DensityLadder ladder =
        switch (scale) {
          case SMOKE ->
              densityLadder(decoder(widths(8, 12, 16, 24)).layers(1).context(32))
                  .corpus(words(PRIDE_AND_PREJUDICE, symbols(400)))
                  .tokens(tokens(131_072), tokens(262_144))
                  .subject(width(16));
          case LAPTOP ->
              densityLadder(decoder(widths(8, 12, 16, 24, 32)).layers(1).context(32))
                  .corpus(words(PRIDE_AND_PREJUDICE, symbols(400)))
                  .tokens(tokens(524_288), tokens(1_048_576))
                  .subject(width(16))
                  .seeds(3);
          case FULL ->
              densityLadder(decoder(widths(16, 24, 32, 48, 64, 96)).layers(2).context(64))
                  .corpus(words(PRIDE_AND_PREJUDICE, symbols(1200)))
                  .tokens(tokens(2_097_152), tokens(4_194_304), tokens(8_388_608))
                  .readAt(tokens(8_388_608))
                  .subject(width(32))
                  .seeds(5);
        };
    return ladder
        .learningRate(RATE)
        .recipes(SLOWER, longer(scale))
        .pruned(0.2, 0.4, 0.6)
        .rounded(INT8, INT4);
  }

  /** A quarter more tokens than those at which sizes are read off. */
  private static Recipe longer(Scale scale) {
    return recipe("longer")
        .tokens(
            switch (scale) {
              case SMOKE -> tokens(327_680);
              case LAPTOP -> tokens(1_310_720);
              case FULL -> tokens(10_485_760);
            });
  }

  private static Measured largeOverAll(DensingResult result) {
    DensityTrend large =
        result.variations().stream()
            .filter(t -> t.plan().smallest() == LARGE)
            .findFirst()
            .orElseThrow();
    return Measured.exactly(
        large.doublingDays() / result.trend().doublingDays(),
        large.envelope().size() + " records of " + large.models().size() + " models of 6 B and up");
  }

  private static Measured references() {
    long agree = DensingData.REFERENCES.stream().filter(r -> r.counted() == r.params()).count();
    return Measured.exactly(agree, "L (2 d^2 + 128 d n_kv + 3 d d_ffn) + (2 L + 1) d, table 1");
  }

  private static Measured price() {
    return Measured.exactly(Corollary.halving(20, 0.075, 20), "20 months between the two prices");
  }

  private static Measured together() {
    return Measured.exactly(
        Corollary.together(Math.log(2) / 0.0073, 2.1 * 365.25),
        "A = 0.0073 a day, chips 2.1 years");
  }
}
