package reprise.dsl.domain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.Ink;
import reprise.dsl.chart.Layer;
import reprise.dsl.chart.Plot;
import reprise.dsl.chart.PlotAxis;
import reprise.dsl.chart.ValleyCharts;
import reprise.dsl.data.Corpus;
import reprise.dsl.law.Fit;
import reprise.dsl.law.Valley;
import reprise.dsl.unit.Numbers;

/** Charts over domains: the paper's figures 2 and 3, and a domain's valleys each. */
final class DomainCharts {
  private static final PlotAxis COMPUTE = PlotAxis.log("training compute C", "FLOP");

  private DomainCharts() {}

  static List<Figure> of(DomainScalingResult result) {
    List<Figure> figures = new ArrayList<>();
    figures.add(reducible(result));
    optimalSizes(result).ifPresent(figures::add);
    for (Corpus domain : result.experiment().domains()) {
      Figure valleys = ValleyCharts.valleys(result.valleys(domain));
      figures.add(
          new Figure(
              domain.domain() + "-valleys",
              capital(domain.domain()) + ". " + valleys.caption(),
              valleys.chart()));
    }
    return figures;
  }

  private static Figure reducible(DomainScalingResult result) {
    List<Layer> layers = new ArrayList<>();
    List<Corpus> domains = result.experiment().domains();
    for (int d = 0; d < domains.size(); d++) {
      Fit fit = result.frontier(domains.get(d));
      double floor = fit.constant("E").value();
      var straight = DomainScalingResult.Straight.of(fit);
      double[] c = Arrays.stream(straight.logC()).map(Math::exp).toArray();
      double[] excess = Arrays.stream(straight.logExcess()).map(Math::exp).toArray();
      if (c.length == 0) {
        continue;
      }
      double[] line =
          Arrays.stream(c).map(x -> fit.plan().law().predict(fit.values(), x) - floor).toArray();
      String name =
          domains.get(d).domain()
              + ", E = "
              + Numbers.significant(floor, 3)
              + ", alpha = "
              + Numbers.significant(fit.constant("alpha").value(), 2);
      layers.add(Layer.line("", c, line).ink(Ink.slot(d)));
      layers.add(Layer.points(name, c, excess).ink(Ink.slot(d)));
    }
    return Plot.of(COMPUTE, PlotAxis.log("reducible loss L - E", "nats per scored token"))
        .add(layers)
        .figure(
            "reducible-loss",
            "Reducible loss of the best cell at every budget, with L = E + A/C^alpha as fitted. A"
                + " straight line is a power law; E is fitted, so it takes part in the straightness.");
  }

  private static Optional<Figure> optimalSizes(DomainScalingResult result) {
    List<Layer> layers = new ArrayList<>();
    List<Corpus> domains = result.experiment().domains();
    for (int d = 0; d < domains.size(); d++) {
      var found = result.valleys(domains.get(d));
      List<Valley> inside = found.valleys().stream().filter(Valley::interior).toList();
      if (inside.size() < 2) {
        continue;
      }
      double[] c = inside.stream().mapToDouble(Valley::flops).toArray();
      double[] n = inside.stream().mapToDouble(Valley::params).toArray();
      double slope = found.exponent().value();
      // the line through the middle of the minima with the fitted slope
      double at =
          IntStream.range(0, c.length)
              .mapToDouble(i -> Math.log(n[i]) - slope * Math.log(c[i]))
              .average()
              .orElseThrow();
      double[] line = Arrays.stream(c).map(x -> Math.exp(at + slope * Math.log(x))).toArray();
      layers.add(Layer.line("", c, line).ink(Ink.slot(d)));
      layers.add(
          Layer.points(domains.get(d).domain() + ", slope " + Numbers.significant(slope, 2), c, n)
              .ink(Ink.slot(d)));
    }
    if (layers.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Plot.of(COMPUTE, PlotAxis.log("compute-optimal size N_opt", "parameters"))
            .add(layers)
            .figure(
                "optimal-sizes",
                "The best size at every budget whose valley has a minimum inside the sizes tried, one"
                    + " colour a domain, with N_opt ~ C^beta."));
  }

  private static String capital(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
