package reprise.repro.parscale;

import static reprise.dsl.Reprise.PARSCALE;
import static reprise.dsl.Reprise.PARSCALE_POWER;
import static reprise.dsl.Reprise.PRIDE_AND_PREJUDICE;
import static reprise.dsl.Reprise.characters;
import static reprise.dsl.Reprise.compareForms;
import static reprise.dsl.Reprise.decoder;
import static reprise.dsl.Reprise.fit;
import static reprise.dsl.Reprise.parallelScaling;
import static reprise.dsl.Reprise.tokens;
import static reprise.dsl.Reprise.width;
import static reprise.dsl.Reprise.widths;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.claim.Claim;
import reprise.dsl.claim.Measured;
import reprise.dsl.data.DataSet;
import reprise.dsl.fit.ComparedForms;
import reprise.dsl.fit.FittedLaw;
import reprise.dsl.law.FormComparison;
import reprise.dsl.repro.Binding;
import reprise.dsl.repro.Part;
import reprise.dsl.repro.Reproduction;
import reprise.dsl.repro.Scale;
import reprise.dsl.streams.ParallelResult;
import reprise.dsl.streams.ParallelScaling;
import reprise.dsl.unit.Numbers;
import reprise.dsl.unit.Width;
import reprise.papers.parscale.ParScaleCard;
import reprise.papers.parscale.ParScaleData;

/** The published losses through our fitter, and small decoders with streams trained here. */
public final class ParScaleReproduction implements Reproduction {
  /** The 1.6 B model with 8 streams, without embeddings, aggregator and prefixes included. */
  private static final double SMALL_WITH_EIGHT = 1_595_669_000.0;

  private static final double MORE_STREAMS_THAN = 4;
  private static final double MORE_PARAMETERS_THAN = 3e9;
  private static final Width NARROW = width(16);
  private static final Width WIDE = width(32);

  @Override
  public Card card() {
    return ParScaleCard.CARD;
  }

  @Override
  public List<Part<?>> parts(Scale scale) {
    return List.of(
        refit(
            "refit-code",
            ParScaleData.STACK,
            List.of(
                new Binding<>(ParScaleCard.K_STACK, r -> r.measured("k")),
                new Binding<>(ParScaleCard.CODE_GAINS_MORE, r -> r.measured("k")),
                new Binding<>(ParScaleCard.EQUAL_IN_LOSS_CODE, ParScaleReproduction::plainEqual))),
        refit(
            "refit-text",
            ParScaleData.PILE,
            List.of(
                new Binding<>(ParScaleCard.K_PILE, r -> r.measured("k")),
                new Binding<>(ParScaleCard.EQUAL_IN_LOSS_TEXT, ParScaleReproduction::plainEqual))),
        streamsHeldOut(
            "eight-streams-code",
            ParScaleData.STACK,
            ParScaleCard.EIGHT_STREAMS_STACK,
            ParScaleCard.LOGARITHM_STACK),
        streamsHeldOut(
            "eight-streams-text",
            ParScaleData.PILE,
            ParScaleCard.EIGHT_STREAMS_PILE,
            ParScaleCard.LOGARITHM_PILE),
        sizesHeldOut("largest-code", ParScaleData.STACK, ParScaleCard.LARGEST_STACK),
        sizesHeldOut("largest-text", ParScaleData.PILE, ParScaleCard.LARGEST_PILE),
        retrain(scale));
  }

  private static Part<FittedLaw> refit(
      String name, DataSet losses, List<Binding<FittedLaw>> bindings) {
    return new Part<>(
        name,
        "The law fitted to the 24 published losses as the paper's script does: Huber loss with"
            + " delta 1e-3 on log loss, 300 starts.",
        fit(PARSCALE).to(losses),
        bindings);
  }

  // N (k ln 8 + 1)
  private static Measured plainEqual(FittedLaw result) {
    return result.measured(
        result
            .fit()
            .estimate(
                "plain model of equal loss",
                "parameters",
                c -> SMALL_WITH_EIGHT * (c[3] * Math.log(8) + 1)));
  }

