package reprise.kernel.head;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import reprise.dsl.head.Filter;
import reprise.dsl.head.FilterResult;
import reprise.dsl.head.FilterTrial;
import reprise.dsl.head.Phase;
import reprise.kernel.run.StepCost;
import reprise.kernel.study.Sheet;
import reprise.kernel.study.TrialTrainer;
import reprise.tensor.RunReport;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.ir.Cut;

/** Trains a bigram model under a filter of its head's gradient. */
public final class FilterTrainer extends TrialTrainer<FilterTrial> {
  private static final double START = 0.1;
  private static final int AT_ONCE = 25;

  /** For the service loader. */
  public FilterTrainer() {
    super(FilterTrial.class);
  }

  /** The backend trains, not loops in Java. */
  @Override
  public double seconds(FilterTrial trial, StepCost cost) {
    return cost.seconds(trial.updates(), trial.flops().count());
  }

  @Override
  public void measure(FilterTrial trial, Sheet sheet) {
    SplittableRandom random = new SplittableRandom(trial.seed());
    SplittableRandom weights = random.split();
    Successors source = Successors.drawn(trial.model().vocabulary().count(), random);
    FilteredHead model = new FilteredHead(trial);
    try (Session session =
        sheet.backend().open(model.program(), SessionOptions.seed(trial.seed()))) {
      int size = trial.model().vocabulary().count() * trial.model().width().count();
      session.write("embedding", normal(size, weights));
      session.write("head", normal(size, weights));
      write(session, source, random);
      boolean scratch = trial.phase() == Phase.SCRATCH;
      int done = 0;
      for (int stage : scratch ? FilterResult.stages(trial.first()) : List.of(trial.first())) {
        train(session, scratch ? trial.filter() : Filter.NONE, done, stage, sheet);
        done = stage;
        if (scratch) {
          look(session, done, sheet);
        }
      }
      if (!scratch) {
        write(session, source.changed(random), random);
        train(session, trial.filter(), done, trial.updates(), sheet);
        look(session, trial.updates(), sheet);
      }
    }
  }

  private static void write(Session session, Successors source, SplittableRandom random) {
    session.write("tokens", source.tokens(FilterTrial.DRAWN, random));
    int[] heldOut = source.tokens(FilterTrial.HELD_OUT + 1, random);
    session.write("inputs", Arrays.copyOfRange(heldOut, 0, FilterTrial.HELD_OUT));
    session.write("targets", Arrays.copyOfRange(heldOut, 1, FilterTrial.HELD_OUT + 1));
  }

  private static float[] normal(int size, SplittableRandom random) {
    float[] w = new float[size];
    for (int i = 0; i < size; i++) {
      w[i] = (float) (START * random.nextGaussian());
    }
    return w;
  }

  private static void train(Session session, Filter filter, int from, int to, Sheet sheet) {
    for (int done = from; done < to && !sheet.cancelled(); ) {
      int steps = Math.min(AT_ONCE, to - done);
      float[] losses = session.run(FilteredHead.step(filter), steps).orThrow().series("loss");
      done += steps;
      sheet.point(done, mean(losses));
    }
  }

  private static double mean(float[] losses) {
    double sum = 0;
    for (float loss : losses) {
      sum += loss;
    }
    return sum / losses.length;
  }

  private static void look(Session session, int updates, Sheet sheet) {
    if (sheet.cancelled()) {
      return;
    }
    String at = FilterResult.after(updates);
    RunReport seen = session.run("look", 1).orThrow();
    sheet.read(FilterResult.LOSS, at, seen.last("loss"));
    sheet.read(FilterResult.SKIPPED, at, 1 - seen.last("count"));
    sheet.read(FilterResult.SKIPPED_SORTED, at, 1 - seen.last("sorted"));
    double lost = Math.sqrt(seen.last("lost") / seen.last("whole"));
    sheet.read(FilterResult.GRADIENT_ERROR, at, lost);
    session.run("softmax", 1).orThrow();
    float[] p = session.output("softmax", "p");
    long large = 0;
    for (float one : p) {
      large += one >= Cut.THRESHOLD ? 1 : 0;
    }
    sheet.read(FilterResult.LARGE, at, (double) large / p.length);
  }
}
