package reprise.tensor.model;

import reprise.tensor.ir.Examples;

/**
 * Sizes of the facts inside a program, and how they are told; see {@link Examples.Retell}.
 *
 * @param rows N that the model shall know, the first of the tables {@code heads} [N + others, head]
 *     and {@code values} [N + others, values]
 * @param head tokens with which a text begins
 * @param values tokens of a row that its sentences use
 * @param attributes K, sentences of a text
 * @param forms wordings of a sentence
 * @param length elements of a form
 * @param fixed whether a row is told in the same words every time
 * @param padded whether some forms are shorter than others, so that texts end in nothing
 * @param others further rows that take part in training only
 * @param company how many of them are in each step, beside the batch
 */
public record FactSet(
    int rows,
    int head,
    int values,
    int attributes,
    int forms,
    int length,
    boolean fixed,
    boolean padded,
    int others,
    int company) {
  public FactSet {
    if (rows < 1 || head < 1 || values < 1 || attributes < 1 || forms < 1 || length < 1) {
      throw new IllegalArgumentException(
          "facts need rows, head, values, attributes, forms and length of at least 1, got "
              + rows
              + ", "
              + head
              + ", "
              + values
              + ", "
              + attributes
              + ", "
              + forms
              + ", "
              + length);
    }
    if (others < 0 || company < 0 || company > 0 != others > 0) {
      throw new IllegalArgumentException(
          "others that no step sees, or company without others: "
              + others
              + " others, "
              + company
              + " of them a step");
    }
  }

  /** Tokens a text predicts: H + K S - 1. */
  public int tokens() {
    return head + attributes * length - 1;
  }

  /** All rows of the tables. */
  public int told() {
    return rows + others;
  }

  /** Where a target can come from: nothing, words, each element of the head, each value. */
  public int origins() {
    return 2 + head + values;
  }

  /** The same with other rows between: {@code company} of them in each step. */
  public FactSet among(int other, int inStep) {
    return new FactSet(rows, head, values, attributes, forms, length, fixed, padded, other, inStep);
  }
}
