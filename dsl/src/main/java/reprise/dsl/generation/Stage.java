package reprise.dsl.generation;

import reprise.dsl.unit.Checks;

/**
 * What a reading of texts belongs to: a state of a model and a way of decoding.
 *
 * @param model such as {@code original} or {@code epoch 3}
 * @param decoding label of the rule, or an empty text for what is read from the model alone
 */
public record Stage(String model, String decoding) {
  /** The model before anything is done to it. */
  public static final String ORIGINAL = "original";

  private static final String BETWEEN = "; ";

  public Stage {
    Checks.text("stage", model);
    Checks.present("decoding", decoding);
  }

  /** A model by itself. */
  public static Stage of(String model) {
    return new Stage(model, "");
  }

  /** A model with a rule. */
  public static Stage of(String model, Decoding decoding) {
    return new Stage(model, decoding.label());
  }

  /** Reads what {@link #at} writes. */
  public static Stage parse(String at) {
    int cut = at.indexOf(BETWEEN);
    return cut < 0 ? of(at) : new Stage(at.substring(0, cut), at.substring(cut + BETWEEN.length()));
  }

  /** As readings and passages name it. */
  public String at() {
    return decoding.isEmpty() ? model : model + BETWEEN + decoding;
  }
}
