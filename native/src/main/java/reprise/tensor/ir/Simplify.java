package reprise.tensor.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import reprise.tensor.ir.Elementwise.Operator;

/**
 * Algebra on single nodes: neutral elements, chains of constants, of reshapes and permutations,
 * constants folded, repetitions and transpositions taken over by the operation that reads them.
 * Values stay the same but for the sign of zeros, and to one rounding where constants are combined.
 */
final class Simplify implements Rewriter.Rule {
  private Rewriter.Producers producers;

  static ProgramFunction run(ProgramFunction f, Map<String, State> states) {
    return Rewriter.rewrite(f, states, new Simplify());
  }

  @Override
  public List<Value> rewrite(FunctionBuilder b, Instruction i, Rewriter.Operands operands) {
    if (producers == null) {
      producers = new Rewriter.Producers(b);
    }
    List<Value> in = i.inputs().stream().map(operands::at).toList();
    Value v =
        switch (i.op()) {
          case Elementwise.Affine a -> affine(a, in.getFirst());
          case Elementwise.Increment n -> n.by() == 0 ? in.getFirst() : null;
          case Elementwise.Binary o -> binary(o.operator(), in.get(0), in.get(1));
          case Layout l when !in.isEmpty() -> layout(b, l, in.getFirst(), i.types().getFirst());
          case Linear.MatMul m -> product(b, m, in.get(0), in.get(1));
          default -> null;
        };
    return v == null ? null : List.of(v);
  }

  private Op op(Value v) {
    return producers.of(v).op();
  }

  private Value operand(Value v) {
    return v.function().value(producers.of(v).inputs().getFirst());
  }

  private Value affine(Elementwise.Affine a, Value x) {
    if (a.scale() == 1 && a.shift() == 0) {
      return x;
    }
    return switch (op(x)) {
      case Elementwise.Affine first ->
          again(operand(x), a.scale() * first.scale(), a.scale() * first.shift() + a.shift());
      case Layout.Fill fill -> x.function().fill(a.scale() * fill.value() + a.shift(), x.type());
      default -> null;
    };
  }

  private static Value again(Value x, double scale, double shift) {
    return scale == 1 && shift == 0 ? x : x.affine(scale, shift);
  }

  private Value binary(Operator o, Value a, Value b) {
    if (op(b) instanceof Layout.Fill constant) {
      return withConstant(o, a, constant.value());
    }
    boolean same = a.shape().equals(b.shape());
    if (op(a) instanceof Layout.Fill constant && same) {
      double c = constant.value();
      return switch (o) {
        case ADD, MUL -> withConstant(o, b, c);
        case SUB -> b.affine(-1, c);
        case DIV -> c == 1 ? reciprocal(b) : null;
      };
    }
    if (op(b) instanceof Layout.Expand e && e.at() == 0) {
      return apply(o, a, operand(b));
    }
    boolean commutes = o == Operator.ADD || o == Operator.MUL;
    if (commutes && same && op(a) instanceof Layout.Expand e && e.at() == 0) {
      return apply(o, b, operand(a));
    }
    if (negated(b)) {
      return switch (o) {
        case ADD -> apply(Operator.SUB, a, operand(b));
        case SUB -> apply(Operator.ADD, a, operand(b));
        case MUL, DIV -> null;
      };
    }
    return o == Operator.ADD && same && negated(a) ? apply(Operator.SUB, b, operand(a)) : null;
  }

  private boolean negated(Value v) {
    return op(v) instanceof Elementwise.Affine a && a.scale() == -1 && a.shift() == 0;
  }

  private static Value apply(Operator o, Value a, Value b) {
    return a.function().apply(new Elementwise.Binary(o), a, b);
  }

  private static Value reciprocal(Value x) {
    return x.function().apply(new Elementwise.Unary(Elementwise.Function.RECIPROCAL), x);
  }

  private Value withConstant(Operator o, Value a, double c) {
    if (op(a) instanceof Layout.Fill fill) {
      double x = fill.value();
      double y =
          switch (o) {
            case ADD -> x + c;
            case SUB -> x - c;
            case MUL -> x * c;
            case DIV -> x / c;
          };
      return a.function().fill(y, a.type());
    }
    return switch (o) {
      case ADD -> again(a, 1, c);
      case SUB -> again(a, 1, -c);
      case MUL -> again(a, c, 0);
      // Powers of two only: their reciprocals are exact.
      case DIV -> Math.abs(c) == Math.scalb(1.0, Math.getExponent(c)) ? again(a, 1 / c, 0) : null;
    };
  }

  private Value layout(FunctionBuilder b, Layout l, Value x, TensorType result) {
    if (op(x) instanceof Layout.Fill fill) {
      return switch (l) {
        case Layout.Reshape _, Layout.Permute _, Layout.Slice _, Layout.Expand _ ->
            b.fill(fill.value(), result);
        case Layout.Reduce r -> {
          int n = r.fold() == Layout.Fold.SUM ? x.shape().product(r.from(), r.to()) : 1;
          yield b.fill(n * fill.value(), result);
        }
        default -> null;
      };
    }
    return switch (l) {
      case Layout.Reshape r -> {
        if (r.shape().equals(x.shape())) {
          yield x;
        }
        yield op(x) instanceof Layout.Reshape ? operand(x).reshape(r.shape()) : null;
      }
      case Layout.Permute p -> permute(p, x);
      case Layout.Slice s -> s.length() == x.shape().dim(s.axis()) ? x : null;
      case Layout.Pad p -> p.before() == 0 && p.after() == 0 ? x : null;
      case Layout.Expand e -> e.extents().rank() == 0 ? x : null;
      case Layout.Reduce r ->
          x.shape().product(r.from(), r.to()) == 1 ? x.reshape(result.shape()) : null;
      default -> null;
    };
  }

  private Value permute(Layout.Permute p, Value x) {
    List<Integer> order = p.order();
    Value from = x;
    if (op(x) instanceof Layout.Permute first) {
      order = order.stream().map(first.order()::get).toList();
      from = operand(x);
    }
    boolean identity = true;
    for (int k = 0; k < order.size(); k++) {
      identity &= order.get(k) == k;
    }
    if (identity) {
      return from;
    }
    return from == x ? null : x.function().apply(new Layout.Permute(order), from);
  }

  /** A factor with its last two axes swapped is read transposed. */
  private Value product(FunctionBuilder f, Linear.MatMul m, Value a, Value b) {
    boolean ta = swaps(a) && a.shape().rank() == b.shape().rank();
    boolean tb = swaps(b);
    if (!ta && !tb) {
      return null;
    }
    Linear.MatMul op = new Linear.MatMul(m.transposeA() ^ ta, m.transposeB() ^ tb);
    return f.apply(op, ta ? operand(a) : a, tb ? operand(b) : b);
  }

  private boolean swaps(Value v) {
    if (!(op(v) instanceof Layout.Permute p) || p.order().size() < 2) {
      return false;
    }
    int n = p.order().size();
    List<Integer> swap = new ArrayList<>();
    for (int k = 0; k < n - 2; k++) {
      swap.add(k);
    }
    swap.add(n - 1);
    swap.add(n - 2);
    return p.order().equals(swap);
  }
}
