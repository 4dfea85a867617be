package reprise.tensor.reference;

import reprise.tensor.Philox;
import reprise.tensor.SessionOptions;
import reprise.tensor.ir.Examples;
import reprise.tensor.ir.Shape;
import reprise.tensor.reference.Evaluator.Arg;

/** Sequences that tell rows of a table in other words each time. */
final class RetellEval {
  private final Examples.Retell op;
  private final Arg[] in;
  private final SessionOptions options;
  private final Shape forms;
  private final int head;
  private final int values;

  private RetellEval(Examples.Retell op, Arg[] in, SessionOptions options) {
    this.op = op;
    this.in = in;
    this.options = options;
    this.forms = in[2].type().shape();
    this.head = in[0].last();
    this.values = in[1].last();
  }

  static Object[] evaluate(Examples.Retell op, Arg[] in, SessionOptions options) {
    return new RetellEval(op, in, options).evaluate();
  }

  private Object[] evaluate() {
    int[] index = in[3].i();
    int tokens = head + forms.dim(0) * forms.dim(2) - 1;
    int[][] out = new int[3][index.length * tokens];
    for (int b = 0; b < index.length; b++) {
      IndexOutOfRange.check(index[b], in[0].type().shape().dim(0), b);
      int[][] told = tell(index[b], b, tokens + 1);
      System.arraycopy(told[0], 0, out[0], b * tokens, tokens);
      System.arraycopy(told[0], 1, out[1], b * tokens, tokens);
      System.arraycopy(told[1], 1, out[2], b * tokens, tokens);
    }
    return out;
  }

  /** Tokens of one sequence and where they come from. */
  private int[][] tell(int row, int b, int length) {
    int attributes = forms.dim(0);
    int[] words = words(op.fixed() ? row : b, op.fixed() ? 0 : in[4].i()[0]);
    int[] order = new int[attributes];
    for (int i = 0; i < attributes; i++) {
      order[i] = i;
    }
    for (int i = attributes - 1; i > 0; i--) {
      int other = ExamplesEval.below(words[i], i + 1);
      int kept = order[i];
      order[i] = order[other];
      order[other] = kept;
    }
    int[][] told = new int[2][length];
    int at = 0;
    for (int h = 0; h < head; h++, at++) {
      told[0][at] = in[0].i()[row * head + h];
      told[1][at] = h + 1;
    }
    for (int a : order) {
      int form = ExamplesEval.below(words[attributes + a], forms.dim(1));
      for (int j = 0; j < forms.dim(2); j++) {
        int e = in[2].i()[(a * forms.dim(1) + form) * forms.dim(2) + j];
        IndexOutOfRange.check(e, Integer.MAX_VALUE, j);
        if (e != values) {
          told[0][at] = e < values ? in[1].i()[row * values + e] : e - values - 1;
          told[1][at] = e < values ? head + 1 + e : 0;
          at++;
        }
      }
    }
    for (; at < length; at++) {
      told[1][at] = -1;
    }
    return told;
  }

  private int[] words(int sequence, int step) {
    int blocks = (2 * forms.dim(0) + 3) / 4;
    int[] words = new int[4 * blocks];
    int[] w = new int[4];
    for (int k = 0; k < blocks; k++) {
      Philox.block(options.seed(), sequence * blocks + k, step, op.stream(), options.run(), w);
      System.arraycopy(w, 0, words, 4 * k, 4);
    }
    return words;
  }
}
