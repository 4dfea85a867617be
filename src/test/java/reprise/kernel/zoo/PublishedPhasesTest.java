package reprise.kernel.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static reprise.dsl.Reprise.YANG_2021;
import static reprise.dsl.Reprise.phases;
import static reprise.papers.Papers.YANG_CELLS;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.dsl.zoo.Phase;
import reprise.dsl.zoo.PhaseRow;
import reprise.dsl.zoo.PhaseTable;
import reprise.dsl.zoo.PhaseTableResult;
import reprise.dsl.zoo.ZooCell;
import reprise.kernel.data.Home;
import reprise.kernel.run.LocalEngine;
import reprise.kernel.store.RunStore;
import reprise.tensor.Backends;

/** The 210 cells of Yang et al. 2021, against numbers computed from the file elsewhere. */
@Tag("claim")
class PublishedPhasesTest {
  @TempDir Path folder;

  private PhaseTableResult run(PhaseTable experiment) {
    assumeTrue(
        Home.provided().isPresent(),
        "the published cells are not part of Reprise: set REPRISE_DATA to check them");
    return experiment.result(
        new LocalEngine(Backends.best(), new RunStore(folder), 1).run(experiment.plan()));
  }

  @Test
  void everyPhaseHasItsCellsAndItsAccuracy() {
    PhaseTableResult result = run(phases(YANG_2021).of(YANG_CELLS).from(2));
    List<PhaseRow> rows = result.map().rows();
    assertThat(result.map().classified()).isEqualTo(169);
    assertThat(rows.stream().map(PhaseRow::phase)).isEqualTo(Phase.ORDER);
    assertThat(rows.stream().map(PhaseRow::cells)).containsExactly(53, 28, 23, 39, 26);
    double[] mean = {74.8, 81.7, 82.0, 85.2, 88.3};
    double[] best = {84.8, 86.6, 86.1, 88.5, 89.9};
    double[] loss = {0.324, 0.179, 0.003, 0.002, 0.001};
    for (int i = 0; i < mean.length; i++) {
      assertThat(rows.get(i).meanTest()).isCloseTo(mean[i], within(0.05));
      assertThat(rows.get(i).bestTest()).isCloseTo(best[i], within(0.05));
      assertThat(rows.get(i).meanLoss()).isCloseTo(loss[i], within(0.0005));
    }
    ZooCell cell = result.map().best().orElseThrow();
    assertThat(cell.load()).isEqualTo(128);
    assertThat(cell.temperature()).isEqualTo(44);
    assertThat(cell.testAccuracy()).isCloseTo(89.91, within(0.005));
    assertThat(cell.landscape().similarity()).isCloseTo(0.755, within(0.0005));
    assertThat(cell.landscape().trace()).isCloseTo(33.5, within(0.05));
    assertThat(result.frame().rowCount()).isEqualTo(5);
    assertThat(result.cells().rowCount()).isEqualTo(13 * 15);
  }

  @Test
  void allCellsAreReadAndUnknownOnesHaveNoPhase() {
    PhaseTableResult all = run(phases(YANG_2021).of(YANG_CELLS));
    assertThat(all.map().cells()).hasSize(210);
    assertThat(all.map().cells().stream().filter(c -> c.testAccuracies().isEmpty())).hasSize(28);
    assertThat(all.map().cells().stream().filter(c -> c.testAccuracies().isEmpty()))
        .allMatch(c -> all.map().phase(c).isEmpty());
  }
}
