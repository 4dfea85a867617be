package reprise.kernel.nuclear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static reprise.dsl.Reprise.decoder;
import static reprise.dsl.Reprise.gaussian;
import static reprise.dsl.Reprise.hiddenStates;
import static reprise.dsl.Reprise.markov;
import static reprise.dsl.Reprise.matrixNorms;
import static reprise.dsl.Reprise.order;
import static reprise.dsl.Reprise.product;
import static reprise.dsl.Reprise.symbols;
import static reprise.dsl.Reprise.tokens;
import static reprise.dsl.Reprise.widths;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.dsl.RunFailure;
import reprise.dsl.nuclear.MatrixNorms;
import reprise.dsl.nuclear.MatrixNormsResult;
import reprise.dsl.nuclear.NuclearMeasures;
import reprise.dsl.result.Measure;
import reprise.dsl.result.Reading;
import reprise.dsl.result.Readings;
import reprise.kernel.run.LocalEngine;
import reprise.kernel.store.RunStore;
import reprise.tensor.Backends;

@Tag("unit")
class NormsTest {
  private static final double TINY = 1e-12;

  @TempDir private Path folder;

  private MatrixNormsResult run(MatrixNorms norms) {
    var engine = new LocalEngine(Backends.best(), new RunStore(folder), 2);
    return norms.result(engine.run(norms.plan()));
  }

  private static double read(Norms norms, Measure measure) {
    return Readings.of(norms.read("")).value(measure);
  }

  /** [[3, 0], [4, 5]] has singular values sqrt(45) and sqrt(5). */
  @Test
  void measuresOfASmallMatrixByHand() {
    Norms x = new Norms(new double[] {3, 0, 4, 5}, 2, 2);
    assertThat(x.squaredSingularValues()).containsExactly(new double[] {5, 45}, within(TINY));
    assertThat(read(x, NuclearMeasures.NUCLEAR))
        .isCloseTo(Math.sqrt(45) + Math.sqrt(5), within(TINY));
    assertThat(x.columnLengths()).containsExactly(new double[] {5, 5}, within(TINY));
    assertThat(read(x, NuclearMeasures.SURROGATE)).isCloseTo(5, within(TINY));
    assertThat(read(x, NuclearMeasures.FROBENIUS)).isCloseTo(Math.sqrt(50), within(TINY));
    // l = 0.9 and 0.1 of ln 2
    assertThat(read(x, NuclearMeasures.ENTROPY))
        .isCloseTo(-(0.9 * Math.log(0.9) + 0.1 * Math.log(0.1)) / Math.log(2), within(TINY));
  }

  @Test
  void aWideMatrixCountsItsLargestColumnsOnly() {
    Norms x = new Norms(new double[] {1, 2, 3}, 1, 3);
    assertThat(x.largestColumns()).isEqualTo(3);
    assertThat(read(x, NuclearMeasures.ALL_COLUMNS)).isEqualTo(6);
    assertThat(read(x, NuclearMeasures.NUCLEAR)).isCloseTo(Math.sqrt(14), within(TINY));
  }

  @Test
  void normalisingCentresColumnsAndBringsRowsToLengthOne() {
    Norms x = new Norms(new double[] {1, 2, 3, 4, 8, 6}, 3, 2).normalised();
    // centred: (-3, -2), (-1, 0), (4, 2)
    double a = Math.sqrt(13);
    double b = Math.sqrt(20);
    assertThat(x.x())
        .containsExactly(new double[] {-3 / a, -2 / a, -1, 0, 4 / b, 2 / b}, within(TINY));
  }

  /** The numbers of an independent program: rank 4 to 256 at 512 rows of 256. */
  @Test
  void itIsNearlyBlindToRank() {
    MatrixNormsResult result = run(matrixNorms().of(product(512, 256, 4), product(512, 256, 256)));
    List<Double> nuclear = result.frame().doubleColumn("nuclear norm").asList();
    List<Double> surrogate = result.frame().doubleColumn("Matrix Nuclear-Norm").asList();
    List<Double> entropy = result.frame().doubleColumn("matrix entropy").asList();
    assertThat(nuclear.get(0)).isCloseTo(45, within(1.0));
    assertThat(nuclear.get(1)).isCloseTo(291, within(2.0));
    assertThat(entropy.get(0)).isCloseTo(0.249, within(0.003));
    assertThat(entropy.get(1)).isCloseTo(0.880, within(0.003));
    assertThat(surrogate.get(0)).isCloseTo(0.672, within(0.03));
    assertThat(surrogate.get(1)).isCloseTo(0.706, within(0.002));
    assertThat(result.sightOfRank(4, 256).value()).isBetween(0.0, 0.06);
    assertThat(result.sightOfRank(4, 256).how())
        .startsWith("from rank 4 to 256 the surrogate rises by ");
    assertThat(result.leastBound().value()).isGreaterThan(1);
    assertThat(result.largestOfFrobenius().value()).isBetween(0.7, 1.0);
    assertThat(result.charts()).hasSize(1);
    assertThatThrownBy(() -> result.speedup(1024))
        .isInstanceOf(RunFailure.class)
        .hasMessage("no such matrix was measured; the plan lists those that are");
  }

  /** 3 pi / 8: columns are sqrt(n) long, singular values follow the quarter circle. */
  @Test
  void onIndependentNumbersTheRatioIsThatOfRandomMatrixTheory() {
    MatrixNormsResult result = run(matrixNorms().of(gaussian(128)).seeds(2));
    assertThat(result.gaussianRatio().value()).isCloseTo(3 * Math.PI / 8, within(0.01));
    assertThat(result.speedup(128).value()).isPositive();
    assertThat(result.speedup(128).interval().orElseThrow().low()).isPositive();
  }

  @Test
  void hiddenStatesAreMeasuredAlongTraining() {
    MatrixNormsResult result =
        run(
            matrixNorms()
                .of(
                    hiddenStates(
                        decoder(widths(8)).layers(1).context(16),
                        markov(symbols(16), order(1)),
                        tokens(65_536))));
    assertThat(result.frame().stringColumn("at").asList())
        .containsExactly(
            "step 0", "step 2", "step 4", "step 8", "step 16", "step 32", "step 64", "step 128");
    // rows of length 1: |X|_F = sqrt(16 windows * 16 tokens)
    for (Reading reading :
        result
            .outcome()
            .finished(reprise.dsl.nuclear.HiddenStatesTask.class)
            .getFirst()
            .readings()
            .values()) {
      if (reading.measure().equals(NuclearMeasures.FROBENIUS)) {
        assertThat(reading.value()).isCloseTo(16, within(1e-9));
      }
    }
    assertThat(result.tracks(NuclearMeasures.NUCLEAR).value()).isBetween(-1.0, 1.0);
  }

  @Test
  void aRankThatCannotBeIsRefused() {
    assertThatThrownBy(() -> product(512, 256, 300))
        .hasMessage("rank must be between 1 and 256, got 300");
    assertThatThrownBy(() -> gaussian(0)).hasMessageContaining("size");
  }
}
