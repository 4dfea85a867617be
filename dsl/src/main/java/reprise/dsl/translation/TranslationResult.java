package reprise.dsl.translation;

import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.Ink;
import reprise.dsl.chart.LawCharts;
import reprise.dsl.chart.Layer;
import reprise.dsl.chart.Plot;
import reprise.dsl.chart.PlotAxis;
import reprise.dsl.claim.Interval;
import reprise.dsl.claim.Measured;
import reprise.dsl.law.Estimate;
import reprise.dsl.law.Fit;
import reprise.dsl.law.FitWarning;
import reprise.dsl.law.FormComparison;
import reprise.dsl.law.Laws;
import reprise.dsl.law.Translation;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Result;
import reprise.dsl.result.RunOutcome;
import reprise.dsl.result.RunOutcome.Finished;
import reprise.dsl.scaling.ScalingClaims;
import reprise.dsl.unit.Numbers;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What an experiment on the scaling of translation answers.
 *
 * @param experiment what was asked
 * @param outcome all that came out
 */
public record TranslationResult(TranslationScaling experiment, Outcome outcome) implements Result {
  /** The law of N_e and N_d. */
  public Fit law() {
    return outcome.fit(TranslationScaling.LAW).fit();
  }

  /** That law and the one of the sum, each predicting every cell without it. */
  public FormComparison forms() {
    return outcome.forms(TranslationScaling.FORMS).comparison();
  }

  /** A constant of the law as a measurement for a claim. */
  public Measured measured(String constant) {
    return measured(law().constant(constant));
  }

  /** The lesser of p_e and p_d. */
  public Measured leastExponent() {
    return measured(law().estimate("min(p_e, p_d)", "1", c -> Math.min(c[2], c[3])));
  }

  /** p_d - p_e. */
  public Measured decoderOverEncoder() {
    return measured(law().estimate("p_d - p_e", "1", c -> c[3] - c[2]));
  }

  /** L_inf minus the loss of one who knows the language, nats. */
  public Measured floorMinusEntropy() {
    double h = experiment.grammar().entropy();
    return measured(law().estimate("L_inf - h", "nats", c -> c[1] - h));
  }

  /**
   * Reducible loss of as many encoder as decoder blocks over the best split's, minus 1. Without
   * positive exponents the law has no best split of its own: then the best is sought among the
   * splits that were tried, from the shallowest encoder on the deepest decoder to the reverse.
   */
  public Measured excessOfEqualDepths() {
    Translation law = experiment.law();
    double one = law.baseEncoder() / law.baseDecoder();
    IntSummaryStatistics depths =
        experiment.depths().stream().mapToInt(Integer::intValue).summaryStatistics();
    double depth = (double) depths.getMax() / depths.getMin();
    double share = share(one);
    return measured(
        law()
            .estimate(
                "excess of equal depths",
                "1",
                c ->
                    c[2] > 0 && c[3] > 0
                        ? law.excessOfSplit(c, share)
                        : law.excessWithin(c, share, share(one / depth), share(one * depth))));
  }

  // N_e/(N_e + N_d) of N_e/N_d
  private static double share(double ratio) {
    return ratio / (1 + ratio);
  }

  /** Error of the law of the sum over that of N_e and N_d, every cell predicted without it. */
  public Measured errorOfTheSum() {
    double both = forms().row(experiment.law().name()).crossValidated();
    double sum = forms().row(Laws.POWER_LAW_PLUS_CONSTANT.name()).crossValidated();
    return Measured.exactly(
        sum / both,
        "mean relative error of cells left out one by one: law of the sum "
            + Numbers.significant(100 * sum, 3)
            + " %, of both "
            + Numbers.significant(100 * both, 3)
            + " %, "
            + law().n()
            + " cells of "
            + experiment.seeds()
            + " seeds");
  }

  private Measured measured(Estimate estimate) {
    Fit fit = law();
    String how =
        estimate.name() + ", " + fit.n() + " cells of " + experiment.seeds() + " seeds, soft L1";
    Measured measured =
        estimate.interval().known()
            ? Measured.of(
                estimate.value(),
                new Interval(
                    estimate.interval().low(),
                    estimate.interval().high(),
                    fit.plan().confidence(),
                    "percentile bootstrap of cells"),
                how)
            : Measured.exactly(estimate.value(), how);
    String warnings =
        fit.warnings().stream().map(FitWarning::message).collect(Collectors.joining("; "));
    return measured.check(
        ScalingClaims.IDENTIFIED,
        fit.converged() && fit.identified(),
        warnings.isEmpty() ? "no warning" : warnings);
  }

