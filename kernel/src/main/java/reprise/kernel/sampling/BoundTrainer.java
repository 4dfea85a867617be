package reprise.kernel.sampling;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import reprise.dsl.sampling.BoundResult;
import reprise.dsl.sampling.BoundTrial;
import reprise.kernel.study.Sheet;
import reprise.kernel.study.TrialTrainer;
import reprise.tensor.model.Sampler;

/** Compares what top-H keeps with all subsets, and with what the native sampler draws. */
public final class BoundTrainer extends TrialTrainer<BoundTrial> {
  /** Tokens that the native sampler draws from each distribution. */
  private static final int DRAWN = 200;

  // a bound is broken by more than rounding
  private static final double ROUNDING = 1e-9;

  /** For the service loader. */
  public BoundTrainer() {
    super(BoundTrial.class);
  }

  @Override
  public void measure(BoundTrial trial, Sheet sheet) {
    SplittableRandom random = new SplittableRandom(trial.seed());
    int n = trial.alphabet().count();
    Sampler topH = new Sampler.TopH(trial.alpha(), 1);
    float[][] logits = new float[trial.draws()][n];
    int[] kept = new int[trial.draws()];
    int broken = 0;
    int releasedBroken = 0;
    int best = 0;
    double mass = 0;
    double least = 1;
    for (int d = 0; d < trial.draws() && !sheet.cancelled(); d++) {
      double[] p = dirichlet(n, trial.concentration(), random);
      for (int i = 0; i < n; i++) {
        logits[d][i] = (float) Math.log(p[i]);
      }
      p = Kept.descending(IntStream.range(0, n).mapToDouble(at(logits[d])).toArray());
      double bound = trial.alpha() * Kept.bits(p, n);
      kept[d] = Kept.count(topH, p);
      broken += over(p, kept[d], bound);
      releasedBroken += over(p, Kept.releasedCount(p, trial.alpha()), bound);
      double share = Arrays.stream(p, 0, kept[d]).sum() / Kept.bestMass(p, bound);
      mass += share / trial.draws();
      least = Math.min(least, share);
      best += share > 1 - ROUNDING ? 1 : 0;
    }
    sheet.read(BoundResult.BROKEN, broken);
    sheet.read(BoundResult.RELEASED_BROKEN, releasedBroken);
    sheet.read(BoundResult.MASS, mass);
    sheet.read(BoundResult.LEAST_MASS, least);
    sheet.read(BoundResult.BEST, best);
    sheet.read(BoundResult.OUTSIDE, outside(trial, topH, logits, kept, sheet));
  }

  private static java.util.function.IntToDoubleFunction at(float[] values) {
    return i -> values[i];
  }

  private static int over(double[] p, int kept, double bound) {
    // one token has no entropy and is always kept
    return Kept.bits(p, kept) > bound + ROUNDING ? 1 : 0;
  }

  /** Tokens drawn by the native operation that the rule does not keep. */
  private static int outside(
      BoundTrial trial, Sampler topH, float[][] logits, int[] kept, Sheet sheet) {
    int outside = 0;
    int[] each = IntStream.range(0, logits.length).toArray();
    try (SamplerRig rig =
        SamplerRig.open(sheet.backend(), logits, logits.length, DRAWN, trial.seed())) {
      rig.rule(topH).from(each).draw(DRAWN);
      for (int d = 0; d < logits.length; d++) {
        float[] z = logits[d];
        for (int token : rig.tokens(d)) {
          long higher = IntStream.range(0, z.length).filter(i -> z[i] > z[token]).count();
          outside += higher >= kept[d] ? 1 : 0;
        }
      }
    }
    return outside;
  }

  /** Gamma variables of that shape, normalised. */
  private static double[] dirichlet(int n, double concentration, SplittableRandom random) {
    double[] g = new double[n];
    double sum = 0;
    for (int i = 0; i < n; i++) {
      g[i] = Math.max(gamma(concentration, random), 1e-300);
      sum += g[i];
    }
    for (int i = 0; i < n; i++) {
      g[i] /= sum;
    }
    return g;
  }

  /** Marsaglia and Tsang 2000; shapes below 1 by {@code G(a + 1) U^(1/a)}. */
  private static double gamma(double shape, SplittableRandom random) {
    if (shape < 1) {
      return gamma(shape + 1, random) * Math.pow(random.nextDouble(), 1 / shape);
    }
    double d = shape - 1 / 3.0;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = random.nextGaussian();
      double v = Math.pow(1 + c * x, 3);
      if (v > 0 && Math.log(random.nextDouble()) < x * x / 2 + d - d * v + d * Math.log(v)) {
        return d * v;
      }
    }
  }
}
