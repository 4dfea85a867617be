package reprise.tensor.reference;

import reprise.tensor.Philox;
import reprise.tensor.SessionOptions;
import reprise.tensor.ir.RandomOp;
import reprise.tensor.reference.Evaluator.Arg;

/** Counter-based random numbers; draws are rounded to f32, as every backend stores them. */
final class RandomEval {
  private RandomEval() {}

  static Object[] evaluate(RandomOp op, Arg[] in, SessionOptions options, int callStep) {
    return switch (op) {
      case RandomOp.Uniform u -> {
        double[] y = new double[u.shape().size()];
        int step = in.length > 0 ? in[0].i()[0] : 0;
        int[] words = new int[4];
        for (int i = 0; i < y.length; i++) {
          if (i % 4 == 0) {
            Philox.block(options.seed(), i / 4, step, u.stream(), options.run(), words);
          }
          y[i] = (float) (u.low() + (u.high() - u.low()) * Philox.uniform(words[i % 4]));
        }
        yield new Object[] {y};
      }
      case RandomOp.Normal n -> {
        double[] y = new double[n.shape().size()];
        int step = in.length > 0 ? in[0].i()[0] : 0;
        int[] words = new int[4];
        for (int i = 0; i < y.length; i++) {
          if (i % 4 == 0) {
            Philox.block(options.seed(), i / 4, step, n.stream(), options.run(), words);
          }
          int pair = i % 4 / 2 * 2;
          // Box and Muller: r = sqrt(-2 ln u1), u1 in (0, 1], angle 2 pi u2
          double u1 = Philox.uniform(words[pair]) + 0x1p-24;
          double angle = 2 * Math.PI * Philox.uniform(words[pair + 1]);
          double radius = Math.sqrt(-2 * Math.log(u1));
          double z = radius * (i % 2 == 0 ? Math.cos(angle) : Math.sin(angle));
          y[i] = (float) (n.mean() + n.deviation() * z);
        }
        yield new Object[] {y};
      }
      case RandomOp.SampleWindows s -> {
        int[] starts = new int[s.batch()];
        int[] words = new int[4];
        for (int b = 0; b < starts.length; b++) {
          Philox.block(options.seed(), b, in[1].i()[0], s.stream(), options.run(), words);
          long choices = (long) in[0].i().length - s.time();
          starts[b] = (int) ((words[0] & 0xFFFFFFFFL) * choices >>> 32);
        }
        yield windows(in[0].i(), starts, s.time());
      }
      case RandomOp.SequentialWindows s -> {
        int[] starts = new int[s.batch()];
        int count = (in[0].i().length - 1) / s.time();
        for (int b = 0; b < starts.length; b++) {
          long window = Math.floorMod((long) in[1].i()[0] * s.batch() + b, (long) count);
          starts[b] = (int) (window * s.time());
        }
        yield windows(in[0].i(), starts, s.time());
      }
      case RandomOp.CallStep _ -> new Object[] {new int[] {callStep}};
    };
  }

  private static Object[] windows(int[] buffer, int[] starts, int time) {
    int[] inputs = new int[starts.length * time];
    int[] targets = new int[inputs.length];
    for (int b = 0; b < starts.length; b++) {
      System.arraycopy(buffer, starts[b], inputs, b * time, time);
      System.arraycopy(buffer, starts[b] + 1, targets, b * time, time);
    }
    return new Object[] {inputs, targets};
  }
}
