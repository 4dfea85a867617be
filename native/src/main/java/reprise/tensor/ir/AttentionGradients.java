package reprise.tensor.ir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Vector-Jacobian products of {@link Attention}. */
final class AttentionGradients {
  private AttentionGradients() {}

  static List<Value> vjp(
      FunctionBuilder f, Attention op, Instruction i, List<Value> in, Value y, Value dy) {
    return switch (op) {
      case Attention.MultiHead a -> {
        List<Value> operands =
            new ArrayList<>(
                List.of(in.get(0), in.get(1), in.get(2), y, f.value(i.first() + 1), dy));
        operands.addAll(in.subList(3, in.size()));
        yield padded(
            f.applyAll(
                new Attention.MultiHeadGrad(a.heads(), a.groups(), a.causal()),
                operands.toArray(Value[]::new)),
            in.size());
      }
      case Attention.RotaryEmbedding r -> {
        Value[] operands = new Value[in.size()];
        operands[0] = dy;
        for (int k = 1; k < operands.length; k++) {
          operands[k] = in.get(k);
        }
        yield padded(
            List.of(
                f.apply(
                    new Attention.RotaryEmbedding(
                        r.heads(),
                        r.rotated(),
                        r.base(),
                        r.interleaved(),
                        r.offset(),
                        !r.inverse()),
                    operands)),
            in.size());
      }
      case Attention.MultiHeadGrad _ ->
          throw new UnsupportedOperationException("no derivative of " + ProgramText.print(i));
    };
  }

  /** Adjoints of the first operands; integer operands after them have none. */
  private static List<Value> padded(List<Value> adjoints, int operands) {
    List<Value> list = new ArrayList<>(adjoints);
    list.addAll(Collections.nCopies(operands - adjoints.size(), null));
    return list;
  }
}
