package reprise.tensor.ir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import reprise.tensor.ir.Elementwise.Operator;

/**
 * Reverse-mode differentiation as a program transformation: walks the nodes backwards and appends,
 * for each, its vector-Jacobian product as ordinary nodes (Griewank and Walther 2008, section 3.2).
 */
final class Gradients {
  private final FunctionBuilder f;
  private final Map<Integer, Value> adjoint = new HashMap<>();

  private Gradients(FunctionBuilder f) {
    this.f = f;
  }

  static List<Value> of(FunctionBuilder f, Value loss, List<Value> wrt) {
    TypeMismatch.require(
        loss.type().equals(TensorType.f32()), "a scalar f32 loss to differentiate", loss.type());
    Gradients g = new Gradients(f);
    g.adjoint.put(loss.id(), f.scalar(1));
    g.sweep(wrt, false);
    List<Value> out = new ArrayList<>();
    for (Value w : wrt) {
      Value d = g.adjoint.get(w.id());
      out.add(d == null ? f.fill(0, w.type()) : d);
    }
    return out;
  }

  /**
   * Vector-Jacobian product of nodes that stand for one: from adjoints of their results to those of
   * {@code operands}, which count as independent; null where there is none.
   */
  private static List<Value> through(
      FunctionBuilder f, List<Value> results, List<Value> adjoints, List<Value> operands) {
    Gradients g = new Gradients(f);
    for (int k = 0; k < results.size(); k++) {
      if (adjoints.get(k) != null) {
        g.adjoint.put(results.get(k).id(), adjoints.get(k));
      }
    }
    g.sweep(operands.stream().filter(v -> v.type().dtype() == DType.F32).toList(), true);
    // An operand that stands at two places gets its adjoint once.
    List<Value> out = new ArrayList<>();
    operands.forEach(v -> out.add(g.adjoint.remove(v.id())));
    return out;
  }

  /** From the adjoints there are to those of wrt; where it is a cut, not beyond it. */
  private void sweep(List<Value> wrt, boolean cut) {
    List<Instruction> body = List.copyOf(f.body());
    boolean[] active = active(body, wrt);
    Set<Integer> leaves = new HashSet<>();
    if (cut) {
      wrt.forEach(w -> leaves.add(w.id()));
    }
    for (Instruction i : body.reversed()) {
      boolean reached = false;
      for (int v = i.first(); v < i.end(); v++) {
        reached |= active[v] && adjoint.containsKey(v) && !leaves.contains(v);
      }
      if (reached) {
        pullBack(i, active);
      }
    }
  }

  /** Values that depend on one of {@code wrt} through f32 operands. */
  private static boolean[] active(List<Instruction> body, List<Value> wrt) {
    boolean[] active = new boolean[body.isEmpty() ? 0 : body.getLast().end()];
    wrt.forEach(w -> active[w.id()] = true);
    for (Instruction i : body) {
      boolean depends = false;
      for (int v : i.inputs()) {
        depends |= active[v];
      }
      for (int k = 0; k < i.types().size(); k++) {
        active[i.first() + k] |= depends && i.types().get(k).dtype() == DType.F32;
      }
    }
    return active;
  }

  private void pullBack(Instruction i, boolean[] active) {
    List<Value> in = i.inputs().stream().map(f::value).toList();
    Value y = f.value(i.first());
    Value dy = adjoint.get(i.first());
    List<Value> results = new ArrayList<>();
    List<Value> adjoints = new ArrayList<>();
    for (int v = i.first(); v < i.end(); v++) {
      results.add(f.value(v));
      adjoints.add(adjoint.get(v));
    }
    if (i.op() instanceof Recurrent.Lstm) {
      Value c2 = results.get(1);
      Value dh = dy == null ? f.fill(0, c2.type()) : dy;
      Value dc = adjoints.get(1) == null ? f.fill(0, c2.type()) : adjoints.get(1);
      Op grad = new Recurrent.LstmGrad();
      give(in, f.applyAll(grad, in.get(0), in.get(1), c2, dh, dc), active);
      return;
    }
    if (i.op() instanceof Factor w) {
      give(in, FactorGradients.vjp(f, w, in, results, adjoints), active);
      return;
    }
    if (isGradient(i.op())) {
      List<Value> parts = Decomposition.of(f, i, in);
      give(in, through(f, parts, adjoints, in), active);
      return;
    }
    if (dy != null) {
      give(in, vjp(i, in, y, dy, active), active);
    }
    Value further = StatisticsGradients.ofFurtherResults(f, i, in, results, adjoints);
    if (further != null) {
      give(in, List.of(further), active);
    }
  }

  /** Gradient operations that are differentiated by their elementary nodes. */
  private static boolean isGradient(Op op) {
    return op instanceof Normalise.LayerNormGrad
        || op instanceof Normalise.RmsNormGrad
        || op instanceof Attend.CausalAttentionGrad;
  }

