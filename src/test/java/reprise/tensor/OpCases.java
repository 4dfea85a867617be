package reprise.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import reprise.tensor.ir.Attend;
import reprise.tensor.ir.Elementwise;
import reprise.tensor.ir.FunctionBuilder;
import reprise.tensor.ir.Layout;
import reprise.tensor.ir.Linear;
import reprise.tensor.ir.Normalise;
import reprise.tensor.ir.Op;
import reprise.tensor.ir.Optimise;
import reprise.tensor.ir.RandomOp;
import reprise.tensor.ir.Shape;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.Value;

/** The cases of the conformance test: each operation at sizes that do not fit vectors. */
final class OpCases {
  /** How operands are filled. */
  enum Fill {
    /** Normal around 0. */
    NORMAL,
    /** In [0.5, 2.5]. */
    POSITIVE,
    /** Integers below {@code limit}. */
    INDEX,
    /** Rows that sum to one. */
    DISTRIBUTION
  }

  /** One operand; limit bounds an index. */
  record Operand(TensorType type, Fill fill, int limit) {}

  /**
   * One case.
   *
   * @param name shown in the report
   * @param operands what to feed
   * @param body from operands to results
   * @param differentiable whether gradients for f32 operands are compared too
   */
  record Case(
      String name,
      List<Operand> operands,
      BiFunction<FunctionBuilder, List<Value>, List<Value>> body,
      boolean differentiable) {
    @Override
    public String toString() {
      return name;
    }
  }

  private final List<Case> cases = new ArrayList<>();

  private OpCases() {}

  static List<Case> all() {
    OpCases c = new OpCases();
    c.elementwise();
    c.matmul();
    c.layout();
    c.normalise();
    c.attend();
    c.losses();
    c.lookup();
    c.optimise();
    c.random();
    c.cases.addAll(AttentionCases.all());
    c.cases.addAll(IncrementalCases.all());
    c.cases.addAll(ExpertsCases.all());
    c.cases.addAll(UpdateCases.all());
    FusedCases.addTo(c.cases);
    c.cases.addAll(QuantiseCases.all());
    c.cases.addAll(PointwiseCases.all());
    c.cases.addAll(ArrangeCases.all());
    c.cases.addAll(CriterionCases.all());
    c.cases.addAll(SpatialCases.all());
    c.cases.addAll(FactorCases.all());
    c.cases.addAll(SequenceCases.all());
    c.cases.addAll(ChainCases.all());
    return c.cases;
  }

  static Operand f(int... dims) {
    return new Operand(TensorType.f32(dims), Fill.NORMAL, 0);
  }

  static Operand positive(int... dims) {
    return new Operand(TensorType.f32(dims), Fill.POSITIVE, 0);
  }

  static Operand index(int limit, int... dims) {
    return new Operand(TensorType.i32(dims), Fill.INDEX, limit);
  }

  static Operand distribution(int... dims) {
    return new Operand(TensorType.f32(dims), Fill.DISTRIBUTION, 0);
  }

  private void add(String name, Op op, Operand... operands) {
    cases.add(
        new Case(
            name, List.of(operands), (f, in) -> f.applyAll(op, in.toArray(Value[]::new)), true));
  }

  private void forward(String name, Op op, Operand... operands) {
    cases.add(
        new Case(
            name, List.of(operands), (f, in) -> f.applyAll(op, in.toArray(Value[]::new)), false));
  }

  private void elementwise() {
    for (Elementwise.Function fn : Elementwise.Function.values()) {
      boolean half =
          switch (fn) {
            case LOG, SQRT, RECIPROCAL -> true;
            default -> false;
          };
      add("unary " + fn, new Elementwise.Unary(fn), half ? positive(3, 37) : f(3, 37));
      Operand x = half ? positive(41) : f(41);
      forward("unary_grad " + fn, new Elementwise.UnaryGrad(fn), x, f(41));
    }
    for (Elementwise.Operator o : Elementwise.Operator.values()) {
      Op op = new Elementwise.Binary(o);
      add("binary " + o + " same shape", op, f(5, 21), positive(5, 21));
      add("binary " + o + " row", op, f(2, 5, 21), positive(5, 21));
      add("binary " + o + " scalar", op, f(5, 21), positive());
    }
    add("affine", new Elementwise.Affine(-1.5, 0.25), f(45));
    forward("increment", new Elementwise.Increment(3), index(100, 5));
    forward("to_float", new Elementwise.ToFloat(), index(100, 5));
  }

