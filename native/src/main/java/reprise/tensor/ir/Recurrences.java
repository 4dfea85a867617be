package reprise.tensor.ir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Recurrent layers over sequences [T, B, D], one cell after the other. */
public final class Recurrences {
  private Recurrences() {}

  /**
   * One step of an LSTM: h and c' from gates [.., 4H] and c [.., H], see {@link Recurrent.Lstm}.
   */
  public static List<Value> cell(Value gates, Value c) {
    return gates.function().applyAll(new Recurrent.Lstm(), gates, c);
  }

  /**
   * Hidden states [T, B, H] of an LSTM that begins at zero.
   *
   * @param x inputs [T, B, D]
   * @param input weights [D, 4H] in the order input, forget, cell, output
   * @param recurrent weights [H, 4H]
   * @param bias [4H]
   * @param reverse whether the sequence is read from its end
   */
  public static Value lstm(Value x, Value input, Value recurrent, Value bias, boolean reverse) {
    FunctionBuilder f = x.function();
    Value gates = x.matmul(input).add(bias);
    int width = recurrent.shape().dim(0);
    Value h = f.fill(0, TensorType.f32(x.shape().dim(1), width));
    Value c = h;
    List<Value> states = new ArrayList<>();
    for (int t : order(x, reverse)) {
      Value at = step(gates, t).add(h.matmul(recurrent));
      List<Value> next = cell(at, c);
      h = next.get(0);
      c = next.get(1);
      states.add(h);
    }
    return sequence(states, reverse);
  }

  /**
   * Hidden states [T, B, H] of a GRU that begins at zero; weights [D, 3H] and [H, 3H] and biases of
   * both in the order reset, update, new.
   */
  public static Value gru(
      Value x,
      Value input,
      Value recurrent,
      Value inputBias,
      Value recurrentBias,
      boolean reverse) {
    FunctionBuilder f = x.function();
    Value parts = x.matmul(input).add(inputBias);
    Value h = f.fill(0, TensorType.f32(x.shape().dim(1), recurrent.shape().dim(0)));
    List<Value> states = new ArrayList<>();
    for (int t : order(x, reverse)) {
      Value own = h.matmul(recurrent).add(recurrentBias);
      h = f.apply(new Recurrent.Gru(), step(parts, t), own, h);
      states.add(h);
    }
    return sequence(states, reverse);
  }

  /** Both directions side by side in the last axis. */
  public static Value bidirectional(Value forward, Value backward) {
    return Arrangements.concat(forward.shape().rank() - 1, forward, backward);
  }

  private static List<Integer> order(Value x, boolean reverse) {
    TypeMismatch.require(x.shape().rank() == 3, "a sequence [T, B, D]", x.type());
    List<Integer> steps = new ArrayList<>();
    for (int t = 0; t < x.shape().dim(0); t++) {
      steps.add(t);
    }
    if (reverse) {
      Collections.reverse(steps);
    }
    return steps;
  }

  private static Value step(Value x, int t) {
    return x.slice(0, t, 1).reshape(x.shape().dim(1), x.shape().dim(2));
  }

  private static Value sequence(List<Value> states, boolean reverse) {
    List<Value> ordered = reverse ? states.reversed() : states;
    return Arrangements.stack(0, ordered.toArray(Value[]::new));
  }
}
