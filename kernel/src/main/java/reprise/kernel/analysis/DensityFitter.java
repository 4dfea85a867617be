package reprise.kernel.analysis;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import reprise.dsl.density.Dated;
import reprise.dsl.density.DensityPlan;
import reprise.dsl.density.DensityTrend;
import reprise.dsl.density.Metric;
import reprise.dsl.density.ModelDensity;
import reprise.dsl.density.Records;
import reprise.dsl.density.Scored;
import reprise.dsl.law.Estimate;
import reprise.dsl.law.Interval;
import reprise.dsl.law.Points;

/** Measures density by a ruler family and fits the trend of the records. */
public final class DensityFitter {
  private static final double CONFIDENCE = 0.95;

  private DensityFitter() {}

  /**
   * Fits the scale of the ruler, {@code logit S = u + v ln N}, gives every dated model the size of
   * a reference model with its score, and fits {@code ln rho_max = A t + B} to the records by least
   * squares. The interval of A is the percentile interval over resamples of models, the scale kept.
   *
   * @throws IllegalArgumentException when a model of the ruler is missing or says nothing, the
   *     score does not grow with size, or fewer than three records are left
   */
  public static DensityTrend fit(DensityPlan plan, Points points) {
    Metric metric = plan.metric();
    double[] billions = points.column(DensityPlan.BILLIONS).values();
    double[] scores = points.column(metric.name()).values();
    DensityTrend.Scale scale = scale(plan, points.labels(), billions, scores);
    List<ModelDensity> models = models(plan, points.labels(), billions, scores, scale);
    List<ModelDensity> marked = envelope(models, plan.records());
    StraightLine trend = line(marked);
    if (trend.points() < 3) {
      throw new IllegalArgumentException(
          "density by "
              + metric
              + ": "
              + trend.points()
              + " records of "
              + models.size()
              + " models; a trend needs three");
    }
    return new DensityTrend(
        plan, scale, marked, slope(plan, models, trend), trend.intercept(), trend.r2());
  }

  private static DensityTrend.Scale scale(
      DensityPlan plan, List<String> labels, double[] billions, double[] scores) {
    int n = 0;
    double[] size = new double[plan.ruler().models().size()];
    double[] logit = new double[size.length];
    for (String model : plan.ruler().models()) {
      int at = labels.indexOf(model);
      if (at < 0) {
        throw new IllegalArgumentException(
            "ruler " + plan.ruler() + ": the scores have no model " + model);
      }
      if (plan.metric().informative(scores[at])) {
        size[n] = Math.log(billions[at] * 1e9);
        logit[n++] = plan.metric().logit(scores[at]);
      }
    }
    StraightLine fit = StraightLine.through(size, logit, n);
    if (n < 2 || !(fit.slope() > 0)) {
      throw new IllegalArgumentException(
          "ruler "
              + plan.ruler()
              + ": its "
              + plan.metric()
              + " score must grow with size in at least two models above chance; "
              + n
              + " are, the slope is "
              + fit.slope());
    }
    return new DensityTrend.Scale(fit.intercept(), fit.slope(), fit.r2(), n);
  }

  private static List<ModelDensity> models(
      DensityPlan plan,
      List<String> labels,
      double[] billions,
      double[] scores,
      DensityTrend.Scale scale) {
    Map<String, LocalDate> dates = new HashMap<>();
    for (Dated release : plan.releases()) {
      dates.put(release.model(), release.date());
    }
    List<ModelDensity> models = new ArrayList<>();
    for (int i = 0; i < billions.length; i++) {
      LocalDate date = dates.get(labels.get(i));
      if (date != null) {
        add(models, plan, scale, labels.get(i), billions[i] * 1e9, scores[i], date);
      }
    }
    for (Scored own : plan.own()) {
      add(models, plan, scale, own.model(), own.params().count(), own.score(), own.date());
    }
    models.sort(
        Comparator.comparingLong(ModelDensity::day).thenComparingDouble(ModelDensity::density));
    return models;
  }

  private static void add(
      List<ModelDensity> models,
      DensityPlan plan,
      DensityTrend.Scale scale,
      String label,
      double params,
      double score,
      LocalDate date) {
    long day = ChronoUnit.DAYS.between(plan.start(), date);
    if (day < 0 || params < plan.smallest() || !plan.metric().informative(score)) {
      return;
    }
    double size = scale.size(plan.metric(), score);
    models.add(new ModelDensity(label, params, date, day, score, size, size / params, false));
  }

  // models come in order of day and density
  private static List<ModelDensity> envelope(List<ModelDensity> models, Records rule) {
    List<ModelDensity> marked = new ArrayList<>();
    double best = 0;
    for (int i = 0; i < models.size(); i++) {
      ModelDensity m = models.get(i);
      boolean last = i + 1 == models.size() || models.get(i + 1).day() != m.day();
      boolean record = m.density() > best && (rule == Records.EVERY || last);
      if (record) {
        best = m.density();
      }
      marked.add(
          new ModelDensity(
              m.model(),
              m.params(),
              m.date(),
              m.day(),
              m.score(),
              m.effective(),
              m.density(),
              record));
    }
    return marked;
  }

  private static StraightLine line(List<ModelDensity> marked) {
    List<ModelDensity> records = marked.stream().filter(ModelDensity::record).toList();
    return StraightLine.through(
        records.stream().mapToDouble(ModelDensity::day).toArray(),
        records.stream().mapToDouble(m -> Math.log(m.density())).toArray(),
        records.size());
  }

  private static Estimate slope(DensityPlan plan, List<ModelDensity> models, StraightLine trend) {
    double[] slopes = new double[plan.bootstrap()];
    for (int r = 0; r < slopes.length; r++) {
      Resample random = new Resample(plan.seed(), r);
      List<ModelDensity> drawn = new ArrayList<>(models.size());
      for (int i = 0; i < models.size(); i++) {
        drawn.add(models.get(random.below(models.size())));
      }
      drawn.sort(
          Comparator.comparingLong(ModelDensity::day).thenComparingDouble(ModelDensity::density));
      slopes[r] = line(envelope(drawn, plan.records())).slope();
    }
    // a resample with records of one day only has no slope
    double[] known = Arrays.stream(slopes).filter(a -> !Double.isNaN(a)).toArray();
    double mean = Arrays.stream(known).average().orElse(Double.NaN);
    double variance = Arrays.stream(known).map(a -> (a - mean) * (a - mean)).sum();
    return new Estimate(
        "A",
        "per day",
        trend.slope(),
        known.length > 1 ? Math.sqrt(variance / (known.length - 1)) : Double.NaN,
        Interval.percentile(known, CONFIDENCE));
  }
}
