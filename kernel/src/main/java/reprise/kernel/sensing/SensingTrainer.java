package reprise.kernel.sensing;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.RunFailure;
import reprise.dsl.sensing.SensingResult;
import reprise.dsl.sensing.SensingTrial;
import reprise.kernel.study.Sheet;
import reprise.kernel.study.TrialTrainer;

/** Carries out descents and reads their rates. */
public final class SensingTrainer extends TrialTrainer<SensingTrial> {
  /** Points of the curve in each doubling of the step. */
  private static final int PER_DOUBLING = 8;

  // the loss of a converged descent is rounding from here on
  private static final double FLOOR = 1e-20;
  private static final double CEILING = 1e-4;

  /** For the service loader. */
  public SensingTrainer() {
    super(SensingTrial.class);
  }

  @Override
  public void measure(SensingTrial trial, Sheet sheet) {
    Descent descent = new Descent(trial);
    int end = trial.iterations();
    List<Integer> steps = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    int middle = end / 2;
    double half = Double.NaN;
    int next = 1;
    for (int step = 1; step <= end && !sheet.cancelled(); step++) {
      descent.step();
      if (step == middle) {
        half = descent.loss();
      }
      if (step == next || step == end) {
        double loss = descent.loss();
        if (!Double.isFinite(loss)) {
          throw new RunFailure(
              "the descent from alpha "
                  + trial.scale()
                  + " diverged before step "
                  + step
                  + "; take a smaller scale");
        }
        steps.add(step);
        losses.add(loss);
        sheet.point(step, loss);
        next = (int) Math.max(step + 1, Math.round(step * Math.pow(2, 1.0 / PER_DOUBLING)));
      }
    }
    double last = losses.getLast();
    sheet.read(SensingResult.LOSS, last);
    sheet.read(SensingResult.SLOPE, Math.log(last / half) / Math.log((double) end / middle));
    sheet.read(SensingResult.RATE, rate(steps, losses));
  }

  /** Least squares of -ln loss on the step, where the loss lies between rounding and the start. */
  private static double rate(List<Integer> steps, List<Double> losses) {
    double n = 0;
    double x = 0;
    double y = 0;
    double xx = 0;
    double xy = 0;
    for (int i = 0; i < steps.size(); i++) {
      double loss = losses.get(i);
      if (loss < CEILING && loss > FLOOR) {
        double log = -Math.log(loss);
        n++;
        x += steps.get(i);
        y += log;
        xx += (double) steps.get(i) * steps.get(i);
        xy += steps.get(i) * log;
      }
    }
    return n < 2 ? Double.NaN : (n * xy - x * y) / (n * xx - x * x);
  }
}
