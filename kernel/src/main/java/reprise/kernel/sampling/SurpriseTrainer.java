package reprise.kernel.sampling;

import java.util.SplittableRandom;
import reprise.dsl.generation.Decoding;
import reprise.dsl.sampling.SurpriseResult;
import reprise.dsl.sampling.SurpriseTrial;
import reprise.kernel.generation.SamplerRule;
import reprise.kernel.study.Sheet;
import reprise.kernel.study.TrialTrainer;
import reprise.tensor.model.Sampler;

/** Lets the sampler that ships draw texts from distributions of Zipf's law. */
public final class SurpriseTrainer extends TrialTrainer<SurpriseTrial> {
  private static final double STEEPER = 0.02;

  /** For the service loader. */
  public SurpriseTrainer() {
    super(SurpriseTrial.class);
  }

  @Override
  public void measure(SurpriseTrial trial, Sheet sheet) {
    float[][] logits = zipf(trial.vocabulary().count());
    SplittableRandom random = new SplittableRandom(trial.seed());
    double sum = 0;
    int drawn = 0;
    try (SamplerRig rig =
        SamplerRig.open(sheet.backend(), logits, 1, trial.length(), trial.seed())) {
      rig.rule(sampler(trial));
      double target = trial.drawing().rule() instanceof Decoding.Mirostat m ? m.bits() : 0;
      double mu = 2 * target;
      while (drawn < trial.length() && !sheet.cancelled()) {
        int which = random.nextInt(logits.length);
        if (trial.drawing().estimating()) {
          double s = ZipfEstimate.exponent(logits[which]);
          int k = ZipfEstimate.count(s, mu, trial.vocabulary().count());
          rig.rule(new Sampler.TopK(k, 1));
        }
        rig.from(which).draw(1);
        double surprise = rig.lastSurprises()[0];
        mu -= trial.rate() * (surprise - target);
        sum += surprise;
        drawn++;
      }
    }
    sheet.read(SurpriseResult.SURPRISE, sum / Math.max(1, drawn));
  }

  /** Logits {@code -s ln i}, s = 1.0, 1.02, ..., 1.5. */
  private static float[][] zipf(int vocabulary) {
    float[][] logits = new float[SurpriseTrial.EXPONENTS][vocabulary];
    for (int e = 0; e < logits.length; e++) {
      for (int i = 0; i < vocabulary; i++) {
        logits[e][i] = (float) (-(1 + STEEPER * e) * Math.log(i + 1.0));
      }
    }
    return logits;
  }

  private static Sampler sampler(SurpriseTrial trial) {
    return SamplerRule.of(trial.drawing().rule(), 1, trial.rate());
  }
}
