package reprise.dsl.generation;

import java.util.List;
import java.util.Locale;
import reprise.dsl.unit.Bytes;
import reprise.dsl.unit.Counting;
import reprise.dsl.unit.Numbers;

/** What tasks that train a language model and let it write have in common. */
public final class GenerationCost {
  private GenerationCost() {}

  /**
   * Parameters, gradients and two moments in 32-bit floats, activations of a step as {@link
   * reprise.dsl.plan.TrainTask#memory} counts them, and the cache of keys and values.
   */
  public static Bytes memory(LanguageModel model, Prompting prompting) {
    var m = model.model();
    double weights = 16.0 * m.params(Counting.ALL).count();
    double rows = model.optimisation().tokensPerStep();
    double numbers =
        rows * (34.0 * m.width() * m.layers() + 2.0 * m.vocabulary())
            + 2.0 * m.layers() * m.heads() * rows * m.context();
    double cache = 2.0 * m.layers() * m.width() * m.context() * prompting.prompts();
    return new Bytes(Math.round(weights + 4 * (numbers + cache)));
  }

  /** How the model is trained, one phrase. */
  public static String setting(LanguageModel model) {
    var o = model.optimisation();
    return String.format(
        Locale.ROOT,
        "AdamW(%s, %s), clip %s, cosine to 0, %d tokens a step, peak lr %s",
        Numbers.significant(o.beta1(), 3),
        Numbers.significant(o.beta2(), 3),
        Numbers.significant(o.clip(), 3),
        o.tokensPerStep(),
        Numbers.significant(o.peakRate(model.model().width()), 3));
  }

  /** Why these prompts do not fit the model. */
  public static List<String> problems(LanguageModel model, Prompting prompting) {
    int needed = prompting.given() + prompting.tokens();
    return needed <= model.model().context()
        ? List.of()
        : List.of(
            "expected prompt and continuation to fit the context of "
                + model.model().context()
                + " tokens, got "
                + prompting.given()
                + " + "
                + prompting.tokens()
                + "; give the model a longer context or ask for fewer tokens");
  }
}
