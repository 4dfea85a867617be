package reprise.dsl.ladder;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.Ink;
import reprise.dsl.chart.Layer;
import reprise.dsl.chart.Plot;
import reprise.dsl.chart.PlotAxis;
import reprise.dsl.density.LadderScale;
import reprise.dsl.unit.Numbers;

/** Charts of a ladder. */
final class LadderCharts {
  private static final int POINTS_OF_A_LINE = 60;

  private LadderCharts() {}

  static List<Figure> of(LadderResult result) {
    return List.of(sizes(result), scores(result));
  }

  /** Effective against actual size: density 1 is the diagonal. */
  private static Figure sizes(LadderResult result) {
    List<Rung> all = result.rungs().stream().filter(r -> r.placement().effective() > 0).toList();
    List<Rung> ladder =
        all.stream()
            .filter(r -> r.reference())
            .filter(r -> r.run().task().model().tokens().equals(result.experiment().reference()))
            .toList();
    LadderScale scale = result.scales().getFirst();
    double[] ends = {scale.smallest(), scale.largest()};
    List<Layer> layers = new ArrayList<>();
    layers.add(Layer.line("density 1", ends, ends).ink(Ink.MUTED).dashed());
    layers.add(
        points("ladder", ladder, r -> r.params().count(), r -> r.placement().effective())
            .ink(Ink.MUTED));
    int slot = 0;
    for (Map.Entry<String, List<Rung>> kind : others(all).entrySet()) {
      layers.add(
          points(
                  kind.getKey(),
                  kind.getValue(),
                  r -> r.params().count(),
                  r -> r.placement().effective())
              .ink(Ink.slot(slot++)));
    }
    return Plot.of(
            PlotAxis.log("parameters N that remain", "of matrix products"),
            PlotAxis.log("effective parameters", "of a reference model with that score"))
        .add(layers)
        .figure(
            "effective-against-actual-size",
            "Effective against actual size, a point a seed. Above the dashed line a model is denser"
                + " than the ladder; the ladder's own models scatter about it by what the law"
                + " misses.");
  }

  /** The second step: score against loss, with the fitted curves. */
  private static Figure scores(LadderResult result) {
    List<Rung> all = result.rungs();
    double low = all.stream().mapToDouble(Rung::loss).min().orElseThrow();
    double high = all.stream().mapToDouble(Rung::loss).max().orElseThrow();
    List<Layer> layers = new ArrayList<>();
    LadderScale scale = result.scales().getFirst();
    double[] x = new double[POINTS_OF_A_LINE];
    double[] y = new double[POINTS_OF_A_LINE];
    for (int i = 0; i < x.length; i++) {
      x[i] = low + (high - low) * i / (x.length - 1);
      y[i] = scale.law().score(x[i]);
    }
    layers.add(Layer.line("law of seed " + scale.seed(), x, y).ink(Ink.MUTED));
    List<Rung> ladder = all.stream().filter(Rung::reference).toList();
    layers.add(points("ladder", ladder, Rung::loss, Rung::score).ink(Ink.MUTED));
    int slot = 0;
    for (Map.Entry<String, List<Rung>> kind : others(all).entrySet()) {
      layers.add(
          points(kind.getKey(), kind.getValue(), Rung::loss, Rung::score).ink(Ink.slot(slot++)));
    }
    return Plot.of(
            PlotAxis.linear("cloze loss", "nats per true word"),
            PlotAxis.linear("cloze score", "share of right answers"))
        .add(layers)
        .figure(
            "score-against-loss",
            "Score against loss on the same words, a point a model. The law's second step has an R2"
                + " of "
                + Numbers.significant(scale.scoreR2(), 3)
                + " on the ladder of seed "
                + scale.seed()
                + ".");
  }

  private static Map<String, List<Rung>> others(List<Rung> all) {
    return all.stream()
        .filter(r -> !r.reference())
        .collect(Collectors.groupingBy(Rung::kind, LinkedHashMap::new, Collectors.toList()));
  }

  private static Layer.Points points(
      String name, List<Rung> rungs, ToDoubleFunction<Rung> x, ToDoubleFunction<Rung> y) {
    return Layer.points(
        name, rungs.stream().mapToDouble(x).toArray(), rungs.stream().mapToDouble(y).toArray());
  }
}
