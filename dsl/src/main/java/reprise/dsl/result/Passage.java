package reprise.dsl.result;

/**
 * A text that a model wrote.
 *
 * @param at which model and decoder, such as {@code hyperfitted, greedy}
 * @param prompt what it was given
 * @param text what it went on with
 */
public record Passage(String at, String prompt, String text) {}