  private void matmul() {
    int[][] sizes = {
      {7, 19, 13}, {1, 1, 1}, {4, 12, 4}, {50, 33, 17}, {70, 200, 401}, {130, 49, 65}
    };
    for (int[] s : sizes) {
      for (int t = 0; t < 4; t++) {
        boolean ta = (t & 1) != 0;
        boolean tb = (t & 2) != 0;
        add(
            "mat_mul " + (ta ? "T" : "N") + (tb ? "T" : "N") + " " + s[0] + "x" + s[1] + "x" + s[2],
            new Linear.MatMul(ta, tb),
            ta ? f(s[2], s[0]) : f(s[0], s[2]),
            tb ? f(s[1], s[2]) : f(s[2], s[1]));
      }
    }
    add("mat_mul batched", new Linear.MatMul(false, true), f(3, 2, 5, 7), f(3, 2, 9, 7));
    add("mat_mul rows by one matrix", new Linear.MatMul(false, false), f(3, 5, 7), f(7, 11));
  }

  private void layout() {
    add("fill", new Layout.Fill(2.5, TensorType.f32(3, 5)));
    add("reshape", new Layout.Reshape(Shape.of(15)), f(3, 5));
    add("permute", new Layout.Permute(List.of(2, 0, 1)), f(3, 4, 5));
    add("slice", new Layout.Slice(1, 2, 3), f(3, 7, 5));
    add("pad", new Layout.Pad(1, 2, 1), f(3, 4, 5));
    add("expand", new Layout.Expand(1, Shape.of(4)), f(3, 5));
    add("expand last", new Layout.Expand(2, Shape.of(4)), f(3, 5));
    add("reduce sum all", new Layout.Reduce(Layout.Fold.SUM, 0, 2), f(3, 5));
    add("reduce mean middle", new Layout.Reduce(Layout.Fold.MEAN, 1, 2), f(3, 70, 21));
    add("reduce sum last", new Layout.Reduce(Layout.Fold.SUM, 1, 2), f(3, 523));
    forward("reduce max last", new Layout.Reduce(Layout.Fold.MAX, 1, 2), f(3, 21));
    forward("reduce max first", new Layout.Reduce(Layout.Fold.MAX, 0, 1), f(3, 21));
  }

  private void normalise() {
    for (int d : new int[] {4, 37}) {
      add("layer_norm " + d, new Normalise.LayerNorm(1e-5), f(70, d), f(d));
      add("layer_norm with bias " + d, new Normalise.LayerNorm(1e-5), f(7, d), f(d), f(d));
      add("rms_norm " + d, new Normalise.RmsNorm(1e-5), f(70, d), f(d));
      add("softmax " + d, new Normalise.Softmax(), f(9, d));
    }
  }

  private void attend() {
    add("causal_attention 1 head", new Attend.CausalAttention(1), f(2, 5, 3 * 4));
    add("causal_attention 3 heads", new Attend.CausalAttention(3), f(2, 37, 3 * 21));
    add("causal_attention two blocks", new Attend.CausalAttention(2), f(1, 70, 3 * 8));
    add("rotary", new Attend.Rotary(3, 10_000, false), f(2, 9, 3 * 12));
    add("rotary inverse", new Attend.Rotary(3, 100, true), f(2, 9, 3 * 12));
  }

  private void losses() {
    for (int v : new int[] {5, 37}) {
      add("cross_entropy " + v, new reprise.tensor.ir.Loss.CrossEntropy(), f(11, v), index(v, 11));
    }
    // The table is data: the case reads it as a constant, so that no gradient is asked for it.
    add(
        "kl_divergence",
        new reprise.tensor.ir.Loss.KlDivergence(),
        f(11, 37),
        distribution(6, 37),
        index(6, 11));
  }

  private void lookup() {
    add("gather", new reprise.tensor.ir.Lookup.Gather(), f(7, 21), index(7, 4, 5));
    add("scatter_add", new reprise.tensor.ir.Lookup.ScatterAdd(7), index(7, 20), f(20, 21));
  }

  private void optimise() {
    for (Optimise.Decay d : Optimise.Decay.values()) {
      forward("schedule " + d, new Optimise.Schedule(d, 0.3, 0.02, 5, 40, 10), index(45));
    }
    add("global_norm", new Optimise.GlobalNorm(), f(37), f(3, 5));
    forward("clip_factor", new Optimise.ClipFactor(1), positive());
    forward("clip_factor above", new Optimise.ClipFactor(10), positive());
    forward(
        "adam_w",
        new Optimise.AdamW(0.9, 0.95, 1e-8, 0.1),
        f(37),
        f(37),
        f(37),
        positive(37),
        positive(),
        positive(),
        index(9));
  }

  private void random() {
    forward("uniform", new RandomOp.Uniform(Shape.of(3, 7), 5, -1, 2), index(9));
    forward("normal", new RandomOp.Normal(Shape.of(3, 7), 5, 1, 2));
    forward("sample_windows", new RandomOp.SampleWindows(6, 9, 3), index(50, 100), index(9));
    forward("sequential_windows", new RandomOp.SequentialWindows(6, 9), index(50, 100), index(9));
    cases.add(
        new Case(
            "call_step",
            List.of(),
            (f, in) ->
                List.of(f.apply(new Elementwise.ToFloat(), f.apply(new RandomOp.CallStep()))),
            false));
  }
}
