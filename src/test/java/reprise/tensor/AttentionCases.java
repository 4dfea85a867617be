package reprise.tensor;

import java.util.ArrayList;
import java.util.List;
import reprise.tensor.OpCases.Case;
import reprise.tensor.OpCases.Fill;
import reprise.tensor.OpCases.Operand;
import reprise.tensor.ir.Attention;
import reprise.tensor.ir.Op;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.Value;

/** Cases of attention over separate operands. */
final class AttentionCases {
  private final List<Case> cases = new ArrayList<>();

  private AttentionCases() {}

  static List<Case> all() {
    AttentionCases c = new AttentionCases();
    c.multiHead();
    c.rotary();
    return c.cases;
  }

  private static Operand f(int... dims) {
    return new Operand(TensorType.f32(dims), Fill.NORMAL, 0);
  }

  private static Operand index(int limit, int... dims) {
    return new Operand(TensorType.i32(dims), Fill.INDEX, limit);
  }

  private void add(String name, Op op, Operand... operands) {
    cases.add(
        new Case(
            name, List.of(operands), (f, in) -> f.applyAll(op, in.toArray(Value[]::new)), true));
  }

  private void heads(
      String name, boolean causal, int tq, int tk, int heads, int groups, int width, int limit) {
    List<Operand> operands =
        new ArrayList<>(
            List.of(f(3, tq, heads * width), f(3, tk, groups * width), f(3, tk, groups * width)));
    if (limit > 0) {
      operands.add(index(limit, 3));
    }
    add(
        "multi_head " + name,
        new Attention.MultiHead(heads, groups, causal),
        operands.toArray(Operand[]::new));
  }

  private void multiHead() {
    heads("bidirectional", false, 9, 9, 2, 2, 5, 0);
    heads("bidirectional two blocks", false, 70, 70, 1, 1, 8, 0);
    heads("causal, three heads", true, 37, 37, 3, 3, 7, 0);
    heads("causal grouped", true, 70, 70, 4, 2, 8, 0);
    heads("multi-query", true, 13, 13, 3, 1, 9, 0);
    heads("cross", false, 11, 35, 2, 2, 6, 0);
    heads("cross padded", false, 11, 35, 4, 2, 6, 36);
    heads("padded to little", false, 5, 7, 2, 1, 4, 4);
    heads("causal padded", true, 21, 21, 2, 2, 6, 22);
    heads("causal with prefix", true, 21, 26, 2, 1, 6, 0);
    heads("causal, fewer keys", true, 66, 20, 2, 2, 4, 0);
  }

  private void rotary() {
    add(
        "rotary_embedding halves",
        new Attention.RotaryEmbedding(3, 12, 10_000, false, 0, false),
        f(2, 9, 3 * 12));
    add(
        "rotary_embedding partial",
        new Attention.RotaryEmbedding(2, 6, 10_000, false, 5, false),
        f(2, 9, 2 * 11));
    add(
        "rotary_embedding interleaved",
        new Attention.RotaryEmbedding(2, 6, 500, true, 0, true),
        f(2, 9, 2 * 8));
    add(
        "rotary_embedding from start",
        new Attention.RotaryEmbedding(2, 4, 100, false, 1, false),
        f(3, 5, 2 * 4),
        index(40, 3));
  }
}
