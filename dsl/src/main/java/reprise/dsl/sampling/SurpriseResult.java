package reprise.dsl.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.Layer;
import reprise.dsl.chart.Plot;
import reprise.dsl.chart.PlotAxis;
import reprise.dsl.claim.Measured;
import reprise.dsl.generation.Decoding;
import reprise.dsl.result.Measure;
import reprise.dsl.result.Outcome;
import reprise.dsl.study.StudyResult;
import reprise.dsl.study.Trials;
import reprise.dsl.unit.Numbers;

/**
 * How surprising the tokens of each rule were.
 *
 * @param experiment what was asked
 * @param outcome all that came out
 * @param trials its texts
 */
public record SurpriseResult(
    SurpriseStudy experiment, Outcome outcome, Trials<SurpriseTrial> trials)
    implements StudyResult<SurpriseTrial> {
  /** Mean of {@code -log2 p(x)}, p before anything is cut. */
  public static final Measure SURPRISE = new Measure("surprise", "bits a token");

  /** The mean surprise of a rule, over seeds. */
  public Measured surprise(Decoding rule, boolean estimating) {
    return of(rule, estimating).mean(SURPRISE, "");
  }

  /** The largest distance of a text's mean surprise from these targets. */
  public Measured farthest(boolean estimating, Double... targets) {
    List<Double> wanted = List.of(targets);
    return mirostats(estimating)
        .where(t -> wanted.contains(target(t)))
        .largest(
            run -> Math.abs(run.readings().value(SURPRISE) - target(run.task())),
            "distance of a text's mean surprise from its target, bits");
  }

  /** The largest distance between the mean surprises of the two forms. */
  public Measured formsApart() {
    double worst =
        mirostats(true).by(t -> t.drawing().rule()).keySet().stream()
            .mapToDouble(
                rule -> Math.abs(surprise(rule, true).value() - surprise(rule, false).value()))
            .max()
            .orElseThrow();
    return Measured.exactly(worst, "bits between the means of the two forms, largest of targets");
  }

  /** R^2 of the straight line of mean surprise on p of nucleus sampling. */
  public Measured straightInMass() {
    return straight(Decoding.Nucleus.class, t -> ((Decoding.Nucleus) t).mass(), p -> p, "p");
  }

  /** R^2 of the straight line of mean surprise on k of top-k sampling. */
  public Measured straightInCount() {
    return straight(Decoding.TopK.class, t -> ((Decoding.TopK) t).k(), k -> k, "k");
  }

  /** R^2 of the straight line of mean surprise on ln k of top-k sampling. */
  public Measured straightInLogCount() {
    return straight(Decoding.TopK.class, t -> ((Decoding.TopK) t).k(), Math::log, "ln k");
  }

  private Measured straight(
      Class<? extends Decoding> kind,
      java.util.function.ToDoubleFunction<Decoding> parameter,
      DoubleUnaryOperator scale,
      String name) {
    List<Decoding> rules =
        experiment.drawings().stream().map(Drawing::rule).filter(kind::isInstance).toList();
    double[] x =
        rules.stream().mapToDouble(r -> scale.applyAsDouble(parameter.applyAsDouble(r))).toArray();
    double[] y = rules.stream().mapToDouble(r -> surprise(r, false).value()).toArray();
    return Measured.exactly(
        explained(x, y), "R^2 of mean surprise on " + name + ", " + rules.size() + " rules");
  }

  /** Squared correlation, which is R^2 of a straight line. */
  static double explained(double[] x, double[] y) {
    double mx = Arrays.stream(x).average().orElseThrow();
    double my = Arrays.stream(y).average().orElseThrow();
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int i = 0; i < x.length; i++) {
      xx += (x[i] - mx) * (x[i] - mx);
      yy += (y[i] - my) * (y[i] - my);
      xy += (x[i] - mx) * (y[i] - my);
    }
    return xy * xy / (xx * yy);
  }

  private Trials<SurpriseTrial> mirostats(boolean estimating) {
    return trials.where(t ->
        t.drawing().rule() instanceof Decoding.Mirostat && t.drawing().estimating() == estimating);
  }

  private Trials<SurpriseTrial> of(Decoding rule, boolean estimating) {
    return trials.where(t -> t.drawing().equals(new Drawing(rule, estimating)));
  }

  private static double target(SurpriseTrial trial) {
    return ((Decoding.Mirostat) trial.drawing().rule()).bits();
  }

  @Override
  public List<Figure> charts() {
    List<Figure> charts = new ArrayList<>();
    List<Layer> forms = new ArrayList<>();
    for (boolean estimating : new boolean[] {false, true}) {
      Trials<SurpriseTrial> form = mirostats(estimating);
      if (!form.isEmpty()) {
        String name = estimating ? "first form, estimating" : "second form, direct";
        Layer.Points means = form.line(name, SurpriseResult::target, SURPRISE, "");
        forms.add(estimating ? means.mark(Layer.Mark.RING) : means);
      }
    }
    if (!forms.isEmpty()) {
      double[] ends = {1, 7};
      charts.add(
          Plot.of(
                  PlotAxis.linear("target", "bits a token"),
                  PlotAxis.linear("mean surprise", "bits a token"))
              .add(Layer.line("as wanted", ends, ends).dashed())
              .add(forms)
              .figure(
                  "mirostat",
                  "Mean surprise of "
                      + Numbers.grouped(experiment.length())
                      + " tokens against its target, "
                      + experiment.seeds()
                      + " texts each. Below the surprise of the flattest distributions' most"
                      + " probable token no rule can go."));
    }
    return charts;
  }

  /** One line: texts, rules and how far Mirostat is off. */
  @Override
  public String toString() {
    String rules = trials.all().size() + " texts by " + experiment.drawings().size() + " rules";
    if (mirostats(false).isEmpty()) {
      return rules;
    }
    Double[] targets = mirostats(false).by(SurpriseResult::target).keySet().toArray(Double[]::new);
    return rules
        + "; mirostat at most "
        + Numbers.significant(farthest(false, targets).value(), 2)
        + " bits from its target";
  }
}
