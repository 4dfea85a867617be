package reprise.kernel.attention;

import java.util.SplittableRandom;
import reprise.dsl.attention.EntropyFloor;
import reprise.dsl.attention.FloorResult;
import reprise.dsl.attention.FloorTrial;
import reprise.kernel.study.Sheet;
import reprise.kernel.study.TrialTrainer;

/** Looks for logits whose entropy is below the bound. */
public final class FloorTrainer extends TrialTrainer<FloorTrial> {
  /** For the service loader. */
  public FloorTrainer() {
    super(FloorTrial.class);
  }

  @Override
  public void measure(FloorTrial trial, Sheet sheet) {
    EntropyFloor floor = new EntropyFloor(trial.positions());
    double bound = floor.at(trial.norm());
    double[] attaining = floor.attaining(trial.norm());
    SplittableRandom random = new SplittableRandom(trial.seed());
    double least = Double.POSITIVE_INFINITY;
    for (int d = 0; d < trial.draws() && !sheet.cancelled(); d++) {
      double[] logits = d % 2 == 0 ? heavy(trial, random) : near(attaining, random);
      least = Math.min(least, EntropyFloor.entropy(scaled(logits, trial.norm())));
    }
    sheet.read(FloorResult.FLOOR, bound);
    sheet.read(FloorResult.ATTAINED, EntropyFloor.entropy(attaining));
    sheet.read(FloorResult.MARGIN, least - bound);
    sheet.read(FloorResult.TAIL, bound / floor.tail(trial.norm()));
  }

  /** Cubes of normals: a few large ones. */
  private static double[] heavy(FloorTrial trial, SplittableRandom random) {
    double[] logits = new double[trial.positions()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = Math.pow(random.nextGaussian(), 3);
    }
    return logits;
  }

  /** Those that attain the bound, each changed by up to a tenth of the largest or much less. */
  private static double[] near(double[] attaining, SplittableRandom random) {
    double[] logits = attaining.clone();
    double by = attaining[0] * Math.pow(10, -1 - 4 * random.nextDouble());
    for (int i = 0; i < logits.length; i++) {
      logits[i] += by * random.nextGaussian();
    }
    return logits;
  }

  /** The same less their mean, at a norm; the mean changes no entropy. */
  private static double[] scaled(double[] logits, double norm) {
    double mean = 0;
    for (double u : logits) {
      mean += u / logits.length;
    }
    double factor = norm / EntropyFloor.norm(logits);
    double[] all = logits.clone();
    for (int i = 0; i < all.length; i++) {
      all[i] = (all[i] - mean) * factor;
    }
    return all;
  }
}
