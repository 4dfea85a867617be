package reprise.dsl.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import reprise.dsl.Experiment;
import reprise.dsl.data.Corpus;
import reprise.dsl.data.PointsSource;
import reprise.dsl.law.Bootstrap;
import reprise.dsl.law.Chinchilla;
import reprise.dsl.law.HeldOut;
import reprise.dsl.law.Input;
import reprise.dsl.law.Kaplan;
import reprise.dsl.law.Objective;
import reprise.dsl.law.PowerLawPlusConstant;
import reprise.dsl.model.Decoder;
import reprise.dsl.model.DecoderFamily;
import reprise.dsl.plan.AnalysisTask;
import reprise.dsl.plan.Optimisation;
import reprise.dsl.plan.Plan;
import reprise.dsl.plan.TrainTask;
import reprise.dsl.result.Outcome;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Counting;
import reprise.dsl.unit.Flops;
import reprise.dsl.unit.Numbers;
import reprise.dsl.unit.Tokens;

/**
 * The same decoders at the same compute on several domains, ready to run. Of each domain: the
 * valley of every budget and {@code N_opt ~ C^beta}; {@code L = E + A/C^alpha} through the best
 * cell of every budget; {@code L = E + A/N^alpha + B/D^beta} through all cells; and, with the
 * largest budget held out, whether the form with a constant predicts it better than Kaplan's
 * without. Options are set again by naming them again.
 *
 * @param domains what is modelled
 * @param family models, one a width
 * @param budgets compute C, ascending
 * @param seeds runs of every cell; 1 unless set
 * @param bootstrap resamples for the intervals; 500 unless set
 */
public record DomainScaling(
    List<Corpus> domains, DecoderFamily family, List<Flops> budgets, int seeds, int bootstrap)
    implements Experiment<DomainScalingResult> {
  private static final int LEAST_BUDGETS = 5;
  private static final long SEED = 42;
  private static final Optimisation SETTINGS = new Optimisation(256, 0.006);
  private static final Optimisation SOURCE = new Optimisation(512, 0.012);

  public DomainScaling {
    domains = List.copyOf(domains);
    Checks.present("models", family);
    budgets = budgets.stream().sorted().distinct().toList();
    Checks.positive("seeds", seeds, "runs of a cell");
    Checks.positive("bootstrap", bootstrap, "resamples");
    if (budgets.size() < LEAST_BUDGETS) {
      throw new IllegalArgumentException(
          "budgets: a power law with a constant has three constants and one budget is held out, so"
              + " give at least five, got "
              + budgets.size());
    }
  }

  static DomainScaling of(List<Corpus> domains, DecoderFamily family, List<Flops> budgets) {
    return new DomainScaling(domains, family, budgets, 1, 500);
  }

  /** Runs of every cell, with seeds 1 to n. */
  public DomainScaling seeds(int n) {
    return new DomainScaling(domains, family, budgets, n, bootstrap);
  }

  /** Resamples behind every interval. */
  public DomainScaling bootstrap(int resamples) {
    return new DomainScaling(domains, family, budgets, seeds, resamples);
  }

  static String valleys(Corpus domain) {
    return domain.domain() + "-valleys";
  }

  static String frontier(Corpus domain) {
    return domain.domain() + "-frontier";
  }

  static String joint(Corpus domain) {
    return domain.domain() + "-joint";
  }

  static String forms(Corpus domain) {
    return domain.domain() + "-forms";
  }

  @Override
  public Plan plan() {
    List<TrainTask> runs = new ArrayList<>();
    List<AnalysisTask> analyses = new ArrayList<>();
    for (Corpus domain : domains) {
      for (Decoder model : family.members(domain.vocabulary())) {
        budgets.forEach(budget -> cell(runs, domain, model, budget));
      }
      analyse(analyses, domain);
    }
    return new Plan(
        "one law over "
            + domains.stream().map(Corpus::domain).collect(Collectors.joining(", "))
            + ": "
            + family
            + ", "
            + budgets.size()
            + " compute budgets",
        runs,
        analyses);
  }

  private void analyse(List<AnalysisTask> analyses, Corpus domain) {
    PointsSource cells = new PointsSource.RunsOn(domain);
    Bootstrap resamples = new Bootstrap(bootstrap, SEED);
    Objective objective = Objective.huber(1e-3);
    Chinchilla joint = new Chinchilla(Counting.MATRIX);
    analyses.add(new AnalysisTask.FindValleys(valleys(domain), budgets, cells, bootstrap, SEED));
    analyses.add(
        new AnalysisTask.FitLaw(
            frontier(domain),
            new PowerLawPlusConstant(Input.flops()),
            objective,
            new PointsSource.Frontier(domain),
            resamples));
    analyses.add(new AnalysisTask.FitLaw(joint(domain), joint, objective, cells, resamples));
    double limit = budgets.get(budgets.size() - 2).count() * 1.001;
    analyses.add(
        new AnalysisTask.CompareForms(
            forms(domain),
            List.of(joint, new Kaplan()),
            objective,
            cells,
            Optional.of(HeldOut.above("C", limit)),
            0,
            SEED));
  }

  private void cell(List<TrainTask> runs, Corpus domain, Decoder model, Flops budget) {
    Optimisation settings = domain instanceof Corpus.Markov ? SOURCE : SETTINGS;
    long step = settings.tokensPerStep();
    // D = C / (6 N), rounded to whole steps
    double tokens = budget.count() / (6 * model.params(Counting.MATRIX).count());
    Tokens whole = new Tokens(Math.max(1, Math.round(tokens / step)) * step);
    for (int seed = 1; seed <= seeds; seed++) {
      String id =
          domain.domain()
              + "-d"
              + model.width()
              + "-C"
              + Numbers.scientific(budget.count())
              + "-s"
              + seed;
      runs.add(new TrainTask(id, model, domain, whole, settings, seed, Optional.of(budget)));
    }
  }

  @Override
  public DomainScalingResult result(Outcome outcome) {
    return new DomainScalingResult(this, outcome);
  }
}