  /** One row a run: depths, sizes, loss, its excess over what can be known. */
  @Override
  public Table frame() {
    StringColumn id = StringColumn.create("run");
    IntColumn encoder = IntColumn.create("encoder");
    IntColumn decoder = IntColumn.create("decoder");
    LongColumn encoding = LongColumn.create("N_e");
    LongColumn decoding = LongColumn.create("N_d");
    IntColumn seed = IntColumn.create("seed");
    DoubleColumn loss = DoubleColumn.create("loss nats/token");
    DoubleColumn excess = DoubleColumn.create("above entropy nats/token");
    DoubleColumn seconds = DoubleColumn.create("seconds");
    StringColumn status = StringColumn.create("status");
    for (RunOutcome run : outcome.runs()) {
      TranslationTask task = (TranslationTask) run.task();
      id.append(task.id());
      encoder.append(task.encoder());
      decoder.append(task.decoder());
      encoding.append(Math.round(task.encoderParams().count()));
      decoding.append(Math.round(task.decoderParams().count()));
      seed.append(task.seed());
      switch (run) {
        case Finished<?> done -> {
          loss.append(done.loss());
          excess.append(done.loss() - task.grammar().entropy());
          seconds.append(done.seconds());
          status.append("finished");
        }
        case RunOutcome.Stopped early -> {
          loss.append(early.run().loss());
          excess.append(early.run().loss() - task.grammar().entropy());
          seconds.append(early.run().seconds());
          status.append(early.reason());
        }
        case RunOutcome.Failed failed -> {
          loss.appendMissing();
          excess.appendMissing();
          seconds.appendMissing();
          status.append(failed.reason());
        }
      }
    }
    return Table.create(
        "translation",
        id,
        encoder,
        decoder,
        encoding,
        decoding,
        seed,
        loss,
        excess,
        seconds,
        status);
  }

  @Override
  public List<Figure> charts() {
    List<Finished<TranslationTask>> runs = outcome.finished(TranslationTask.class);
    List<Figure> charts = new ArrayList<>();
    if (!runs.isEmpty()) {
      charts.add(
          against(runs, "encoder", "decoder", t -> t.encoderParams().count(), t -> t.decoder()));
      charts.add(
          against(runs, "decoder", "encoder", t -> t.decoderParams().count(), t -> t.encoder()));
    }
    if (!outcome.findings().isEmpty()) {
      charts.add(LawCharts.residuals(law()));
    }
    return charts;
  }

  private Figure against(
      List<Finished<TranslationTask>> runs,
      String grown,
      String kept,
      ToDoubleFunction<TranslationTask> size,
      ToDoubleFunction<TranslationTask> blocks) {
    List<Layer> layers = new ArrayList<>();
    layers.add(Layer.horizontal("entropy", experiment.grammar().entropy()));
    TreeMap<Double, List<Finished<TranslationTask>>> lines =
        runs.stream()
            .collect(
                Collectors.groupingBy(
                    r -> blocks.applyAsDouble(r.task()), TreeMap::new, Collectors.toList()));
    lines.forEach((number, of) -> {
      TreeMap<Double, Double> means =
          of.stream()
              .collect(
                  Collectors.groupingBy(
                      r -> size.applyAsDouble(r.task()),
                      TreeMap::new,
                      Collectors.averagingDouble(Finished::loss)));
      String name = kept + " of " + Math.round(number);
      layers.add(
          Layer.line(
                  name,
                  means.keySet().stream().mapToDouble(x -> x).toArray(),
                  means.values().stream().mapToDouble(x -> x).toArray())
              .ink(Ink.at(number)));
      layers.add(
          Layer.points(
                  "",
                  of.stream().mapToDouble(r -> size.applyAsDouble(r.task())).toArray(),
                  of.stream().mapToDouble(Finished::loss).toArray())
              .ink(Ink.at(number)));
    });
    return Plot.of(
            PlotAxis.log(grown + " parameters without embeddings", ""),
            PlotAxis.log("held-out loss", "nats per token"))
        .ramp(PlotAxis.linear(kept + " blocks", ""))
        .add(layers)
        .figure(
            "loss-against-" + grown,
            "Held-out loss against the size of the "
                + grown
                + ", a colour a depth of the "
                + kept
                + "; lines are means of seeds.");
  }

  /** One line: runs, law, which form predicts better. */
  @Override
  public String toString() {
    String text = outcome.finished(TranslationTask.class).size() + " runs";
    return outcome.findings().isEmpty() ? text : text + "; " + law();
  }
}
