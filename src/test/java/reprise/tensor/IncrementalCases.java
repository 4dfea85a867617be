package reprise.tensor;

import java.util.ArrayList;
import java.util.List;
import reprise.tensor.OpCases.Case;
import reprise.tensor.OpCases.Fill;
import reprise.tensor.OpCases.Operand;
import reprise.tensor.ir.Incremental;
import reprise.tensor.ir.Op;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.Value;

/** Cases of decoding token by token. */
final class IncrementalCases {
  private final List<Case> cases = new ArrayList<>();

  private IncrementalCases() {}

  static List<Case> all() {
    IncrementalCases c = new IncrementalCases();
    c.project();
    c.caches();
    c.positions();
    c.sample();
    return c.cases;
  }

  private static Operand f(int... dims) {
    return new Operand(TensorType.f32(dims), Fill.NORMAL, 0);
  }

  private static Operand index(int limit, int... dims) {
    return new Operand(TensorType.i32(dims), Fill.INDEX, limit);
  }

  private static Operand positive(int... dims) {
    return new Operand(TensorType.f32(dims), Fill.POSITIVE, 0);
  }

  private void add(String name, Op op, Operand... operands) {
    cases.add(
        new Case(
            name, List.of(operands), (f, in) -> f.applyAll(op, in.toArray(Value[]::new)), false));
  }

  private void project() {
    int[][] sizes = {
      {1, 7, 5}, {1, 300, 33}, {2, 140, 70}, {5, 129, 64}, {9, 33, 31}, {16, 64, 96}
    };
    for (int[] s : sizes) {
      Operand w = new Operand(Incremental.packed(s[1], s[2]), Fill.NORMAL, 0);
      String name = "project " + s[0] + "x" + s[2] + "x" + s[1];
      add(name, new Incremental.Project(s[2]), f(s[0], s[1]), w);
      add(name + " with bias", new Incremental.Project(s[2]), f(s[0], s[1]), w, f(s[2]));
    }
  }

  private void caches() {
    add(
        "cache_append keys",
        new Incremental.CacheAppend(true, 2),
        f(3, 2, 5, 11),
        f(3, 4, 10),
        index(9, 3));
    add(
        "cache_append values",
        new Incremental.CacheAppend(false, 0),
        f(3, 2, 11, 5),
        f(3, 4, 10),
        index(11, 3));
    int[][] sizes = {{1, 4, 2, 8, 70}, {3, 4, 4, 5, 37}, {2, 2, 1, 40, 130}};
    for (int[] s : sizes) {
      int batch = 3;
      add(
          "cache_attend " + s[0] + " queries, slots " + s[4],
          new Incremental.CacheAttend(s[1], 1),
          f(batch, s[0], s[1] * s[3]),
          f(batch, s[2], s[3], s[4]),
          f(batch, s[2], s[4], s[3]),
          index(s[4], batch));
    }
  }

  private void positions() {
    add("tokens_at", new Incremental.TokensAt(4), index(50, 3, 9), index(9, 3));
    add("positions_at", new Incremental.PositionsAt(4, 7), index(9, 3));
    add("advance", new Incremental.Advance(3), index(9, 5), index(9, 5));
  }

  /** Rules and their parameters are drawn: every row of a case has its own. */
  private void sample() {
    int rows = 16;
    int slots = 9;
    for (int vocab : new int[] {6, 37}) {
      for (int repeats : new int[] {1, 3, 4}) {
        add(
            "sample_next of " + vocab + ", " + repeats,
            new Incremental.SampleNext(5),
            f(rows, vocab),
            index(vocab, rows, slots),
            index(slots - 1, rows),
            index(2, rows),
            positive(rows),
            f(rows, slots),
            f(rows, slots),
            f(rows, slots),
            index(6, rows),
            index(12, rows),
            index(100, rows),
            index(repeats == 4 ? 4 : 7, rows, 2),
            positive(rows, 4),
            index(vocab, 2),
            index(vocab, 1, repeats));
      }
    }
  }
}
