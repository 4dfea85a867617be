package reprise.kernel.ranking;

import static reprise.dsl.ranking.RankingMeasures.AP;
import static reprise.dsl.ranking.RankingMeasures.AP_GAINS;
import static reprise.dsl.ranking.RankingMeasures.AP_GAP;
import static reprise.dsl.ranking.RankingMeasures.AT_RANDOM;
import static reprise.dsl.ranking.RankingMeasures.AUROC;
import static reprise.dsl.ranking.RankingMeasures.AUROC_GAINS;
import static reprise.dsl.ranking.RankingMeasures.AUROC_GAP;
import static reprise.dsl.ranking.RankingMeasures.BY_AP;
import static reprise.dsl.ranking.RankingMeasures.HIGH_GAIN;
import static reprise.dsl.ranking.RankingMeasures.LOW_GAIN;
import static reprise.dsl.ranking.RankingMeasures.RANK_CORRELATION;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;
import reprise.dsl.ranking.RankingTask;
import reprise.dsl.ranking.Subgroups;
import reprise.dsl.result.LossCurve;
import reprise.dsl.result.Measure;
import reprise.dsl.result.Ranks;
import reprise.dsl.result.Reading;
import reprise.dsl.result.Readings;
import reprise.dsl.result.RunOutcome;
import reprise.kernel.data.Sha256;
import reprise.kernel.run.RunContext;
import reprise.kernel.run.StepCost;
import reprise.kernel.run.Trainer;
import reprise.tensor.ir.Program;

/** Carries out studies of rankings, in plain Java: there is no model to train. */
public final class RankingTrainer implements Trainer<RankingTask> {
  /** Measured: one mended mistake of 2,000 examples takes about 3 microseconds. */
  private static final double SECONDS_AN_EXAMPLE = 2e-9;

  @Override
  public Class<RankingTask> kind() {
    return RankingTask.class;
  }

  @Override
  public Optional<Program> program(RankingTask task) {
    return Optional.empty();
  }

  @Override
  public double seconds(RankingTask task, StepCost cost) {
    return SECONDS_AN_EXAMPLE * task.steps() * task.examples();
  }

  @Override
  public void train(List<RankingTask> bundle, RunContext context) {
    for (RankingTask task : bundle) {
      if (!context.cancelled()) {
        context.ended(study(task, context));
      }
    }
  }

  private static RunOutcome study(RankingTask task, RunContext context) {
    long start = System.nanoTime();
    List<Reading> readings = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(task.seed());
    Ranking whole = draw(task, random);
    if (whole.positives() == 0 || whole.mistakes().length == 0) {
      return new RunOutcome.Failed(
          task,
          "seed "
              + task.seed()
              + " drew "
              + whole.positives()
              + " positives and "
              + whole.mistakes().length
              + " mistakes; there must be one of each: use more examples");
    }
    identities(whole, readings);
    gains(whole, readings);
    Ranking halves = drawHalves(task, random);
    mend(halves.copy(), task, BY_AP, Ranking::bestMistake, readings, context);
    SplittableRandom choice = random.split();
    mend(halves, task, AT_RANDOM, r -> any(r, choice), readings, context);
    double seconds = (System.nanoTime() - start) / 1e9;
    return new RunOutcome.Finished<>(
        task,
        1 - whole.auroc(),
        new LossCurve(new int[0], new double[0]),
        Readings.of(readings),
        seconds,
        Sha256.hex(readings.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }

  private static void identities(Ranking ranking, List<Reading> readings) {
    double auroc = ranking.auroc();
    double precision = ranking.averagePrecision();
    read(readings, AUROC, auroc);
    read(readings, AP, precision);
    read(readings, AUROC_GAP, Math.abs(auroc - ranking.aurocByFalsePositives()));
    read(readings, AP_GAP, Math.abs(precision - ranking.precisionByFalsePositives()));
  }

  // each mistake mended alone, and the metrics taken again: nothing here trusts the formulas
  private static void gains(Ranking ranking, List<Reading> readings) {
    int[] mistakes = ranking.mistakes();
    double[] auroc = new double[mistakes.length];
    double[] precision = new double[mistakes.length];
    for (int m = 0; m < mistakes.length; m++) {
      Ranking mended = ranking.copy();
      mended.mend(mistakes[m]);
      auroc[m] = mended.auroc() - ranking.auroc();
      precision[m] = mended.averagePrecision() - ranking.averagePrecision();
    }
    read(readings, AUROC_GAINS, ratio(auroc));
    read(readings, AP_GAINS, ratio(precision));
    double[] places = Arrays.stream(mistakes).asDoubleStream().toArray();
    read(readings, RANK_CORRELATION, Ranks.correlation(places, precision));
  }

  private static double ratio(double[] gains) {
    var all = Arrays.stream(gains).summaryStatistics();
    return all.getMax() / all.getMin();
  }

  private static void mend(
      Ranking ranking,
      RankingTask task,
      String how,
      ToIntFunction<Ranking> choose,
      List<Reading> readings,
      RunContext context) {
    double high = ranking.auroc(0);
    double low = ranking.auroc(1);
    for (int fix = 0; fix < task.fixes() && !context.cancelled(); fix++) {
      int mistake = choose.applyAsInt(ranking);
      if (mistake == 0) {
        break; // nothing is left to mend
      }
      ranking.mend(mistake);
    }
    context.progress(task, task.steps() / 2, Double.NaN);
    readings.add(new Reading(HIGH_GAIN, how, ranking.auroc(0) - high));
    readings.add(new Reading(LOW_GAIN, how, ranking.auroc(1) - low));
  }

  private static int any(Ranking ranking, SplittableRandom random) {
    int[] mistakes = ranking.mistakes();
    return mistakes.length == 0 ? 0 : mistakes[random.nextInt(mistakes.length)];
  }

  private static Ranking draw(RankingTask task, SplittableRandom random) {
    int n = task.examples();
    double[] scores = new double[n];
    boolean[] positive = new boolean[n];
    for (int i = 0; i < n; i++) {
      positive[i] = random.nextDouble() < task.prevalence();
      scores[i] = (positive[i] ? task.separation() : 0) + random.nextGaussian();
    }
    return Ranking.of(scores, positive, new int[n]);
  }

  private static Ranking drawHalves(RankingTask task, SplittableRandom random) {
    Subgroups subgroups = task.subgroups();
    int n = task.examples();
    double[] scores = new double[n];
    boolean[] positive = new boolean[n];
    int[] group = new int[n];
    for (int i = 0; i < n; i++) {
      group[i] = 2 * i < n ? 0 : 1;
      positive[i] = random.nextDouble() < (group[i] == 0 ? subgroups.high() : subgroups.low());
      scores[i] =
          (positive[i] ? task.separation() : 0)
              + (group[i] == 0 ? subgroups.shift() : 0)
              + random.nextGaussian();
    }
    return Ranking.of(scores, positive, group);
  }

  private static void read(List<Reading> readings, Measure measure, double value) {
    readings.add(new Reading(measure, "", value));
  }
}
