package reprise.dsl.density;

import java.time.LocalDate;
import java.util.List;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Numbers;

/**
 * One way to measure density and its trend. Metric, ruler, envelope and size limit are choices that
 * move the result, so each is explicit.
 *
 * @param metric the benchmark
 * @param ruler the reference family
 * @param records which models make the envelope
 * @param smallest models with fewer parameters are left out of the trend, 0 for none
 * @param start day 0 of the trend; models before it are left out
 * @param releases dates of models; those without a date are left out of the trend
 * @param own models besides those of the scores
 * @param bootstrap resamples of models for the intervals
 * @param seed of the resampling
 */
public record DensityPlan(
    Metric metric,
    Ruler ruler,
    Records records,
    double smallest,
    LocalDate start,
    List<Dated> releases,
    List<Scored> own,
    int bootstrap,
    long seed) {
  /** Column of the parameters, in billions. */
  public static final String BILLIONS = "N 1e9";

  public DensityPlan {
    Checks.present("metric", metric);
    Checks.present("ruler", ruler);
    Checks.present("records", records);
    Checks.present("start", start);
    releases = List.copyOf(releases);
    own = List.copyOf(own);
    if (smallest < 0 || bootstrap < 0) {
      throw new IllegalArgumentException(
          "size limit and resamples must not be negative, got " + smallest + ", " + bootstrap);
    }
  }

  /** The same with another metric. */
  public DensityPlan metric(Metric other) {
    return new DensityPlan(other, ruler, records, smallest, start, releases, own, bootstrap, seed);
  }

  /** The same with another ruler. */
  public DensityPlan ruler(Ruler other) {
    return new DensityPlan(metric, other, records, smallest, start, releases, own, bootstrap, seed);
  }

  /** The same with another envelope. */
  public DensityPlan records(Records other) {
    return new DensityPlan(metric, ruler, other, smallest, start, releases, own, bootstrap, seed);
  }

  /** The same with another size limit. */
  public DensityPlan smallest(double params) {
    return new DensityPlan(metric, ruler, records, params, start, releases, own, bootstrap, seed);
  }

  /** The same with other models of one's own. */
  public DensityPlan own(List<Scored> models) {
    return new DensityPlan(
        metric, ruler, records, smallest, start, releases, models, bootstrap, seed);
  }

  /** The same with another number of resamples. */
  public DensityPlan bootstrap(int resamples) {
    return new DensityPlan(metric, ruler, records, smallest, start, releases, own, resamples, seed);
  }

  /** The choices, one line. */
  public String describe() {
    return metric
        + ", ruler "
        + ruler
        + ", "
        + records.text()
        + (smallest == 0 ? "" : ", at least " + Numbers.short3(smallest) + " parameters")
        + (own.isEmpty() ? "" : ", " + own.size() + " models of one's own")
        + (bootstrap == 0 ? "" : ", " + bootstrap + " bootstrap resamples, seed " + seed);
  }
}