  private static Part<ComparedForms> streamsHeldOut(
      String name, DataSet losses, Claim predicted, Claim logarithm) {
    return new Part<>(
        name,
        "The logarithm of P and a power of P fitted to 1, 2 and 4 streams; both predict 8.",
        compareForms(PARSCALE, PARSCALE_POWER)
            .on(losses)
            .holdOutAbove("P", MORE_STREAMS_THAN)
            .folds(6),
        List.of(
            new Binding<>(predicted, ParScaleReproduction::heldOut),
            new Binding<>(
                logarithm,
                r -> {
                  FormComparison forms = r.comparison();
                  double power = forms.row(PARSCALE_POWER.name()).heldOut();
                  double log = forms.row(PARSCALE.name()).heldOut();
                  return Measured.exactly(
                      power / log,
                      "mean relative error of 8 streams: power "
                          + Numbers.significant(100 * power, 3)
                          + " %, logarithm "
                          + Numbers.significant(100 * log, 3)
                          + " %");
                })));
  }

  private static Part<ComparedForms> sizesHeldOut(String name, DataSet losses, Claim claim) {
    return new Part<>(
        name,
        "Both forms fitted below 3 B parameters; they predict the models of 4.4 B.",
        compareForms(PARSCALE, PARSCALE_POWER)
            .on(losses)
            .holdOutAbove("N", MORE_PARAMETERS_THAN)
            .folds(5),
        List.of(new Binding<>(claim, ParScaleReproduction::heldOut)));
  }

  private static Measured heldOut(ComparedForms result) {
    FormComparison.Row row = result.comparison().row(PARSCALE.name());
    return Measured.exactly(
        row.heldOut(),
        "mean relative error of the points held out, the largest "
            + Numbers.significant(100 * row.heldOutLargest(), 3)
            + " %");
  }

  private static Part<ParallelResult> retrain(Scale scale) {
    ParallelScaling experiment =
        switch (scale) {
          case SMOKE ->
              parallelScaling(decoder(widths(16)))
                  .streams(1, 2, 4)
                  .corpus(characters(PRIDE_AND_PREJUDICE))
                  .tokens(tokens(98_304))
                  .against(widths(24, 32, 48))
                  .seeds(2);
          case LAPTOP ->
              parallelScaling(decoder(widths(16, 32)))
                  .streams(1, 2, 4)
                  .corpus(characters(PRIDE_AND_PREJUDICE))
                  .tokens(tokens(786_432))
                  .against(widths(24, 48))
                  .seeds(3);
          case FULL ->
              parallelScaling(decoder(widths(16, 32, 64, 128)).context(128))
                  .streams(1, 2, 4, 8)
                  .corpus(characters(PRIDE_AND_PREJUDICE))
                  .tokens(tokens(16_777_216))
                  .against(widths(24, 48, 96, 192, 256))
                  .seeds(5);
        };
    List<Binding<ParallelResult>> bindings = new ArrayList<>();
    bindings.add(new Binding<>(ParScaleCard.FOUR_HELP_NARROW, r -> r.gain(4, NARROW)));
    bindings.add(
        new Binding<>(ParScaleCard.BEYOND_EXTRAS_NARROW, r -> r.gainBeyondExtras(4, NARROW)));
    bindings.add(
        new Binding<>(ParScaleCard.LESS_THAN_PARAMETERS, r -> r.timesParameters(4, NARROW)));
    bindings.add(new Binding<>(ParScaleCard.EQUAL_COMPUTE, r -> r.excessAtEqualCompute(4, NARROW)));
    if (scale != Scale.SMOKE) {
      bindings.add(new Binding<>(ParScaleCard.FOUR_HELP_WIDE, r -> r.gain(4, WIDE)));
      bindings.add(
          new Binding<>(ParScaleCard.BEYOND_EXTRAS_WIDE, r -> r.gainBeyondExtras(4, WIDE)));
      bindings.add(new Binding<>(ParScaleCard.EACH_DOUBLING, ParallelResult::leastStep));
    }
    return new Part<>(
        "retrain",
        "Small decoders on the characters of a novel: 1, 2 and 4 streams through one width, and"
            + " plain decoders of other widths, all on as many tokens.",
        experiment,
        bindings);
  }
}
