package reprise.kernel.walsh;

import java.util.Map;
import java.util.SplittableRandom;
import reprise.dsl.walsh.WalshResult;
import reprise.dsl.walsh.WalshTrial;
import reprise.kernel.study.Sheet;
import reprise.kernel.study.TrialTrainer;

/** Recovers a signal's transform from few samples and compares it with what was planted. */
public final class WalshTrainer extends TrialTrainer<WalshTrial> {
  /** For the service loader. */
  public WalshTrainer() {
    super(WalshTrial.class);
  }

  @Override
  public void measure(WalshTrial trial, Sheet sheet) {
    SplittableRandom random = new SplittableRandom(trial.seed());
    Signal signal = new Signal(trial, random);
    Peeling peeling = new Peeling(trial, signal, random);
    Map<Integer, Double> found = peeling.recover();
    sheet.read(WalshResult.RECOVERED, found.equals(signal.planted()) ? 1 : 0);
    sheet.read(WalshResult.SHARE, (double) signal.samplesRead() / (1 << trial.bits()));
    sheet.read(WalshResult.WORK, peeling.additions());
    if (trial.seed() <= WalshResult.CHECKED) {
      sheet.read(WalshResult.FULL_GAP, gap(trial, signal));
    }
  }

  /** What was planted against the transform of all samples, without noise. */
  private static double gap(WalshTrial trial, Signal signal) {
    double[] x = new double[1 << trial.bits()];
    for (int m = 0; m < x.length; m++) {
      x[m] = signal.clean(m);
    }
    Signal.transform(x);
    double gap = 0;
    Map<Integer, Double> planted = signal.planted();
    for (int k = 0; k < x.length; k++) {
      gap = Math.max(gap, Math.abs(x[k] - planted.getOrDefault(k, 0.0)));
    }
    return gap;
  }
}
