package reprise.repro.sparsing;

import static reprise.dsl.Reprise.CETT_PPL_1;
import static reprise.dsl.Reprise.PRIDE_AND_PREJUDICE;
import static reprise.dsl.Reprise.RELU;
import static reprise.dsl.Reprise.SILU;
import static reprise.dsl.Reprise.characters;
import static reprise.dsl.Reprise.heads;
import static reprise.dsl.Reprise.layers;
import static reprise.dsl.Reprise.llama;
import static reprise.dsl.Reprise.sparsingLaw;
import static reprise.dsl.Reprise.tokens;
import static reprise.dsl.Reprise.width;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.model.TransformerModel;
import reprise.dsl.repro.Binding;
import reprise.dsl.repro.Part;
import reprise.dsl.repro.Reproduction;
import reprise.dsl.repro.Scale;
import reprise.dsl.sparsity.SparsingLaw;
import reprise.dsl.sparsity.SparsingResult;
import reprise.papers.sparsing.SparsingCard;

/** The published curves evaluated, and small models of the paper's kind trained on a novel. */
public final class SparsingReproduction implements Reproduction {
  /** The two have 29 and 28 thousand parameters. */
  private static final TransformerModel SHALLOW = model(1, 48);

  private static final TransformerModel DEEP = model(4, 24);

  @Override
  public Card card() {
    return SparsingCard.CARD;
  }

  @Override
  public List<Part<?>> parts(Scale scale) {
    List<Part<?>> parts = new ArrayList<>();
    parts.add(
        new Part<>(
            "retrain",
            "Models of one ratio of width to depth with ReLU and with SiLU: which share of their"
                + " neurons do they need along training?",
            experiment(scale),
            List.of(
                new Binding<>(SparsingCard.OPPOSITE_TRENDS, _ -> PublishedCurves.opposite()),
                new Binding<>(SparsingCard.SPARSE, _ -> PublishedCurves.sparse()),
                new Binding<>(SparsingCard.RELU_LIMITS, _ -> PublishedCurves.slope(RELU)),
                new Binding<>(SparsingCard.SILU_LIMITS, _ -> PublishedCurves.slope(SILU)),
                new Binding<>(SparsingCard.RELU_FALLS, r -> r.change(RELU)),
                new Binding<>(SparsingCard.SILU_RISES, r -> r.change(SILU)),
                new Binding<>(SparsingCard.RELU_BELOW_SILU, SparsingResult::reluOverSilu),
                new Binding<>(SparsingCard.AS_GOOD, SparsingResult::lossDifference),
                new Binding<>(SparsingCard.SCALE_RELU, r -> r.spread(RELU)),
                new Binding<>(SparsingCard.SCALE_SILU, r -> r.spread(SILU)))));
    if (scale != Scale.SMOKE) {
      parts.add(
          new Part<>(
              "shapes",
              "As many parameters, wide and shallow or narrow and deep: which needs more of its"
                  + " neurons?",
              sparsingLaw(CETT_PPL_1)
                  .models(SHALLOW, DEEP)
                  .corpus(characters(PRIDE_AND_PREJUDICE))
                  .tokens(tokens(393_216))
                  .activations(RELU)
                  .seeds(scale == Scale.FULL ? 5 : 3),
              List.of(new Binding<>(SparsingCard.WIDTH_DEPTH, r -> r.over(SHALLOW, DEEP)))));
    }
    return parts;
  }

  private static SparsingLaw experiment(Scale scale) {
    return switch (scale) {
      case SMOKE ->
          sparsingLaw(CETT_PPL_1)
              .models(model(1, 16))
              .corpus(characters(PRIDE_AND_PREJUDICE))
              .tokens(tokens(131_072))
              .checkpoints(8);
      case LAPTOP ->
          sparsingLaw(CETT_PPL_1)
              .models(model(1, 16), model(2, 32), model(3, 48))
              .corpus(characters(PRIDE_AND_PREJUDICE))
              .tokens(tokens(786_432))
              .seeds(3);
      case FULL ->
          sparsingLaw(CETT_PPL_1)
              .models(model(2, 32), model(4, 64), model(8, 128), model(16, 256))
              .corpus(characters(PRIDE_AND_PREJUDICE))
              .tokens(tokens(16_777_216))
              .seeds(5);
    };
  }

  /** MiniCPM's kind: a gated feed-forward block 2.5 times as wide as the model. */
  private static TransformerModel model(int blocks, int d) {
    return llama(layers(blocks), width(d), heads(Math.max(1, d / 16))).mlp(width(5 * d / 2));
  }
}
