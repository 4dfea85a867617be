package reprise.dsl.generation;

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

  @Override
  public String toString() {
    return prompts + " prompts of " + given + " tokens, " + tokens + " new ones";
  }
}
