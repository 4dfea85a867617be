package reprise.dsl.sampling;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.Experiment;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.Outcome;
import reprise.dsl.study.Trials;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Symbols;

/**
 * What top-H keeps of small drawn distributions, compared with the best of all subsets.
 *
 * @param alphas shares of the entropy that are allowed
 * @param alphabet tokens of each distribution, twelve unless set
 * @param concentrations of the Dirichlet distributions, 0.3, 0.7 and 1.5 unless set
 * @param draws of each, 100 unless set
 * @param seed of the draws, one unless set
 */
public record BoundStudy(
    List<Double> alphas, Symbols alphabet, List<Double> concentrations, int draws, int seed)
    implements Experiment<BoundResult> {
  public BoundStudy {
    alphas = List.copyOf(alphas);
    concentrations = List.copyOf(concentrations);
    Checks.present("alphabet", alphabet);
    Checks.positive("draws", draws, "distributions");
  }

  /** The study of the card. */
  public static BoundStudy of(List<Double> alphas) {
    return new BoundStudy(alphas, new Symbols(12), List.of(0.3, 0.7, 1.5), 100, 1);
  }

  /** Tokens of each distribution. */
  public BoundStudy alphabet(Symbols tokens) {
    return new BoundStudy(alphas, tokens, concentrations, draws, seed);
  }

  /** Concentrations of the Dirichlet distributions: the lower, the more uneven. */
  public BoundStudy concentrations(Double... values) {
    return new BoundStudy(alphas, alphabet, List.of(values), draws, seed);
  }

  /** Distributions of each concentration. */
  public BoundStudy draws(int n) {
    return new BoundStudy(alphas, alphabet, concentrations, n, seed);
  }

  /** Other draws. */
  public BoundStudy seed(int n) {
    return new BoundStudy(alphas, alphabet, concentrations, draws, n);
  }

  @Override
  public Plan plan() {
    List<BoundTrial> runs = new ArrayList<>();
    for (double concentration : concentrations) {
      for (double alpha : alphas) {
        runs.add(new BoundTrial(alphabet, concentration, alpha, draws, seed));
      }
    }
    return new Plan("top-H against the best subset", runs, List.of());
  }

  @Override
  public BoundResult result(Outcome outcome) {
    return new BoundResult(this, outcome, Trials.of(outcome, BoundTrial.class));
  }
}
