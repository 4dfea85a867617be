package reprise.tensor.ir;

/** Words for losses; rows are not reduced unless said. */
public final class Criteria {
  /** A target that does not count where nothing else is said. */
  public static final int IGNORED = -100;

  private Criteria() {}

  /** Cross-entropy rows in nats; 0 where the target is {@link #IGNORED}. */
  public static Value crossEntropy(Value logits, Value targets, double smoothing) {
    return logits
        .function()
        .applyAll(new Criterion.SmoothedCrossEntropy(smoothing, IGNORED), logits, targets)
        .getFirst();
  }

  /** Weighted mean of rows: sum of rows x weights over the sum of weights, all of one shape. */
  public static Value weightedMean(Value rows, Value weights) {
    return rows.mul(weights).sum().div(weights.sum());
  }

  /** Binary cross-entropy of logits with targets in [0, 1]: softplus(x) - x y. */
  public static Value binaryCrossEntropy(Value logits, Value targets) {
    return Pointwises.softplus(logits).sub(logits.mul(targets));
  }

  /** Mean of squared differences over everything. */
  public static Value meanSquared(Value x, Value y) {
    return x.sub(y).square().mean();
  }

  /** Huber 1964: r^2/2 for |r| up to delta, delta (|r| - delta/2) beyond, r = x - y. */
  public static Value huber(Value x, Value y, double delta) {
    Value r = x.sub(y);
    Value c = Pointwises.clamp(r, -delta, delta);
    return c.mul(r.sub(c.scale(0.5)));
  }

  /** KL(softmax(p) || softmax(q)) along the last axis, gradients to both. */
  public static Value klOfLogits(Value p, Value q) {
    int last = p.shape().rank() - 1;
    Value lp = Arrangements.logSoftmax(p, last);
    Value lq = Arrangements.logSoftmax(q, last);
    return lp.exp().mul(lp.sub(lq)).sum(last, last + 1);
  }

  /**
   * InfoNCE rows (van den Oord et al. 2018): cross-entropy of cosine similarities over a
   * temperature, where row i of a [n, d] belongs to row i of b [n, d].
   */
  public static Value infoNce(Value a, Value b, double temperature) {
    Value similarity = unit(a).matmulTransposed(unit(b)).scale(1 / temperature);
    Value own = a.function().apply(new Arrange.Iota(a.shape().dim(0)));
    return similarity.crossEntropy(own);
  }

  /** Rows divided by their Euclidean norm. */
  public static Value unit(Value x) {
    int last = x.shape().rank() - 1;
    Value inverse = Pointwises.rsqrt(x.square().sum(last, last + 1));
    return x.mul(inverse.expand(last, x.shape().dim(last)));
  }
}
