package reprise.dsl.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static reprise.dsl.Reprise.acrossDomains;
import static reprise.dsl.Reprise.arithmetic;
import static reprise.dsl.Reprise.decoder;
import static reprise.dsl.Reprise.domainTable;
import static reprise.dsl.Reprise.flops;
import static reprise.dsl.Reprise.pictures;
import static reprise.dsl.Reprise.widths;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.dsl.data.PointsSource;
import reprise.dsl.law.Column;
import reprise.dsl.law.Points;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.Finding;
import reprise.dsl.result.Outcome;

/** Plans over domains, and what a printed table says. */
@Tag("plan")
class DomainsTest {
  @Test
  void everyModelMeetsEveryBudgetOnEveryDomain() {
    DomainScaling experiment =
        acrossDomains(pictures(), arithmetic())
            .models(decoder(widths(4, 6, 8)).context(64))
            .budgets(flops(1e8), flops(2e8), flops(4e8), flops(8e8), flops(1.6e9))
            .seeds(2);
    Plan plan = experiment.plan();
    assertThat(plan.runs()).hasSize(2 * 3 * 5 * 2);
    assertThat(plan.runs().getFirst().id()).isEqualTo("pictures-d4-C1e8-s1");
    assertThat(plan.analyses()).hasSize(8);
    assertThat(plan.text())
        .contains(
            "compare chinchilla, kaplan on the runs on arithmetic below 100, answers scored (seed 1),"
                + " Huber, delta 0.001, log loss, held out C > 8.008e8")
        .contains(
            "fit L = E + A/C^alpha to the best cell of every budget on 8x8 grey pictures, 16 levels"
                + " (seed 1)");
    // 6 N D is the budget to half a step of 256 tokens
    plan.runs(reprise.dsl.plan.TrainTask.class)
        .forEach(task ->
            assertThat(task.flops().count())
                .isCloseTo(
                    task.budget().orElseThrow().count(), within(6 * task.params().count() * 128)));
  }

  @Test
  void whatCannotBeTrainedIsRefused() {
    assertThatThrownBy(() -> acrossDomains(pictures(), pictures()))
        .hasMessage(
            "acrossDomains: give each domain once, such as characters(PRIDE_AND_PREJUDICE),"
                + " pictures(), arithmetic(); got [pictures, pictures]");
    NeedsDomainBudgets models = acrossDomains(pictures()).models(decoder(widths(4, 8)).context(64));
    assertThatThrownBy(() -> models.budgets(flops(1e8), flops(2e8)))
        .hasMessage(
            "budgets: a power law with a constant has three constants and one budget is held out, so"
                + " give at least five, got 2");
    assertThatThrownBy(
            acrossDomains(pictures())
                    .models(decoder(widths(4, 8)).context(64))
                    .budgets(flops(1e8), flops(2e8), flops(4e8), flops(8e8), flops(1.6e9))
                ::plan)
        .hasMessageContaining(
            "pictures-valleys: expected at least 3 model sizes at 1e8 FLOP for a parabola, got 2");
    DomainScaling narrow =
        acrossDomains(pictures())
            .models(decoder(widths(4)).context(32))
            .budgets(flops(1e8), flops(2e8), flops(4e8), flops(8e8), flops(1.6e9));
    assertThatThrownBy(narrow::plan)
        .hasMessageContaining(
            "pictures-d4-C1e8-s1: expected a context of 64, the window of 8x8 grey pictures, 16"
                + " levels (seed 1), got 32");
  }

  @Test
  void aTableIsJudgedByItself() {
    PointsSource.Printed table =
        new PointsSource.Printed(
            "a table",
            new Points(
                List.of(
                    Column.of("E_N", 2, 1, Double.NaN),
                    Column.of("alpha_N", .2, .1, .05),
                    Column.of("E_C", 2.02, .8, Double.NaN),
                    Column.of("alpha_C", .14, .05, Double.NaN),
                    Column.of("beta", .7, .5, Double.NaN)),
                List.of("pixels 8x8", "video", "text")));
    DomainTable experiment = domainTable(table);
    Plan plan = experiment.plan();
    DomainTableResult result =
        experiment.result(
            new Outcome(
                plan,
                List.of(),
                List.of(new Finding.Table("table", table.points())),
                List.of(),
                null));
    assertThat(plan.text()).contains("do the constants of a table (3 rows) agree");
    assertThat(result.slopesFrom(0.7).value()).isCloseTo(0.2, within(1e-12));
    assertThat(result.slopesFrom(0.7).how())
        .isEqualTo("largest of 2 domains, at video: beta = 0.5");
    assertThat(result.floorsApart("").value()).isCloseTo(0.2, within(1e-12));
    assertThat(result.floorsApart("pixels").value()).isCloseTo(0.01, within(1e-12));
    // .14 / (.2 .7) = 1 and .05 / (.1 .5) = 1
    assertThat(result.exponentsApart().value()).isCloseTo(0, within(1e-12));
    // (.3/.7 + 1) / 2
    assertThat(result.meanPowerOfData().value()).isCloseTo(5.0 / 7, within(1e-12));
    assertThat(result.frame().rowCount()).isEqualTo(3);
    assertThat(result.toString()).isEqualTo("2 domains, beta from 0.50 to 0.70");
    assertThatThrownBy(() -> result.floorsApart("audio"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no row of a table (3 rows) has E_N");
  }
}
