package reprise.repro.int8;

import static reprise.dsl.Reprise.int8Product;

import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.claim.Measured;
import reprise.dsl.int8.ProductResult;
import reprise.dsl.int8.Scheme;
import reprise.dsl.repro.Binding;
import reprise.dsl.repro.Part;
import reprise.dsl.repro.Reproduction;
import reprise.dsl.repro.Scale;
import reprise.papers.int8.Int8Card;

/** Products in eight bits with seven outlier columns of rising magnitude. */
public final class Int8Reproduction implements Reproduction {
  private static final double STRONG = 20;

  @Override
  public Card card() {
    return Int8Card.CARD;
  }

  @Override
  public List<Part<?>> parts(Scale scale) {
    int width = scale == Scale.SMOKE ? 256 : 768;
    int seeds = scale == Scale.FULL ? 20 : 3;
    return List.of(
        new Part<>(
            "products",
            "X [512, h] W [h, h] with seven outlier columns, under four schemes, against the exact"
                + " product.",
            int8Product(512, width).outliers(7, 0.0, 6.0, STRONG, 60.0).seeds(seeds),
            List.of(
                new Binding<>(Int8Card.UNHARMED, r -> r.mostGrowth(Scheme.DECOMPOSED)),
                new Binding<>(Int8Card.VECTOR_WISE, r -> r.growth(Scheme.VECTOR_WISE, STRONG)),
                new Binding<>(Int8Card.ABSMAX, r -> r.growth(Scheme.ABSMAX, STRONG)),
                new Binding<>(Int8Card.ROW_WISE, r -> r.growth(Scheme.ROW_WISE, STRONG)),
                new Binding<>(Int8Card.FINER, Int8Reproduction::finer))));
  }

  private static Measured finer(ProductResult result) {
    return result.ratio(Scheme.ABSMAX, Scheme.VECTOR_WISE, 0);
  }
}
