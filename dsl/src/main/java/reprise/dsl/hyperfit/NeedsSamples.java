package reprise.dsl.hyperfit;

import java.util.List;
import reprise.dsl.generation.Decoding;
import reprise.dsl.generation.LanguageModel;
import reprise.dsl.generation.Prompting;
import reprise.dsl.unit.Checks;

/**
 * A hyperfitting experiment that still needs the size of its set: continue with {@link #samples}.
 *
 * @param model to fit
 */
public record NeedsSamples(LanguageModel model) {
  /** Epochs after which diversity was read in figure 2 of the paper, and one more. */
  private static final List<Integer> EPOCHS = List.of(1, 3, 5, 10, 20, 40);

  public NeedsSamples {
    Checks.present("model", model);
  }

  /** Windows of the fine-tuning set, each as long as the model's context. */
  public Hyperfitting samples(int windows) {
    return new Hyperfitting(
        model,
        windows,
        2,
        List.of(),
        Tuning.DEFAULT,
        EPOCHS,
        List.of(new Decoding.Nucleus(0.9)),
        Prompting.DEFAULT,
        1);
  }
}
