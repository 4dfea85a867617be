package reprise.kernel.sampling;

import java.util.Arrays;
import java.util.SplittableRandom;
import reprise.dsl.sampling.KeptResult;
import reprise.dsl.sampling.KeptTrial;
import reprise.kernel.generation.SamplerRule;
import reprise.kernel.study.Sheet;
import reprise.kernel.study.TrialTrainer;
import reprise.tensor.model.Sampler;

/** Asks the sampler's rules what they keep of distributions with normal logits. */
public final class KeptTrainer extends TrialTrainer<KeptTrial> {
  private static final double DEVIATION = 3;

  /** For the service loader. */
  public KeptTrainer() {
    super(KeptTrial.class);
  }

  @Override
  public void measure(KeptTrial trial, Sheet sheet) {
    SplittableRandom random = new SplittableRandom(trial.seed());
    double[] logits = new double[trial.vocabulary().count()];
    Arrays.setAll(logits, i -> DEVIATION * random.nextGaussian() / trial.temperature());
    double[] p = Kept.descending(logits);
    Sampler sampler = SamplerRule.of(trial.drawing().rule(), 1, 1);
    sheet.read(KeptResult.ENTROPY, Kept.bits(p, Kept.count(sampler, p)));
  }
}
