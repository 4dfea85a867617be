package reprise.tensor.ir;

import java.util.ArrayList;
import java.util.List;
import reprise.tensor.ir.Layout.Fold;

/**
 * Gradient operations in elementary nodes with the same results: what is differentiated where an
 * operation has no derivative rule of its own. The nodes take the saved statistics as operands, as
 * the operation does, so that the chain rule over all operands is exact.
 */
final class Decomposition {
  /** Added to scores that must not be seen: e^-1e9 is 0 in every format. */
  private static final double HIDDEN = -1e9;

  private Decomposition() {}

  /**
   * The results of an operation from elementary nodes.
   *
   * @throws UnsupportedOperationException naming the operation where there is no derivative
   */
  static List<Value> of(FunctionBuilder f, Instruction i, List<Value> in) {
    return switch (i.op()) {
      case Normalise.LayerNormGrad g -> layerNormGrad(g, in);
      case Normalise.RmsNormGrad _ -> rmsNormGrad(in);
      case Attend.CausalAttentionGrad a -> attentionGrad(f, a.heads(), in);
      default ->
          throw new UnsupportedOperationException("no derivative of " + ProgramText.print(i));
    };
  }

  /** A statistic of each row, repeated along the row. */
  static Value wide(Value rows, Value like) {
    return rows.expand(rows.shape().rank(), like.shape().dim(-1));
  }

  /** Sum along each row. */
  static Value rowSum(Value x) {
    int last = x.shape().rank() - 1;
    return x.sum(last, last + 1);
  }

  /** Mean along each row. */
  static Value rowMean(Value x) {
    int last = x.shape().rank() - 1;
    return x.function().apply(new Layout.Reduce(Fold.MEAN, last, last + 1), x);
  }

  /** rstd (g - mean(g) - xhat mean(g xhat)): the symmetric Jacobian of xhat on g. */
  static Value centred(Value xhat, Value rstd, Value g) {
    Value inner = xhat.mul(wide(rowMean(g.mul(xhat)), xhat));
    return g.sub(wide(rowMean(g), xhat)).sub(inner).mul(wide(rstd, xhat));
  }

  /** rstd (g - xhat mean(g xhat)). */
  static Value scaled(Value xhat, Value rstd, Value g) {
    return g.sub(xhat.mul(wide(rowMean(g.mul(xhat)), xhat))).mul(wide(rstd, xhat));
  }

  private static List<Value> layerNormGrad(Normalise.LayerNormGrad op, List<Value> in) {
    Value x = in.get(0);
    Value dy = in.get(4);
    Value rstd = in.get(3);
    Value xhat = x.sub(wide(in.get(2), x)).mul(wide(rstd, x));
    int rows = x.shape().rank() - 1;
    List<Value> out = new ArrayList<>();
    out.add(centred(xhat, rstd, dy.mul(in.get(1))));
    out.add(dy.mul(xhat).sum(0, rows));
    if (op.bias()) {
      out.add(dy.sum(0, rows));
    }
    return out;
  }

  private static List<Value> rmsNormGrad(List<Value> in) {
    Value x = in.get(0);
    Value dy = in.get(3);
    Value rstd = in.get(2);
    Value xhat = x.mul(wide(rstd, x));
    int rows = x.shape().rank() - 1;
    return List.of(scaled(xhat, rstd, dy.mul(in.get(1))), dy.mul(xhat).sum(0, rows));
  }

  /** One third of packed [B, T, 3d] as [B, heads, T, d/heads]. */
  static Value part(Value packed, int part, int heads) {
    int d = packed.shape().dim(2) / 3;
    return split(packed.slice(2, part * d, d), heads);
  }

  /** [B, T, d] as [B, heads, T, d/heads]. */
  static Value split(Value x, int heads) {
    int batch = x.shape().dim(0);
    int time = x.shape().dim(1);
    return x.reshape(batch, time, heads, x.shape().dim(2) / heads).permute(0, 2, 1, 3);
  }

  /** The inverse of {@link #split}. */
  static Value join(Value x) {
    int batch = x.shape().dim(0);
    int time = x.shape().dim(2);
    return x.permute(0, 2, 1, 3).reshape(batch, time, x.shape().dim(1) * x.shape().dim(3));
  }

  /** The inverse of three times {@link #part}. */
  static Value pack(Value q, Value k, Value v) {
    int d = q.shape().dim(1) * q.shape().dim(3);
    return pad(join(q), 0, 2 * d).add(pad(join(k), d, d)).add(pad(join(v), 2 * d, 0));
  }

  private static Value pad(Value x, int before, int after) {
    return x.function().apply(new Layout.Pad(2, before, after), x);
  }

  static double scale(Value packed, int heads) {
    return 1 / Math.sqrt(packed.shape().dim(2) / 3.0 / heads);
  }

  /** Attention weights exp(q k'/sqrt(w) - lse) [B, heads, T, T], zero after each position. */
  static Value weights(FunctionBuilder f, Value qkv, Value lse, int heads) {
    Value q = part(qkv, 0, heads);
    Value k = part(qkv, 1, heads);
    Value s = q.matmul(k, false, true).scale(scale(qkv, heads));
    int time = qkv.shape().dim(1);
    Value hidden = triangle(f, time).affine(-HIDDEN, HIDDEN);
    return s.add(hidden).sub(wide(lse, s)).exp();
  }

  /**
   * [T, T] with 1 on and below the diagonal. A row b of period P = 2T, laid out again and again and
   * cut into rows of P - 1, moves by one place each row: entry (t, c) is b[(c - t) mod P].
   */
  static Value triangle(FunctionBuilder f, int time) {
    int period = 2 * time;
    Value start = f.apply(new Layout.Pad(0, 0, period - 1), f.fill(1, TensorType.f32(1)));
    Value row = start;
    if (time > 1) {
      Value end = f.apply(new Layout.Pad(0, time + 1, 0), f.fill(1, TensorType.f32(time - 1)));
      row = start.add(end);
    }
    Value flat = row.expand(0, time).reshape(time * period);
    return flat.slice(0, 0, time * (period - 1)).reshape(time, period - 1).slice(1, 0, time);
  }

  /** ds = p (dy v' - y.dy)/sqrt(w); dq = ds k, dk = ds' q, dv = p' dy. */
  private static List<Value> attentionGrad(FunctionBuilder f, int heads, List<Value> in) {
    Value qkv = in.get(0);
    Value dy = split(in.get(3), heads);
    Value p = weights(f, qkv, in.get(2), heads);
    Value inner = rowSum(split(in.get(1), heads).mul(dy));
    Value dp = dy.matmul(part(qkv, 2, heads), false, true);
    Value ds = p.mul(dp.sub(wide(inner, dp))).scale(scale(qkv, heads));
    Value dq = ds.matmul(part(qkv, 1, heads));
    Value dk = ds.matmul(part(qkv, 0, heads), true, false);
    return List.of(pack(dq, dk, p.matmul(dy, true, false)));
  }
}