  private void give(List<Value> in, List<Value> d, boolean[] active) {
    for (int k = 0; k < d.size(); k++) {
      if (d.get(k) != null && active[in.get(k).id()]) {
        adjoint.merge(in.get(k).id(), d.get(k), Value::add);
      }
    }
  }

  /** One adjoint for each operand; null where an operand has none. */
  private List<Value> vjp(Instruction i, List<Value> in, Value y, Value dy, boolean[] active) {
    return switch (i.op()) {
      case Elementwise.Unary u -> List.of(unary(u.function(), in.get(0), y, dy));
      case Elementwise.Binary b -> binary(b.operator(), in.get(0), in.get(1), y, dy);
      case Elementwise.Affine a -> List.of(dy.scale(a.scale()));
      case Linear.MatMul m -> matmul(m, in.get(0), in.get(1), dy, active);
      case Layout.Reshape _ -> List.of(dy.reshape(in.get(0).shape()));
      case Layout.Permute p -> List.of(f.apply(new Layout.Permute(inverse(p.order())), dy));
      case Layout.Slice s -> {
        int rest = in.get(0).shape().dim(s.axis()) - s.start() - s.length();
        yield List.of(f.apply(new Layout.Pad(s.axis(), s.start(), rest), dy));
      }
      case Layout.Pad p -> List.of(dy.slice(p.axis(), p.before(), in.get(0).shape().dim(p.axis())));
      case Layout.Expand e -> List.of(dy.sum(e.at(), e.at() + e.extents().rank()));
      case Layout.Reduce r when r.fold() == Layout.Fold.MAX ->
          List.of(ArrangeGradients.maximum(f, r, in.get(0), dy));
      case Layout.Reduce r -> List.of(reduce(r, in.get(0), dy));
      case Normalise.LayerNorm _ ->
          f.applyAll(
              new Normalise.LayerNormGrad(in.size() == 3),
              in.get(0),
              in.get(1),
              f.value(i.first() + 1),
              f.value(i.first() + 2),
              dy);
      case Normalise.RmsNorm _ ->
          f.applyAll(new Normalise.RmsNormGrad(), in.get(0), in.get(1), f.value(i.first() + 1), dy);
      case Normalise.Softmax _ -> {
        // dx = y (dy - sum_j y_j dy_j)
        int last = y.shape().rank() - 1;
        Value inner = y.mul(dy).sum(last, last + 1).expand(last, y.shape().dim(-1));
        yield List.of(y.mul(dy.sub(inner)));
      }
      case Attend.CausalAttention a ->
          List.of(
              f.apply(
                  new Attend.CausalAttentionGrad(a.heads()),
                  in.get(0),
                  y,
                  f.value(i.first() + 1),
                  dy));
      case Attend.Rotary r ->
          List.of(f.apply(new Attend.Rotary(r.heads(), r.base(), !r.inverse()), dy));
      case Experts e -> ExpertsGradients.vjp(f, e, i, in, dy);
      case Attention a -> AttentionGradients.vjp(f, a, i, in, y, dy);
      case Loss.CrossEntropy _ ->
          List.of(
              f.apply(
                  new Loss.CrossEntropyGrad(), in.get(0), in.get(1), f.value(i.first() + 1), dy));
      case Loss.KlDivergence _ ->
          List.of(
              f.apply(
                  new Loss.KlDivergenceGrad(),
                  in.get(0),
                  in.get(1),
                  in.get(2),
                  f.value(i.first() + 1),
                  dy));
      case Lookup.Gather _ ->
          List.of(f.apply(new Lookup.ScatterAdd(in.get(0).shape().dim(0)), in.get(1), dy));
      case Lookup.ScatterAdd _ -> java.util.Arrays.asList(null, dy.gather(in.get(0)));
      case Optimise.GlobalNorm _ -> {
        Value factor = dy.div(y);
        yield in.stream().map(x -> x.mul(factor)).toList();
      }
      case Quantise q -> QuantiseGradients.vjp(f, q, in, dy);
      case Pointwise p -> PointwiseGradients.vjp(f, p, i, in, y, dy);
      case Arrange a -> ArrangeGradients.vjp(f, a, i, in, y, dy);
      case Noise.Dropout d -> Arrays.asList(f.apply(d, dy, in.get(1)), null);
      case Noise.LabelNoise _ -> List.of();
      case Criterion.SmoothedCrossEntropy c -> {
        Op grad = new Criterion.SmoothedCrossEntropyGrad(c.smoothing(), c.ignored());
        Value lse = f.value(i.first() + 1);
        yield Arrays.asList(f.apply(grad, in.get(0), in.get(1), lse, dy), null);
      }
      case Cut.CutCrossEntropy c -> Cut.vjp(f, c, in, f.value(i.first() + 1), dy);
      // the conjugate sum: n times the inverse, and back
      case Fourier.Fft t -> {
        double n = y.shape().dim(-2);
        yield List.of(f.apply(new Fourier.Fft(!t.inverse()), dy).scale(t.inverse() ? 1 / n : n));
      }
      case Fourier.Walsh w -> List.of(f.apply(w, dy));
      case Recurrent.Gru _ ->
          f.applyAll(new Recurrent.GruGrad(), in.get(0), in.get(1), in.get(2), dy);
      case Layout.Read _, Layout.Fill _, Elementwise.Increment _, Elementwise.ToFloat _ ->
          List.of();
      case RandomOp _ -> List.of();
      case Fused _ ->
          throw new UnsupportedOperationException(
              "no derivative of the fused " + ProgramText.print(i) + ": differentiate first");
      case Examples _ -> List.of();
      case Spatial s -> SpatialGradients.vjp(f, i, s, in, dy, active);
      case ElementwiseChain _ ->
          throw new UnsupportedOperationException(
              "no derivative of " + ProgramText.print(i) + ": differentiate before fusing");
      case Elementwise.UnaryGrad u -> {
        Value bend = SecondDerivative.of(u.function(), in.get(0));
        yield java.util.Arrays.asList(
            bend == null ? null : bend.mul(in.get(1)).mul(dy), f.apply(u, in.get(0), dy));
      }
      case Loss.CrossEntropyGrad _ -> StatisticsGradients.crossEntropyGrad(f, in, dy);
      case Loss.KlDivergenceGrad _ -> StatisticsGradients.klDivergenceGrad(f, in, dy);
      case Normalise.LayerNormGrad _,
          Normalise.RmsNormGrad _,
          Attend.CausalAttentionGrad _,
          Incremental _,
          Optimise.Schedule _,
          Optimise.ClipFactor _,
          Optimise.AdamW _,
          Criterion.SmoothedCrossEntropyGrad _,
          Cut.CutCrossEntropyGrad _,
          Factor _,
          Recurrent.Lstm _,
          Recurrent.LstmGrad _,
          Recurrent.GruGrad _,
          Update _ ->
          throw new UnsupportedOperationException("no derivative of " + ProgramText.print(i));
    };
  }

