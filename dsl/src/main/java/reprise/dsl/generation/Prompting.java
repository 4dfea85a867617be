package reprise.dsl.generation;

import java.util.List;
import reprise.dsl.unit.Checks;

/**
 * What a model continues: beginnings of held-out text, spread evenly over it.
 *
 * @param prompts how many
 * @param given tokens of each
 * @param tokens new tokens of each
 */
public record Prompting(int prompts, int given, int tokens) {
  /** 48 prompts of 32 tokens, 96 new tokens: the window of the type-token ratio. */
  public static final Prompting DEFAULT = new Prompting(48, 32, 96);

  public Prompting {
    if (prompts < 2) {
      throw new IllegalArgumentException(
          "prompts must be at least 2, since texts are compared with each other, got " + prompts);
    }
    Checks.positive("prompt length", given, "tokens");
    Checks.positive("continuation", tokens, "tokens");
  }

  /** The same with another number of prompts. */
  public Prompting prompts(int count) {
    return new Prompting(count, given, tokens);
  }

  /** The same with longer or shorter continuations. */
  public Prompting tokens(int count) {
    return new Prompting(prompts, given, count);
  }

  /** The same with longer or shorter prompts. */
  public Prompting given(int count) {
    return new Prompting(prompts, count, tokens);
  }

  /** Why these prompts do not fit the model. */
  public List<String> problems(LanguageModel model) {
    return given + tokens <= model.context()
        ? List.of()
        : List.of(
            "expected prompt and continuation to fit the context of "
                + model.context()
                + " tokens, got "
                + given
                + " + "
                + tokens
                + "; give the model a longer context or ask for fewer tokens");
  }

  @Override
  public String toString() {
    return prompts + " prompts of " + given + " tokens, " + tokens + " new ones";
  }
}
