package reprise.dsl.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import reprise.dsl.Experiment;
import reprise.dsl.data.Corpus;
import reprise.dsl.data.PointsSource;
import reprise.dsl.law.Bootstrap;
import reprise.dsl.law.Law;
import reprise.dsl.law.Objective;
import reprise.dsl.model.Decoder;
import reprise.dsl.model.DecoderFamily;
import reprise.dsl.plan.AnalysisTask;
import reprise.dsl.plan.Optimisation;
import reprise.dsl.plan.Patience;
import reprise.dsl.plan.Plan;
import reprise.dsl.plan.TrainTask;
import reprise.dsl.result.Outcome;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Counting;
import reprise.dsl.unit.Flops;
import reprise.dsl.unit.Tokens;

/**
 * A scaling-law experiment, ready to run. Options are set again by naming them again.
 *
 * @param law the form fitted to (N, D, loss)
 * @param family models, one a width
 * @param corpus what they are trained on
 * @param design how long each is trained
 * @param seeds runs of every cell; 1 unless set
 * @param optimisation 256 tokens a step at peak rate .006 on text, 512 at .012 on a Markov source,
 *     unless set
 * @param objective Huber with delta 1e-3 on log loss unless set
 * @param bootstrap resamples for the intervals; 1000 unless set
 * @param patience when a run is given up; every run goes on to its last step unless set
 */
public record ScalingLaw(
    Law law,
    DecoderFamily family,
    Corpus corpus,
    Design design,
    int seeds,
    Optimisation optimisation,
    Objective objective,
    int bootstrap,
    Optional<Patience> patience)
    implements Experiment<ScalingLawResult> {
  /** Ids of the two analyses in plan and outcome. */
  static final String FIT = "law";

  static final String VALLEYS = "valleys";

  private static final long BOOTSTRAP_SEED = 42;

  public ScalingLaw {
    Checks.present("law", law);
    Checks.present("models", family);
    Checks.present("corpus", corpus);
    Checks.present("design", design);
    Checks.positive("seeds", seeds, "runs of a cell");
    Checks.present("optimisation", optimisation);
    Checks.present("objective", objective);
    Checks.positive("bootstrap", bootstrap, "resamples");
    Checks.present("patience", patience);
  }

  static ScalingLaw of(Law law, DecoderFamily family, Corpus corpus, Design design) {
    Optimisation settings =
        corpus instanceof Corpus.Markov
            ? new Optimisation(512, 0.012)
            : new Optimisation(256, 0.006);
    return new ScalingLaw(
        law, family, corpus, design, 1, settings, Objective.huber(1e-3), 1000, Optional.empty());
  }

  /** Runs of every cell, with seeds 1 to n. */
  public ScalingLaw seeds(int n) {
    return new ScalingLaw(
        law, family, corpus, design, n, optimisation, objective, bootstrap, patience);
  }

  /** Tokens of an optimiser step, a multiple of the context. */
  public ScalingLaw tokensPerStep(Tokens tokens) {
    Optimisation settings =
        new Optimisation(
            Math.toIntExact(tokens.count()),
            optimisation.referenceRate(),
            optimisation.beta1(),
            optimisation.beta2(),
            optimisation.clip(),
            optimisation.warmup());
    return new ScalingLaw(
        law, family, corpus, design, seeds, settings, objective, bootstrap, patience);
  }

  /** Peak learning rate of a model of width 32; others use {@code lr0 sqrt(32 / d)}. */
  public ScalingLaw learningRate(double lr0) {
    Optimisation settings =
        new Optimisation(
            optimisation.tokensPerStep(),
            lr0,
            optimisation.beta1(),
            optimisation.beta2(),
            optimisation.clip(),
            optimisation.warmup());
    return new ScalingLaw(
        law, family, corpus, design, seeds, settings, objective, bootstrap, patience);
  }

  /** What the fit minimises. */
  public ScalingLaw objective(Objective minimised) {
    return new ScalingLaw(
        law, family, corpus, design, seeds, optimisation, minimised, bootstrap, patience);
  }

  /** Resamples behind every interval. */
  public ScalingLaw bootstrap(int resamples) {
    return new ScalingLaw(
        law, family, corpus, design, seeds, optimisation, objective, resamples, patience);
  }

  /**
   * Gives runs up whose training loss no longer falls: {@code stoppingEarly(patience(3))}. They are
   * rows with their reason and no points of the law.
   */
  public ScalingLaw stoppingEarly(Patience rule) {
    return new ScalingLaw(
        law, family, corpus, design, seeds, optimisation, objective, bootstrap, Optional.of(rule));
  }

  @Override
  public Plan plan() {
    List<TrainTask> runs = new ArrayList<>();
    for (Decoder model : family.members(corpus.vocabulary())) {
      switch (design) {
        case Design.IsoFlop iso ->
            iso.budgets().forEach(budget -> cell(runs, model, tokens(model, budget), budget));
        case Design.Grid grid -> grid.tokens().forEach(d -> cell(runs, model, whole(d), null));
      }
    }
    List<AnalysisTask> analyses = new ArrayList<>();
    PointsSource points = new PointsSource.Runs();
    if (design instanceof Design.IsoFlop iso) {
      analyses.add(
          new AnalysisTask.FindValleys(VALLEYS, iso.budgets(), points, bootstrap, BOOTSTRAP_SEED));
    }
    // Fewer cells than constants leave nothing to fit; the valleys may still be there.
    if (Plan.cells(runs) > law.constants().size()) {
      analyses.add(
          new AnalysisTask.FitLaw(
              FIT, law, objective, points, new Bootstrap(bootstrap, BOOTSTRAP_SEED)));
    }
    String title = law.formula() + " on " + corpus.label() + ", " + family + ", " + design.label();
    return new Plan(title, runs, analyses);
  }

  @Override
  public ScalingLawResult result(Outcome outcome) {
    return new ScalingLawResult(this, outcome);
  }

  private void cell(List<TrainTask> runs, Decoder model, Tokens tokens, Flops budget) {
    for (int seed = 1; seed <= seeds; seed++) {
      String id =
          "d"
              + model.width()
              + "-"
              + (budget == null ? "D" + tokens.count() : "C" + label(budget))
              + "-s"
              + seed;
      runs.add(
          new TrainTask(
              id,
              model,
              corpus,
              tokens,
              optimisation,
              seed,
              Optional.ofNullable(budget),
              patience));
    }
  }

  private static String label(Flops budget) {
    return budget.toString().replace(" FLOP", "");
  }

  // D = C / (6 N), rounded to whole steps
  private Tokens tokens(Decoder model, Flops budget) {
    return whole(
        new Tokens(
            Math.max(1, Math.round(budget.count() / (6 * model.params(Counting.MATRIX).count())))));
  }

  private Tokens whole(Tokens tokens) {
    long step = optimisation.tokensPerStep();
    return new Tokens(Math.max(1, Math.round((double) tokens.count() / step)) * step);
  }
}
