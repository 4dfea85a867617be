package reprise.dsl.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.dsl.law.FitPlan;
import reprise.dsl.law.Laws;
import reprise.dsl.law.Samples;
import reprise.dsl.plan.TrainTask;
import reprise.dsl.result.LossCurve;
import reprise.dsl.result.RunCharts;
import reprise.dsl.result.RunOutcome.Finished;

@Tag("unit")
class LawChartsTest {
  private static List<Layer> layers(Figure figure) {
    return ((PaperChart) figure.chart()).plot().layers();
  }

  private static <L extends Layer> List<L> layers(Figure figure, Class<L> type) {
    return layers(figure).stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Test
  void trainingCurvesLieAtSixNTimesTokens() {
    var runs = Invented.runs();
    Figure figure = RunCharts.lossAgainstCompute(runs);
    Finished<TrainTask> last = runs.getLast();
    Layer.Line line = layers(figure, Layer.Line.class).getLast();
    assertThat(line.at().x(line.at().size() - 1)).isEqualTo(last.task().flops().count());
    assertThat(layers(figure, Layer.Line.class).stream().map(Layer::name).filter(n -> !n.isEmpty()))
        .containsExactly("7.17k", "26.6k", "102k", "401k");
    assertThat(layers(figure, Layer.Band.class)).hasSize(8);
    assertThat(figure.caption()).contains("24 runs of 4 sizes", "Bands span the seeds");
  }

  @Test
  void theFrontierIsTheLawsOwnAllocation() {
    var fit = Invented.smallFit();
    Figure figure = RunCharts.lossAgainstCompute(Invented.runs(), fit);
    Layer.Line frontier = layers(figure, Layer.Line.class).getLast();
    assertThat(frontier.name()).isEqualTo("compute-optimal, fitted");
    assertThat(frontier.at().y(7)).isEqualTo(fit.allocation(frontier.at().x(7)).loss().value());
  }

  @Test
  void runsWithoutCurvesAreRefused() {
    var run = Invented.runs().getFirst();
    var bare =
        new Finished<>(run.task(), 3, new LossCurve(new int[] {9}, new double[] {3}), 1, "d");
    assertThatThrownBy(() -> RunCharts.lossAgainstCompute(List.of(bare)))
        .hasMessageContaining("none of 1 finished runs has a loss curve of two points or more");
  }

  @Test
  void onlyInteriorMinimaAreMarked() {
    Figure figure = ValleyCharts.valleys(Invented.isoFlop());
    var marked =
        layers(figure, Layer.Points.class).stream()
            .filter(p -> p.mark() == Layer.Mark.DIAMOND)
            .toList();
    assertThat(marked).hasSize(4);
    assertThat(layers(figure, Layer.Line.class).stream().map(Layer.Line::dash))
        .containsExactly(
            Layer.Dash.SOLID,
            Layer.Dash.SOLID,
            Layer.Dash.SOLID,
            Layer.Dash.SOLID,
            Layer.Dash.DOTTED);
    assertThat(layers(figure, Layer.Points.class).getFirst().at().size()).isEqualTo(14);
    assertThat(figure.caption()).contains("1 budget whose minimum is not inside");
  }

  @Test
  void theBandOfTheExponentHoldsTheLawAndTheReferencePassesThroughItsCentre() {
    Figure figure =
        ValleyCharts.optimalSize(Invented.isoFlop(), new Known("Hoffmann et al. 2022", .5));
    Layer.Band band = layers(figure, Layer.Band.class).getFirst();
    Layer.Line law = layers(figure, Layer.Line.class).getLast();
    for (int i = 0; i < law.at().size(); i++) {
      assertThat(law.at().y(i)).isBetween(band.low().y(i), band.high().y(i));
    }
    Xy reference = layers(figure, Layer.Line.class).getFirst().at();
    double slope =
        Math.log(reference.y(39) / reference.y(0)) / Math.log(reference.x(39) / reference.x(0));
    assertThat(slope).isCloseTo(.5, org.assertj.core.data.Offset.offset(1e-9));
    assertThat(figure.caption()).contains("from 4 of 5 budgets");
  }

  @Test
  void residualsAreRelativeToThePrediction() {
    var fit = Invented.fit();
    var shaded = layers(LawCharts.residuals(fit), Layer.Shaded.class).getFirst();
    double n = fit.plan().points().column("N").value(17);
    double d = fit.plan().points().column("D").value(17);
    double loss = fit.plan().points().column("loss").value(17);
    double predicted = fit.plan().law().predict(fit.values(), n, d);
    assertThat(shaded.at().x(17)).isEqualTo(predicted);
    assertThat(shaded.at().y(17)).isEqualTo(100 * (loss / predicted - 1));
    assertThat(shaded.by()[17]).isEqualTo(n);
  }

  @Test
  void theHistogramHoldsEveryReplicate() {
    Figure figure = LawCharts.distribution(Invented.fit(), "a", new Known("paper", .452));
    var bars = layers(figure, Layer.Bars.class).getFirst();
    assertThat(java.util.Arrays.stream(bars.heights()).sum()).isEqualTo(1000);
    assertThat(layers(figure, Layer.Reference.class).stream().map(Layer::name))
        .containsExactly("estimate", "paper");
  }

  @Test
  void messagesNameWhatThereIs() {
    var fit = Invented.fit();
    assertThatThrownBy(() -> LawCharts.distribution(fit, "gamma"))
        .hasMessage(
            "chinchilla has no constant or derived quantity 'gamma'; it has [A, B, E, alpha, beta]"
                + " and [a, b, G]");
    assertThatThrownBy(() -> LawCharts.bootstrap(fit, "alpha", "x"))
        .hasMessageContaining("has no constant or derived quantity 'x'");
    var bare =
        new reprise.dsl.law.Fit(
            FitPlan.of(Laws.CHINCHILLA, fit.plan().points()),
            fit.constants(),
            1,
            fit.convergence(),
            List.of(),
            Samples.none());
    assertThatThrownBy(() -> LawCharts.bootstrap(bare, "alpha", "beta"))
        .hasMessage(
            "the fit of chinchilla has 0 bootstrap replicates; fit with bootstrap(1000, 42) to"
                + " draw their distribution");
  }
}
