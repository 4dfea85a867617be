package reprise.tensor.reference;

import reprise.tensor.Philox;
import reprise.tensor.SessionOptions;
import reprise.tensor.ir.Grid;
import reprise.tensor.ir.Quantise;
import reprise.tensor.ir.Shape;
import reprise.tensor.reference.Evaluator.Arg;

/** Rounding to a grid, in the f32 arithmetic that defines it. */
final class QuantiseEval {
  private final Grid grid;
  private final Grid.Blocks blocks;
  private final boolean draws;
  private final int[] words = new int[4];
  private final SessionOptions options;
  private final int stream;
  private final int step;

  private QuantiseEval(Quantise.Round r, int step, SessionOptions options) {
    grid = r.grid();
    blocks = r.blocks();
    draws = r.rounding() == Quantise.Rounding.STOCHASTIC;
    stream = r.stream();
    this.step = step;
    this.options = options;
  }

  static Object[] evaluate(Quantise op, Arg[] in, SessionOptions options) {
    return switch (op) {
      case Quantise.RoundGradient _ -> new Object[] {in[0].array()};
      case Quantise.Round r -> {
        int step = in.length > 1 ? in[1].i()[0] : 0;
        yield new Object[] {new QuantiseEval(r, step, options).round(in[0])};
      }
    };
  }

  private double[] round(Arg x) {
    Shape s = x.type().shape();
    int n = blocks.axis() < 0 ? s.size() : s.dim(blocks.axis());
    int inner = blocks.axis() < 0 ? 1 : s.product(blocks.axis() + 1, s.rank());
    int block = blocks.block() == 0 ? n : blocks.block();
    double[] y = new double[s.size()];
    for (int o = 0; o < s.size() / (n * inner); o++) {
      for (int j = 0; j < inner; j++) {
        for (int b = 0; b < n; b += block) {
          run(x.f(), y, o * n * inner + b * inner + j, inner, Math.min(block, n - b));
        }
      }
    }
    return y;
  }

  /** One block: n elements from {@code at} at a stride. */
  private void run(double[] x, double[] y, int at, int stride, int n) {
    float low = 0;
    float high = 0;
    for (int i = 0; i < n; i++) {
      float v = (float) x[at + i * stride];
      low = v < low ? v : low;
      high = v > high ? v : high;
    }
    boolean symmetric = !(grid instanceof Grid.Whole w) || w.symmetric();
    float span = symmetric ? Math.max(-low, high) : high - low;
    float scale = scale(span);
    float zero = symmetric ? 0 : (float) Math.rint(-low / scale);
    for (int i = 0; i < n; i++) {
      int k = at + i * stride;
      float q = (float) x[k];
      q = blocks.scale() == Grid.Scale.NONE ? q : q / scale;
      q =
          switch (grid) {
            case Grid.Floating f -> floating(f, q, k);
            case Grid.Whole w -> {
              float r = Math.copySign((float) whole(Math.min(Math.abs(q), 1 << 22), k), q);
              float max = (float) w.max();
              yield Float.isNaN(q)
                  ? q
                  : symmetric ? Math.clamp(r, -max, max) : Math.clamp(r + zero, 0, max) - zero;
            }
          };
      y[k] = blocks.scale() == Grid.Scale.NONE ? q : q * scale;
    }
  }

  private float scale(float span) {
    float max = (float) grid.max();
    float s = span / max;
    if (blocks.scale() == Grid.Scale.POWER_OF_TWO) {
      if (grid instanceof Grid.Floating) {
        int e = Math.max(Math.getExponent(span), -126) - Math.getExponent(max);
        s = Math.scalb(1f, Math.max(e, -126));
        s = Float.isInfinite(span) ? span : s;
      } else {
        float p = Math.scalb(1f, Math.max(Math.getExponent(s), -126));
        s = Float.isInfinite(s) ? s : p < s ? 2 * p : p;
      }
    }
    return Math.max(s, Float.MIN_NORMAL);
  }

  /** v >= 0 to a whole number. */
  private double whole(double v, int index) {
    if (!draws) {
      return Math.rint(v);
    }
    Philox.block(options.seed(), index / 4, step, stream, options.run(), words);
    double low = Math.floor(v);
    return v - low >= 1 - Philox.uniform(words[index % 4]) ? low + 1 : low;
  }

  private float floating(Grid.Floating f, float x, int index) {
    if (Float.isNaN(x)) {
      return x;
    }
    double a = Math.abs((double) x);
    if (Double.isInfinite(a)) {
      a = 0x1p200;
    }
    // the distance between neighbours: 2^(max(exponent of x, smallest) - mantissa)
    int e = Math.max(a == 0 ? -1000 : Math.getExponent(a), f.minExponent()) - f.mantissa();
    double r = Math.scalb(whole(Math.scalb(a, -e), index), e);
    if (r > f.max()) {
      boolean infinite = f.specials() == Grid.Specials.IEEE;
      r = f.saturate() ? f.max() : infinite ? Double.POSITIVE_INFINITY : Double.NaN;
    }
    return Math.copySign((float) r, x);
  }
}
