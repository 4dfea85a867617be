package reprise.repro.densing;

import static reprise.dsl.Reprise.ARC_C;
import static reprise.dsl.Reprise.GSM8K;
import static reprise.dsl.Reprise.HELLASWAG;
import static reprise.dsl.Reprise.MMLU;
import static reprise.dsl.Reprise.densingLaw;
import static reprise.dsl.Reprise.params;

import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.claim.Measured;
import reprise.dsl.densing.DensingResult;
import reprise.dsl.density.Corollary;
import reprise.dsl.density.DensityTrend;
import reprise.dsl.density.Records;
import reprise.dsl.repro.Binding;
import reprise.dsl.repro.Part;
import reprise.dsl.repro.Reproduction;
import reprise.dsl.repro.Scale;
import reprise.papers.densing.DensingCard;
import reprise.papers.densing.DensingData;

/** The densing law refitted on public scores with a public ruler; the same at every scale. */
public final class DensingReproduction implements Reproduction {
  private static final double LARGE = 6e9;

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
                new Binding<>(DensingCard.TOGETHER, _ -> together()))));
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
