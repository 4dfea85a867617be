package reprise.dsl.densing;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import reprise.dsl.Experiment;
import reprise.dsl.data.PointsSource;
import reprise.dsl.density.DensityPlan;
import reprise.dsl.density.Metric;
import reprise.dsl.density.Records;
import reprise.dsl.density.Ruler;
import reprise.dsl.density.Scored;
import reprise.dsl.plan.AnalysisTask;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.Outcome;
import reprise.dsl.unit.Params;

/**
 * Density over time, ready to run. Options are set again by naming them again.
 *
 * @param scores where they come from
 * @param headline the choices of the main result
 * @param variations other choices, for the table of sensitivity
 */
public record DensingLaw(PointsSource scores, DensityPlan headline, List<DensityPlan> variations)
    implements Experiment<DensingResult> {
  /** Id of the main analysis in plan and outcome. */
  static final String HEADLINE = "density";

  /** Release of Llama-1, day 0 of the paper's trend. */
  private static final LocalDate LLAMA_1 = LocalDate.of(2023, 2, 24);

  private static final int BOOTSTRAP = 2000;
  private static final long SEED = 42;

  public DensingLaw {
    variations = List.copyOf(variations);
  }

  static DensingLaw of(NeedsRuler chosen, Ruler ruler) {
    return new DensingLaw(
        chosen.scores(),
        new DensityPlan(
            chosen.metric(),
            ruler,
            Records.EVERY,
            0,
            LLAMA_1,
            chosen.releases(),
            List.of(),
            BOOTSTRAP,
            SEED),
        List.of());
  }

  /** Which models make the envelope; every record unless set. */
  public DensingLaw records(Records rule) {
    return new DensingLaw(scores, headline.records(rule), variations);
  }

  /** Leaves smaller models out of the trend; none unless set. */
  public DensingLaw smallest(Params params) {
    return new DensingLaw(scores, headline.smallest(params.count()), variations);
  }

  /** Puts a model on the chart, with its score in the metric of the main result. */
  public DensingLaw model(String name, Params params, double score, LocalDate date) {
    List<Scored> own = new ArrayList<>(headline.own());
    own.removeIf(m -> m.model().equals(name));
    own.add(new Scored(name, params, score, date));
    return new DensingLaw(scores, headline.own(own), variations);
  }

  /** Resamples of models behind the interval of the slope; 2000 unless set. */
  public DensingLaw bootstrap(int resamples) {
    return new DensingLaw(scores, headline.bootstrap(resamples), variations);
  }

  /** The same measured by other metrics as well, a row each in the table of sensitivity. */
  public DensingLaw also(Metric... metrics) {
    return varied(List.of(metrics).stream().map(headline::metric).toList());
  }

  /** The same with other reference families as well. */
  public DensingLaw also(Ruler... rulers) {
    return varied(List.of(rulers).stream().map(headline::ruler).toList());
  }

  /** The same with another envelope as well. */
  public DensingLaw also(Records rule) {
    return varied(List.of(headline.records(rule)));
  }

  /** The same with models of at least that many parameters as well. */
  public DensingLaw alsoFrom(Params params) {
    return varied(List.of(headline.smallest(params.count())));
  }

  private DensingLaw varied(List<DensityPlan> more) {
    List<DensityPlan> all = new ArrayList<>(variations);
    all.addAll(more);
    return new DensingLaw(scores, headline, all);
  }

  @Override
  public Plan plan() {
    List<AnalysisTask> analyses = new ArrayList<>();
    analyses.add(new AnalysisTask.MeasureDensity(HEADLINE, scores, headline));
    for (int i = 0; i < variations.size(); i++) {
      analyses.add(new AnalysisTask.MeasureDensity(variation(i), scores, variations.get(i)));
    }
    return new Plan("density over time of " + scores.label(), List.of(), analyses);
  }

  static String variation(int index) {
    return "variation-" + (index + 1);
  }

  @Override
  public DensingResult result(Outcome outcome) {
    return new DensingResult(this, outcome);
  }
}
