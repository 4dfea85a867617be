package reprise.tensor.ir;

import static reprise.tensor.ir.Decomposition.rowMean;
import static reprise.tensor.ir.Decomposition.rowSum;
import static reprise.tensor.ir.Decomposition.wide;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Forward-mode differentiation as a program transformation: for each node that depends on the
 * seeds, its Jacobian-vector product as ordinary nodes of the same function (Griewank and Walther
 * 2008, section 3.1). Applied to gradients it gives exact Hessian-vector products, forward over
 * reverse (Pearlmutter 1994); since the nodes it writes have derivatives themselves, reverse mode
 * may follow.
 */
final class Tangents {
  private final FunctionBuilder f;

  /** Tangent of each finished value; null where it does not depend on the seeds. */
  private final Map<Integer, Value> tangent = new HashMap<>();

  private final Map<Integer, Instruction> producer = new HashMap<>();
  private int indexed;

  private Tangents(FunctionBuilder f) {
    this.f = f;
  }

  /** Tangents of {@code of} where {@code wrt} moves along {@code directions}. */
  static List<Value> of(
      FunctionBuilder f, List<Value> of, List<Value> wrt, List<Value> directions) {
    TypeMismatch.require(
        wrt.size() == directions.size(), wrt.size() + " directions", directions.size());
    Tangents t = new Tangents(f);
    for (int i = 0; i < wrt.size(); i++) {
      TypeMismatch.same(wrt.get(i).type(), directions.get(i).type(), "direction " + i);
      t.tangent.put(wrt.get(i).id(), directions.get(i));
    }
    return of.stream()
        .map(v -> {
          Value d = t.reach(v);
          return d == null ? f.fill(0, v.type()) : d;
        })
        .toList();
  }

  /** The tangent of a value, after those of everything it depends on, in order of execution. */
  private Value reach(Value v) {
    if (tangent.containsKey(v.id())) {
      return tangent.get(v.id());
    }
    TreeMap<Integer, Instruction> open = new TreeMap<>();
    Deque<Integer> stack = new ArrayDeque<>(List.of(v.id()));
    while (!stack.isEmpty()) {
      Instruction i = producer(stack.pop());
      if (open.putIfAbsent(i.first(), i) == null) {
        i.inputs().stream().filter(x -> !tangent.containsKey(x)).forEach(stack::push);
      }
    }
    open.values().forEach(this::push);
    return tangent.get(v.id());
  }

  private Instruction producer(int v) {
    List<Instruction> body = f.body();
    for (; indexed < body.size(); indexed++) {
      Instruction i = body.get(indexed);
      for (int r = i.first(); r < i.end(); r++) {
        producer.put(r, i);
      }
    }
    return producer.get(v);
  }

  private void push(Instruction i) {
    List<Value> in = i.inputs().stream().map(f::value).toList();
    Value[] d = new Value[in.size()];
    boolean moves = false;
    for (int k = 0; k < d.length; k++) {
      d[k] = tangent.get(in.get(k).id());
      moves |= d[k] != null;
    }
    Value[] out = new Value[i.types().size()];
    if (moves && i.types().stream().anyMatch(t -> t.dtype() == DType.F32)) {
      out = jvp(i, in, d);
    }
    for (int k = 0; k < out.length; k++) {
      tangent.putIfAbsent(i.first() + k, out[k]);
    }
  }