  private Value unary(Elementwise.Function function, Value x, Value y, Value dy) {
    return switch (function) {
      case EXP -> dy.mul(y);
      case LOG -> dy.div(x);
      case SQRT -> dy.div(y).scale(0.5);
      case SQUARE -> dy.mul(x).scale(2);
      case RECIPROCAL -> dy.mul(y).mul(y).scale(-1);
      case TANH -> dy.mul(y.square().affine(-1, 1)); // 1 - y^2
      case SIGMOID -> dy.mul(y.mul(y.affine(-1, 1))); // y (1 - y)
      case RELU, GELU, SILU, GELU_EXACT -> f.apply(new Elementwise.UnaryGrad(function), x, dy);
    };
  }

  private static List<Value> binary(Operator operator, Value a, Value b, Value y, Value dy) {
    int lead = a.shape().rank() - b.shape().rank();
    return switch (operator) {
      case ADD -> List.of(dy, fold(dy, lead));
      case SUB -> List.of(dy, fold(dy, lead).scale(-1));
      case MUL -> List.of(dy.mul(b), fold(dy.mul(a), lead));
      // d(a/b)/db = -y/b
      case DIV -> List.of(dy.div(b), fold(dy.mul(y).div(b), lead).scale(-1));
    };
  }

  /** Sums over the leading axes along which an operand was repeated. */
  private static Value fold(Value d, int lead) {
    return lead == 0 ? d : d.sum(0, lead);
  }

  private static List<Value> matmul(Linear.MatMul m, Value a, Value b, Value dc, boolean[] active) {
    boolean ta = m.transposeA();
    boolean tb = m.transposeB();
    // c = op(a) op(b): da = dc op(b)' or its transpose; db = op(a)' dc or its transpose
    Value da = null;
    if (active[a.id()]) {
      da = ta ? b.matmul(dc, tb, true) : dc.matmul(b, false, !tb);
    }
    Value db = null;
    if (active[b.id()]) {
      Value a2 = a;
      Value dc2 = dc;
      if (b.shape().rank() == 2 && a.shape().rank() > 2) {
        a2 = a.reshape(a.shape().rows(), a.shape().dim(-1));
        dc2 = dc.reshape(dc.shape().rows(), dc.shape().dim(-1));
      }
      db = tb ? dc2.matmul(a2, true, ta) : a2.matmul(dc2, !ta, false);
    }
    return java.util.Arrays.asList(da, db);
  }

  private static Value reduce(Layout.Reduce r, Value x, Value dy) {
    double share = r.fold() == Layout.Fold.MEAN ? x.shape().product(r.from(), r.to()) : 1;
    Value d = share == 1 ? dy : dy.scale(1 / share);
    int[] extents =
        x.shape().dims().subList(r.from(), r.to()).stream().mapToInt(Integer::intValue).toArray();
    return d.expand(r.from(), extents);
  }

  private static List<Integer> inverse(List<Integer> order) {
    Integer[] inverse = new Integer[order.size()];
    for (int k = 0; k < inverse.length; k++) {
      inverse[order.get(k)] = k;
    }
    return List.of(inverse);
  }
}
