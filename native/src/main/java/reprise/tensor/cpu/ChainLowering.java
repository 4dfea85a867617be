package reprise.tensor.cpu;

import java.util.List;
import reprise.tensor.ir.ChainSlots;
import reprise.tensor.ir.Elementwise;
import reprise.tensor.ir.ElementwiseChain;
import reprise.tensor.ir.ElementwiseChain.Step;
import reprise.tensor.ir.Instruction;

/** Chains to the words of {@code ops_chain.c}: inputs with period and repeat, steps with slots. */
final class ChainLowering {
  private ChainLowering() {}

  static void lower(ElementwiseChain chain, Instruction i, Emitter code) {
    List<Step> steps = chain.steps();
    int operands = i.inputs().size();
    List<Integer> slots = ChainSlots.assign(operands, steps);
    // Number of an operand or step to an input of the native chain: repetitions are inputs too.
    int[] numbers = new int[operands + steps.size()];
    Words inputs = new Words();
    int count = 0;
    long n = chain.shape().size();
    for (int k = 0; k < operands; k++) {
      if (plain(steps, k)) {
        inputs.add(code.in(i, k)).add(code.type(i, k).size()).add(1).add(0);
        numbers[k] = count++;
      }
    }
    for (int s = 0; s < steps.size(); s++) {
      if (steps.get(s).wide()) {
        int k = steps.get(s).inputs().getFirst();
        long size = code.type(i, k).size();
        inputs.add(code.in(i, k)).add(size).add(n / size).add(0);
        numbers[operands + s] = count++;
      }
    }
    Words body = new Words();
    for (int s = 0; s < steps.size(); s++) {
      if (!steps.get(s).wide()) {
        numbers[operands + s] = count + slots.get(s);
      }
    }
    int computing = 0;
    for (int s = 0; s < steps.size(); s++) {
      if (!steps.get(s).wide()) {
        step(steps.get(s), slots.get(s), numbers, body);
        computing++;
      }
    }
    Words all = new Words();
    all.add(code.result(i, 0)).add(1L + 2L * count + 3L * computing).add(n).add(count);
    for (long w : inputs.toArray()) {
      all.add(w);
    }
    for (long w : body.toArray()) {
      all.add(w);
    }
    code.emit(Opcode.CHAIN, all.toArray());
  }

  /** Whether some step reads this operand as it is, or none reads it at all. */
  private static boolean plain(List<Step> steps, int operand) {
    return steps.stream().anyMatch(s -> !s.wide() && s.inputs().contains(operand))
        || steps.stream().noneMatch(s -> s.inputs().contains(operand));
  }

  private static void step(Step step, int slot, int[] at, Words out) {
    long kind = (long) slot << 16;
    int x = at[step.inputs().getFirst()];
    int y = at[step.inputs().getLast()];
    switch (step.op()) {
      case Elementwise.Unary u -> words(out, kind, u.function().ordinal(), x, x, 0, 0);
      case Elementwise.UnaryGrad u -> words(out, kind | 1, u.function().ordinal(), x, y, 0, 0);
      case Elementwise.Binary b -> words(out, kind | 2, b.operator().ordinal(), x, y, 0, 0);
      case Elementwise.Affine a ->
          words(out, kind | 3, 0, x, x, Emitter.bits(a.scale()), Emitter.bits(a.shift()));
      default -> throw new IllegalStateException("no step of a chain: " + step);
    }
  }

  private static void words(Words out, long kind, long function, long x, long y, long p, long q) {
    out.add(kind).add(function).add(x).add(y).add(p).add(q);
  }
}