  /** One tangent for each result; null for zero. At least one of d is not null. */
  private Value[] jvp(Instruction i, List<Value> in, Value[] d) {
    Value y = f.value(i.first());
    return switch (i.op()) {
      case Elementwise.Unary u -> one(unary(u.function(), in.get(0), y, d[0]));
      case Elementwise.UnaryGrad u -> one(unaryGrad(u, in.get(0), in.get(1), d));
      case Elementwise.Binary b -> one(binary(b.operator(), in.get(0), in.get(1), y, d));
      case Elementwise.Affine a -> one(d[0].scale(a.scale()));
      case Linear.MatMul m -> {
        Value left = d[0] == null ? null : f.apply(m, d[0], in.get(1));
        yield one(sum(left, d[1] == null ? null : f.apply(m, in.get(0), d[1])));
      }
      case Layout.Reduce r when r.fold() != Layout.Fold.MAX -> one(f.apply(r, d[0]));
      case Layout.Reshape _, Layout.Permute _, Layout.Slice _, Layout.Pad _, Layout.Expand _ ->
          one(f.apply(i.op(), d[0]));
      case Attend.Rotary r -> one(f.apply(r, d[0]));
      case Lookup.Gather g -> one(f.apply(g, d[0], in.get(1)));
      case Lookup.ScatterAdd s -> one(f.apply(s, in.get(0), d[1]));
      case Normalise.LayerNorm _ -> layerNorm(i, in, d);
      case Normalise.RmsNorm _ -> rmsNorm(i, in, d);
      // y (dx - sum_j y_j dx_j)
      case Normalise.Softmax _ -> one(y.mul(d[0].sub(wide(rowSum(y.mul(d[0])), y))));
      case Attend.CausalAttention a -> attention(a.heads(), in.get(0), f.value(i.first() + 1), d);
      case Loss l -> loss(l, i, in, d);
      // sum of x dx over all, over the norm
      case Optimise.GlobalNorm _ -> {
        Value total = null;
        for (int k = 0; k < d.length; k++) {
          total = sum(total, d[k] == null ? null : in.get(k).mul(d[k]).sum());
        }
        yield one(total.div(y));
      }
      default -> {
        List<Value> parts = Decomposition.of(f, i, in);
        yield parts.stream().map(this::reach).toArray(Value[]::new);
      }
    };
  }

  private static Value[] one(Value d) {
    return new Value[] {d};
  }

  private static Value sum(Value a, Value b) {
    return a == null ? b : b == null ? a : a.add(b);
  }

  private Value unary(Elementwise.Function function, Value x, Value y, Value d) {
    return switch (function) {
      case EXP -> d.mul(y);
      case LOG -> d.div(x);
      case SQRT -> d.div(y).scale(0.5);
      case SQUARE -> d.mul(x).scale(2);
      case RECIPROCAL -> d.mul(y.square()).scale(-1);
      case TANH -> d.mul(y.square().affine(-1, 1));
      case SIGMOID -> d.mul(y.mul(y.affine(-1, 1)));
      case RELU, GELU, SILU, GELU_EXACT -> f.apply(new Elementwise.UnaryGrad(function), x, d);
    };
  }

  /** g = f'(x) dy: f'(x) ddy + f''(x) dy dx. */
  private Value unaryGrad(Elementwise.UnaryGrad op, Value x, Value dy, Value[] d) {
    Value linear = d[1] == null ? null : f.apply(op, x, d[1]);
    Value bend = d[0] == null ? null : SecondDerivative.of(op.function(), x);
    return sum(linear, bend == null ? null : bend.mul(dy).mul(d[0]));
  }

  private static Value binary(Elementwise.Operator operator, Value a, Value b, Value y, Value[] d) {
    return switch (operator) {
      case ADD -> d[0] == null ? like(a, d[1]) : d[1] == null ? d[0] : d[0].add(d[1]);
      case SUB -> d[0] == null ? like(a, d[1]).scale(-1) : d[1] == null ? d[0] : d[0].sub(d[1]);
      case MUL -> sum(d[0] == null ? null : d[0].mul(b), d[1] == null ? null : a.mul(d[1]));
      // da/b - (a/b) db/b
      case DIV -> {
        Value top = d[0] == null ? null : d[0].div(b);
        Value bottom = d[1] == null ? null : y.mul(d[1]).div(b).scale(-1);
        yield sum(top, bottom);
      }
    };
  }

  /** The trailing axes repeated along the leading ones of another value. */
  private static Value like(Value a, Value suffix) {
    int lead = a.shape().rank() - suffix.shape().rank();
    int[] extents =
        a.shape().dims().subList(0, lead).stream().mapToInt(Integer::intValue).toArray();
    return lead == 0 ? suffix : suffix.expand(0, extents);
  }

  /** dxhat = rstd (dx - mean(dx) - xhat mean(xhat dx)); drstd = -rstd^2 mean(xhat dx). */
  private Value[] layerNorm(Instruction i, List<Value> in, Value[] d) {
    Value x = in.get(0);
    Value mean = f.value(i.first() + 1);
    Value rstd = f.value(i.first() + 2);
    Value xhat = x.sub(wide(mean, x)).mul(wide(rstd, x));
    Value y = d[1] == null ? null : xhat.mul(d[1]);
    if (d[0] == null) {
      Value bias = d.length == 3 && d[2] != null ? like(x, d[2]) : null;
      return new Value[] {sum(y, bias), null, null};
    }
    y = sum(Decomposition.centred(xhat, rstd, d[0]).mul(in.get(1)), y);
    if (d.length == 3 && d[2] != null) {
      y = y.add(d[2]);
    }
    Value dr = rowMean(xhat.mul(d[0])).mul(rstd.square()).scale(-1);
    return new Value[] {y, rowMean(d[0]), dr};
  }

