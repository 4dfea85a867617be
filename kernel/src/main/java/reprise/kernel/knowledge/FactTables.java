package reprise.kernel.knowledge;

import java.util.List;
import reprise.tensor.Session;
import reprise.tensor.model.FactSet;

/**
 * What a program is told: the data tensors of {@link reprise.tensor.model.FactModel}.
 *
 * @param set their sizes
 * @param vocabulary the words, by token
 * @param heads [rows, head] tokens with which a text begins
 * @param values [rows, values] tokens of values
 * @param forms [K, M, S] elements, see {@link reprise.tensor.ir.Examples.Retell}
 * @param spans [origins, 3 + K] which sums a target counts in
 */
record FactTables(
    FactSet set, List<String> vocabulary, int[] heads, int[] values, int[] forms, float[] spans) {

  /** Writes them to a session. */
  void write(Session session) {
    session.write("heads", heads);
    session.write("values", values);
    session.write("forms", forms);
    session.write("spans", spans);
  }

  /**
   * Marks: row h + 2 of the first column for each name token of the head, row H + 2 + v of the
   * second for each value token, of the third for those of a first chunk, and of column 3 + k for
   * those of attribute k.
   */
  static final class Spans {
    private final float[] marks;
    private final int columns;
    private final int head;

    Spans(FactSet set) {
      this.columns = 3 + set.attributes();
      this.marks = new float[set.origins() * columns];
      this.head = set.head();
    }

    /** Element h of the head is part of the name. */
    void name(int h) {
      marks[(2 + h) * columns] = 1;
    }

    /** Value token v is part of attribute k, and of its first chunk or not. */
    void value(int v, int k, boolean first) {
      int row = (2 + head + v) * columns;
      marks[row + 1] = 1;
      marks[row + 2] = first ? 1 : 0;
      marks[row + 3 + k] = 1;
    }

    /** Element h of the head is a value. */
    void valueInHead(int h) {
      marks[(2 + h) * columns + 1] = 1;
      marks[(2 + h) * columns + 2] = 1;
    }

    float[] marks() {
      return marks;
    }
  }
}
