package reprise.tensor.ir;

import java.util.Arrays;
import java.util.List;
import reprise.tensor.ir.Pointwise.Pairing;

/** Vector-Jacobian products of {@link Pointwise}. */
final class PointwiseGradients {
  private PointwiseGradients() {}

  static List<Value> vjp(
      FunctionBuilder f, Pointwise op, Instruction i, List<Value> in, Value y, Value dy) {
    return switch (op) {
      case Pointwise.Map m ->
          switch (m.curve()) {
            case SIGN, FLOOR, CEIL, ROUND -> Arrays.asList((Value) null);
            default ->
                List.of(f.apply(new Pointwise.MapGrad(m.curve(), m.a(), m.b()), in.getFirst(), dy));
          };
      case Pointwise.Zip z -> zip(f, z.pairing(), in.get(0), in.get(1), y, dy);
      case Pointwise.Select _ -> {
        Value none = f.fill(0, dy.type());
        Pointwise select = new Pointwise.Select();
        yield Arrays.asList(
            null, f.apply(select, in.get(0), dy, none), f.apply(select, in.get(0), none, dy));
      }
      case Pointwise.Detach _ -> Arrays.asList((Value) null);
      case Pointwise.MapGrad _ ->
          throw new UnsupportedOperationException("no derivative of " + ProgramText.print(i));
    };
  }

  private static List<Value> zip(
      FunctionBuilder f, Pairing pairing, Value a, Value b, Value y, Value dy) {
    return switch (pairing) {
      case ADD -> List.of(dy, fold(dy, b));
      case SUB -> List.of(dy, fold(dy, b).scale(-1));
      case MUL -> List.of(with(f, Pairing.MUL, dy, b), fold(dy.mul(a), b));
      case DIV -> {
        Value da = with(f, Pairing.DIV, dy, b);
        yield List.of(da, fold(da.mul(y), b).scale(-1)); // d(a/b)/db = -y/b
      }
      case MAXIMUM, MINIMUM -> {
        Pairing first = pairing == Pairing.MAXIMUM ? Pairing.GREATER_EQUAL : Pairing.LESS_EQUAL;
        Value mask = with(f, first, a, b);
        Value none = f.fill(0, dy.type());
        Pointwise select = new Pointwise.Select();
        yield List.of(f.apply(select, mask, dy, none), fold(f.apply(select, mask, none, dy), b));
      }
      // d a^b = b a^(b-1) da + a^b ln a db
      case POWER -> {
        Value below = with(f, Pairing.POWER, a, b.affine(1, -1));
        yield List.of(with(f, Pairing.MUL, dy.mul(below), b), fold(dy.mul(y).mul(a.log()), b));
      }
      case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL -> Arrays.asList(null, null);
    };
  }

  private static Value with(FunctionBuilder f, Pairing pairing, Value a, Value b) {
    return f.apply(new Pointwise.Zip(pairing), a, b);
  }

  /** Sums over the axes along which b was repeated. */
  private static Value fold(Value d, Value b) {
    int lead = d.shape().rank() - b.shape().rank();
    Value sum = lead == 0 ? d : d.sum(0, lead);
    int axis = 0;
    for (int k = 0; k < b.shape().rank(); k++) {
      if (b.shape().dim(k) == 1 && sum.shape().dim(axis) > 1) {
        sum = sum.sum(axis, axis + 1);
      } else {
        axis++;
      }
    }
    return sum.reshape(b.shape());
  }
}
