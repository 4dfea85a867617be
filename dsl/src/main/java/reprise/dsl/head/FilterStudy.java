package reprise.dsl.head;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.Experiment;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.Outcome;
import reprise.dsl.study.Trials;
import reprise.dsl.unit.Checks;

/**
 * Training with a filtered gradient, ready to run.
 *
 * @param model source, model and batch
 * @param first updates from scratch
 * @param second updates of fine-tuning
 * @param filters compared; none, and sorted, unless set
 * @param seeds of source, weights and batches; three unless set
 */
public record FilterStudy(
    NeedsUpdates model, int first, int second, List<Filter> filters, int seeds)
    implements Experiment<FilterResult> {
  public FilterStudy {
    Checks.present("model", model);
    filters = List.copyOf(filters);
    Checks.positive("seeds", seeds, "seeds");
  }

  /** Filters to compare. */
  public FilterStudy filters(Filter... compared) {
    return new FilterStudy(model, first, second, List.of(compared), seeds);
  }

  /** Seeds 1 to n. */
  public FilterStudy seeds(int n) {
    return new FilterStudy(model, first, second, filters, n);
  }

  @Override
  public Plan plan() {
    List<FilterTrial> runs = new ArrayList<>();
    for (Phase phase : Phase.values()) {
      for (Filter filter : filters) {
        for (int seed = 1; seed <= seeds; seed++) {
          runs.add(new FilterTrial(model, phase, first, second, filter, seed));
        }
      }
    }
    return new Plan("training with a filtered gradient", runs, List.of());
  }

  @Override
  public FilterResult result(Outcome outcome) {
    return new FilterResult(this, outcome, Trials.of(outcome, FilterTrial.class));
  }
}