  private Value[] rmsNorm(Instruction i, List<Value> in, Value[] d) {
    Value x = in.get(0);
    Value rstd = f.value(i.first() + 1);
    Value xhat = x.mul(wide(rstd, x));
    Value y = d[1] == null ? null : xhat.mul(d[1]);
    if (d[0] == null) {
      return new Value[] {y, null};
    }
    Value dr = rowMean(xhat.mul(d[0])).mul(rstd.square()).scale(-1);
    return new Value[] {sum(Decomposition.scaled(xhat, rstd, d[0]).mul(in.get(1)), y), dr};
  }

  /** dlse = sum_s p ds; dy = p (ds - dlse) v + p dv. */
  private Value[] attention(int heads, Value qkv, Value lse, Value[] d) {
    Value p = Decomposition.weights(f, qkv, lse, heads);
    Value q = Decomposition.part(qkv, 0, heads);
    Value k = Decomposition.part(qkv, 1, heads);
    Value dq = Decomposition.part(d[0], 0, heads);
    Value dk = Decomposition.part(d[0], 1, heads);
    Value ds =
        dq.matmul(k, false, true)
            .add(q.matmul(dk, false, true))
            .scale(Decomposition.scale(qkv, heads));
    Value pds = p.mul(ds);
    Value dlse = rowSum(pds);
    Value dp = pds.sub(p.mul(wide(dlse, p)));
    Value dy =
        dp.matmul(Decomposition.part(qkv, 2, heads))
            .add(p.matmul(Decomposition.part(d[0], 2, heads)));
    return new Value[] {Decomposition.join(dy), dlse};
  }

  private Value[] loss(Loss op, Instruction i, List<Value> in, Value[] d) {
    Value logits = in.get(0);
    return switch (op) {
      // drow = sum_j (p - onehot)_j dlogits_j; dlse = sum_j p_j dlogits_j
      case Loss.CrossEntropy _ -> {
        Value lse = f.value(i.first() + 1);
        Value ones = f.fill(1, lse.type());
        Value slope = f.apply(new Loss.CrossEntropyGrad(), logits, in.get(1), lse, ones);
        yield rowsAndLse(slope, logits, lse, d[0]);
      }
      case Loss.KlDivergence _ -> {
        require(d[1] == null, i);
        Value lse = f.value(i.first() + 1);
        Value ones = f.fill(1, lse.type());
        Value slope = f.apply(new Loss.KlDivergenceGrad(), logits, in.get(1), in.get(2), lse, ones);
        yield rowsAndLse(slope, logits, lse, d[0]);
      }
      // (p - onehot) ddrow + p (dlogits - dlse) drow
      case Loss.CrossEntropyGrad g -> {
        Value linear = d[3] == null ? null : f.apply(g, logits, in.get(1), in.get(2), d[3]);
        yield one(sum(linear, bend(logits, in.get(2), in.get(3), d[0], d[2])));
      }
      case Loss.KlDivergenceGrad g -> {
        require(d[1] == null, i);
        Value linear =
            d[4] == null ? null : f.apply(g, logits, in.get(1), in.get(2), in.get(3), d[4]);
        yield one(sum(linear, bend(logits, in.get(3), in.get(4), d[0], d[3])));
      }
    };
  }

  private static void require(boolean data, Instruction i) {
    if (!data) {
      throw new UnsupportedOperationException(
          "the table of " + ProgramText.print(i) + " is data: it has no derivative");
    }
  }

  private static Value[] rowsAndLse(Value slope, Value logits, Value lse, Value d) {
    Value p = logits.sub(wide(lse, logits)).exp();
    return new Value[] {rowSum(slope.mul(d)), rowSum(p.mul(d))};
  }

  private static Value bend(Value logits, Value lse, Value drow, Value d, Value dlse) {
    if (d == null && dlse == null) {
      return null;
    }
    Value p = logits.sub(wide(lse, logits)).exp().mul(wide(drow, logits));
    Value wideLse = dlse == null ? null : wide(dlse, logits);
    Value move = d == null ? wideLse.scale(-1) : wideLse == null ? d : d.sub(wideLse);
    return p.mul(move);
  }
}
