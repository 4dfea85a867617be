package reprise.dsl.translation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import reprise.dsl.Experiment;
import reprise.dsl.data.PointsSource;
import reprise.dsl.law.Bootstrap;
import reprise.dsl.law.Laws;
import reprise.dsl.law.Translation;
import reprise.dsl.plan.AnalysisTask;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.Outcome;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Width;

/**
 * Encoders and decoders of several depths, ready to run, and two laws of their losses: of N_e and
 * N_d, and of their sum. Options are set again by naming them again.
 *
 * @param grammar what is translated
 * @param width of both sides
 * @param depths blocks of encoders and of decoders
 * @param pairs that each model sees
 * @param seeds runs of every cell; 1 unless set
 * @param batch pairs in a step; 32 unless set
 * @param learningRate peak rate of a model of width 32, others use {@code lr0 sqrt(32/d)}; .004
 *     unless set
 */
public record TranslationScaling(
    Grammar grammar,
    Width width,
    List<Integer> depths,
    int pairs,
    int seeds,
    int batch,
    double learningRate)
    implements Experiment<TranslationResult> {
  /** Ids of the analyses in plan and outcome. */
  static final String LAW = "law";

  static final String FORMS = "forms";

  public TranslationScaling {
    Checks.present("grammar", grammar);
    Checks.present("width", width);
    depths = List.copyOf(depths);
    Checks.positive("pairs", pairs, "sentence pairs");
    Checks.positive("seeds", seeds, "runs of a cell");
    Checks.positive("batch", batch, "pairs");
    Checks.positive("learning rate", learningRate, "step size");
  }

  static TranslationScaling of(Grammar grammar, Width width, List<Integer> depths, int pairs) {
    return new TranslationScaling(grammar, width, depths, pairs, 1, 32, 0.004);
  }

  /** Runs of every cell, with seeds 1 to n: initialisation and sentences. */
  public TranslationScaling seeds(int n) {
    return new TranslationScaling(grammar, width, depths, pairs, n, batch, learningRate);
  }

  /** Pairs in a step. */
  public TranslationScaling batch(int number) {
    return new TranslationScaling(grammar, width, depths, pairs, seeds, number, learningRate);
  }

  /** Peak learning rate of a model of width 32; others use {@code lr0 sqrt(32 / d)}. */
  public TranslationScaling learningRate(double lr0) {
    return new TranslationScaling(grammar, width, depths, pairs, seeds, batch, lr0);
  }

  /** The law of N_e and N_d, in units of the smallest encoder and decoder. */
  Translation law() {
    TranslationTask least = task(depths.getFirst(), depths.getFirst(), 1);
    return new Translation(least.encoderParams().count(), least.decoderParams().count());
  }

  @Override
  public Plan plan() {
    List<TranslationTask> runs = new ArrayList<>();
    for (int seed = 1; seed <= seeds; seed++) {
      for (int encoder : depths) {
        for (int decoder : depths) {
          runs.add(task(encoder, decoder, seed));
        }
      }
    }
    List<AnalysisTask> analyses = new ArrayList<>();
    int cells = depths.size() * depths.size();
    // a fold leaves out one cell; what is left must be more than the four constants
    if (cells > law().constants().size() + 1) {
      PointsSource own = new PointsSource.Runs();
      analyses.add(new AnalysisTask.FitLaw(LAW, law(), law().objective(), own, Bootstrap.DEFAULT));
      analyses.add(
          new AnalysisTask.CompareForms(
              FORMS,
              List.of(law(), Laws.POWER_LAW_PLUS_CONSTANT),
              law().objective(),
              own,
              Optional.empty(),
              cells,
              1));
    }
    return new Plan(
        "translation of "
            + grammar.label()
            + ", "
            + width
            + ", "
            + depths
            + " blocks of encoder and of decoder",
        runs,
        analyses);
  }

  private TranslationTask task(int encoder, int decoder, int seed) {
    int d = width.count();
    return new TranslationTask(
        "d" + d + "-e" + encoder + "-d" + decoder + "-s" + seed,
        grammar,
        d,
        Math.max(1, d / 16),
        encoder,
        decoder,
        Math.max(batch, pairs / batch * batch),
        batch,
        learningRate * Math.sqrt(32.0 / d),
        seed);
  }

  @Override
  public TranslationResult result(Outcome outcome) {
    return new TranslationResult(this, outcome);
  }
}
