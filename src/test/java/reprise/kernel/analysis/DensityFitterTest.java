package reprise.kernel.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.dsl.density.Dated;
import reprise.dsl.density.DensityPlan;
import reprise.dsl.density.DensityTrend;
import reprise.dsl.density.Metric;
import reprise.dsl.density.ModelDensity;
import reprise.dsl.density.Records;
import reprise.dsl.density.Ruler;
import reprise.dsl.density.Scored;
import reprise.dsl.law.Column;
import reprise.dsl.law.Points;
import reprise.dsl.unit.Params;
import reprise.kernel.data.DataSets;
import reprise.kernel.data.Home;
import reprise.kernel.data.PointTable;
import reprise.papers.densing.DensingData;

@Tag("unit")
class DensityFitterTest {
  private static final LocalDate START = LocalDate.of(2023, 1, 1);
  private static final Metric METRIC = new Metric("quiz", 0.25);

  /** A ruler of logit S = -20 + ln N, and models of known density 2^(day / 100). */
  private static Points invented() {
    List<String> labels = new ArrayList<>(List.of("r1", "r2", "r3"));
    List<Double> billions = new ArrayList<>(List.of(1.0, 10.0, 100.0));
    List<Double> effective = new ArrayList<>(billions);
    for (int i = 0; i < 5; i++) {
      labels.add("m" + i);
      billions.add(2.0);
      effective.add(2 * Math.pow(2, i));
    }
    labels.add("dull");
    billions.add(2.0);
    effective.add(2.0);
    double[] scores =
        effective.stream().mapToDouble(n -> METRIC.score(-20 + 0.9 * Math.log(n * 1e9))).toArray();
    double[] sizes = billions.stream().mapToDouble(Double::doubleValue).toArray();
    return new Points(
        List.of(new Column(DensityPlan.BILLIONS, sizes), new Column("quiz", scores)), labels);
  }

  private static DensityPlan plan(List<Scored> own) {
    List<Dated> dates = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      dates.add(new Dated("m" + i, START.plusDays(100L * i)));
    }
    dates.add(new Dated("dull", START.plusDays(250)));
    return new DensityPlan(
        METRIC,
        new Ruler("r", List.of("r1", "r2", "r3")),
        Records.EVERY,
        0,
        START,
        dates,
        own,
        200,
        1);
  }

  @Test
  void aKnownTrendIsFound() {
    DensityTrend trend = DensityFitter.fit(plan(List.of()), invented());
    assertThat(trend.scale().slope()).isCloseTo(0.9, within(1e-9));
    assertThat(trend.doublingDays()).isCloseTo(100, within(1e-6));
    assertThat(trend.r2()).isCloseTo(1, within(1e-12));
    assertThat(trend.models()).hasSize(6);
    assertThat(trend.envelope())
        .extracting(ModelDensity::model)
        .containsExactly("m0", "m1", "m2", "m3", "m4");
    assertThat(trend.envelope().get(3).density()).isCloseTo(8, within(1e-6));
    assertThat(trend.slope().interval().low()).isCloseTo(Math.log(2) / 100, within(1e-9));
  }

  @Test
  void onesOwnModelIsPutOnTheChart() {
    Scored mine =
        new Scored(
            "mine", new Params(1e9), METRIC.score(-20 + 0.9 * Math.log(64e9)), START.plusDays(600));
    DensityTrend trend = DensityFitter.fit(plan(List.of(mine)), invented());
    assertThat(trend.envelope().getLast().model()).isEqualTo("mine");
    assertThat(trend.envelope().getLast().density()).isCloseTo(64, within(1e-6));
    assertThat(trend.at(600)).isCloseTo(64, within(1e-6));
  }

  @Test
  void whatCannotBeFittedIsSaid() {
    Points none = invented().where(i -> i > 0);
    assertThatThrownBy(() -> DensityFitter.fit(plan(List.of()), none))
        .hasMessage("ruler r: the scores have no model r1");
    Points few = invented().where(i -> i < 5);
    assertThatThrownBy(() -> DensityFitter.fit(plan(List.of()), few))
        .hasMessage("density by quiz: 2 records of 2 models; a trend needs three");
    Points flat = invented().with(new Column("quiz", new double[9]));
    assertThatThrownBy(() -> DensityFitter.fit(plan(List.of()), flat))
        .hasMessageStartingWith("ruler r: its quiz score must grow with size");
  }

  /** The figures that an independent program found on the same file. */
  @Test
  void thePublicScores() {
    assumeTrue(Home.provided().isPresent(), "set REPRISE_DATA to check the public scores");
    var located = DataSets.standard().find(DensingData.SCORES);
    Points points = PointTable.read(located.path(), located.form().columns());
    DensityPlan mmlu =
        new DensityPlan(
            Metric.MMLU,
            DensingData.LLAMA_1,
            Records.EVERY,
            0,
            LocalDate.of(2023, 2, 24),
            DensingData.RELEASES,
            List.of(),
            0,
            1);
    DensityTrend every = DensityFitter.fit(mmlu, points);
    assertThat(every.slope().value()).isCloseTo(0.007346, within(1e-6));
    assertThat(every.doublingDays()).isCloseTo(94.35, within(0.01));
    assertThat(every.r2()).isCloseTo(0.9094, within(1e-4));
    assertThat(every.slope().interval().known()).isFalse();
    DensityTrend daily = DensityFitter.fit(mmlu.records(Records.ONE_A_DAY), points);
    assertThat(daily.doublingDays()).isCloseTo(101.78, within(0.01));
    assertThat(daily.envelope()).hasSize(7);
    DensityPlan hella = mmlu.metric(Metric.HELLASWAG).records(Records.ONE_A_DAY);
    assertThat(DensityFitter.fit(hella, points).doublingDays()).isCloseTo(289.5, within(0.1));
    assertThat(DensityFitter.fit(mmlu.ruler(DensingData.LLAMA_2), points).doublingDays())
        .isCloseTo(96.36, within(0.01));
  }
}
