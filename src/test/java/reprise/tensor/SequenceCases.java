package reprise.tensor;

import static reprise.tensor.OpCases.f;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import reprise.tensor.OpCases.Case;
import reprise.tensor.OpCases.Operand;
import reprise.tensor.ir.Fourier;
import reprise.tensor.ir.Op;
import reprise.tensor.ir.Recurrences;
import reprise.tensor.ir.Recurrent;
import reprise.tensor.ir.Value;

/** Transforms and recurrent cells. */
final class SequenceCases {
  private final List<Case> cases = new ArrayList<>();

  private SequenceCases() {}

  static List<Case> all() {
    SequenceCases c = new SequenceCases();
    for (int n : new int[] {1, 2, 8, 30, 37, 210}) {
      c.op("fft " + n, new Fourier.Fft(false), f(3, n, 2));
      c.op("inverse fft " + n, new Fourier.Fft(true), f(3, n, 2));
      c.word("real fft " + n, in -> Fourier.realFft(in.getFirst()), f(3, n));
      c.word(
          "inverse real fft " + n,
          in -> Fourier.inverseRealFft(in.getFirst(), n),
          f(3, n / 2 + 1, 2));
    }
    c.op("walsh 1", new Fourier.Walsh(), f(3, 1));
    c.op("walsh 64", new Fourier.Walsh(), f(3, 64));
    c.op("lstm", new Recurrent.Lstm(), f(70, 4 * 21), f(70, 21));
    c.word("lstm cell", in -> cell(in), f(3, 4 * 5), f(3, 5));
    c.op("gru", new Recurrent.Gru(), f(70, 3 * 21), f(70, 3 * 21), f(70, 21));
    for (boolean reverse : new boolean[] {false, true}) {
      c.word(
          "lstm layer " + reverse,
          in -> Recurrences.lstm(in.get(0), in.get(1), in.get(2), in.get(3), reverse),
          f(4, 3, 6),
          f(6, 20),
          f(5, 20),
          f(20));
    }
    c.word(
        "gru layers",
        in -> {
          Value there =
              Recurrences.gru(in.get(0), in.get(1), in.get(2), in.get(3), in.get(4), false);
          Value back = Recurrences.gru(in.get(0), in.get(1), in.get(2), in.get(3), in.get(4), true);
          return Recurrences.bidirectional(there, back);
        },
        f(4, 3, 6),
        f(6, 15),
        f(5, 15),
        f(15),
        f(15));
    return c.cases;
  }

  /** Both results. */
  private static Value cell(List<Value> in) {
    Value gates = in.getFirst();
    List<Value> out = Recurrences.cell(gates, in.get(1));
    return out.get(0).add(out.get(1).square());
  }

  private void op(String name, Op op, Operand... operands) {
    cases.add(
        new Case(
            name, List.of(operands), (f, in) -> f.applyAll(op, in.toArray(Value[]::new)), true));
  }

  private void word(String name, Function<List<Value>, Value> word, Operand... operands) {
    cases.add(new Case(name, List.of(operands), (_, in) -> List.of(word.apply(in)), true));
  }
}
