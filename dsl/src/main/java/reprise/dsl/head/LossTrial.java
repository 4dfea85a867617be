package reprise.dsl.head;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.plan.Field;
import reprise.dsl.study.Trial;
import reprise.dsl.unit.Flops;
import reprise.dsl.unit.Symbols;

/**
 * One vocabulary: what each method plans and takes, and whether its numbers agree.
 *
 * @param head tokens and width
 * @param vocabulary classes, V
 * @param seed of x and w
 */
public record LossTrial(NeedsVocabularies head, Symbols vocabulary, int seed) implements Trial {
  /** Rows whose losses and gradients are compared with double precision. */
  public static final int COMPARED = 256;

  @Override
  public String id() {
    return "v" + vocabulary.count() + "-s" + seed;
  }

  private double products() {
    return 2.0 * vocabulary.count() * head.width().count();
  }

  /** {@code 2 N V d} a product: three where logits are kept, five where they are not. */
  @Override
  public Flops flops() {
    return new Flops(products() * (8.0 * head.tokens().count() + 3.0 * COMPARED));
  }

  /** Logits and their gradient, in single precision, and the compared rows in double. */
  @Override
  public long numbers() {
    return (head.tokens().count() + 3L * COMPARED) * vocabulary.count();
  }

  @Override
  public String setting() {
    return "x N(0, 1), w N(0, 1) / sqrt(d), logits less 1.2 ln(rank of the class)";
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.whole("tokens", head.tokens().count()),
        Field.whole("width", head.width().count()),
        Field.whole("vocabulary", vocabulary.count()),
        Field.number("seed", seed, String.valueOf(seed)));
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (head.width().count() < 2) {
      problems.add("expected a width of 2 or more, got " + head.width().count());
    }
    if (vocabulary.count() < 2) {
      problems.add("expected a vocabulary of 2 or more, got " + vocabulary.count());
    }
    long logits = head.tokens().count() * vocabulary.count();
    if (logits > Integer.MAX_VALUE) {
      problems.add(
          "expected fewer than 2^31 logits, tokens times vocabulary: all of them are held once to"
              + " compare, got "
              + logits);
    }
    return problems;
  }
}
