package reprise.tensor.reference;

import reprise.tensor.Philox;
import reprise.tensor.SessionOptions;
import reprise.tensor.ir.Noise;
import reprise.tensor.reference.Evaluator.Arg;

/** Random changes by counter. */
final class NoiseEval {
  private NoiseEval() {}

  static Object[] evaluate(Noise op, Arg[] in, SessionOptions o) {
    int step = in[1].i()[0];
    int[] words = new int[4];
    return switch (op) {
      case Noise.Dropout d -> {
        double[] y = in[0].f().clone();
        for (int i = 0; i < y.length; i++) {
          if (i % 4 == 0) {
            Philox.block(o.seed(), i / 4, step, d.stream(), o.run(), words);
          }
          y[i] = Philox.uniform(words[i % 4]) < d.rate() ? 0 : y[i] / (1 - d.rate());
        }
        yield new Object[] {y};
      }
      case Noise.LabelNoise n -> {
        int[] y = in[0].i().clone();
        for (int i = 0; i < y.length; i++) {
          Philox.block(o.seed(), i, step, n.stream(), o.run(), words);
          if (Philox.uniform(words[0]) < n.rate()) {
            y[i] = (int) ((words[1] & 0xFFFFFFFFL) * n.classes() >>> 32);
          }
        }
        yield new Object[] {y};
      }
    };
  }
}
