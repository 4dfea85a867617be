package reprise.kernel.int8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static reprise.dsl.Reprise.int8Product;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.dsl.int8.ProductResult;
import reprise.dsl.int8.ProductStudy;
import reprise.dsl.int8.Scheme;
import reprise.kernel.run.LocalEngine;
import reprise.kernel.store.RunStore;
import reprise.tensor.Backends;

@Tag("unit")
class ProductsTest {
  @Test
  void aSmallProductByHand() {
    double[][] x = {{1, 0.5}};
    double[][] w = {{2}, {-1}};
    // levels 127, round(63.5) = 64 (to even); 127, round(-63.5) = -64; scales 1 and 2
    double expected = (127.0 * 127 - 64.0 * 64) * 2 / (127.0 * 127);
    assertThat(ProductTrainer.product(Scheme.VECTOR_WISE, x, w)[0][0])
        .isCloseTo(expected, within(1e-12));
    assertThat(Products.exact(x, w, new boolean[] {true, true})[0][0]).isEqualTo(1.5);
  }

  /** An outlier column of a power of two is exact in 16 bits, and the rest keeps its own scale. */
  @Test
  void theDecompositionTakesOutliersOut() {
    double[][] x = {{64, 1}, {64, -1}};
    double[][] w = {{0.5, 0.25}, {1, 1}};
    double[][] c = ProductTrainer.product(Scheme.DECOMPOSED, x, w);
    assertThat(c[0][0]).isCloseTo(33, within(1e-9));
    assertThat(c[1][1]).isCloseTo(15, within(1e-9));
    // with one scale a row, 1 is two of 127 levels of 64: 63/64 of a unit is lost or won
    double[][] vector = ProductTrainer.product(Scheme.VECTOR_WISE, x, w);
    assertThat(Math.abs(vector[0][0] - 33)).isGreaterThan(1e-3);
  }

  @Test
  void theStudyFindsWhatAnIndependentProgramFound(@TempDir Path folder) {
    ProductStudy study = int8Product(128, 256).outliers(7, 0.0, 20.0).seeds(2);
    LocalEngine engine = new LocalEngine(Backends.reference(), new RunStore(folder), 2);
    ProductResult result = study.result(engine.run(study.plan()));
    // 0.0109 at width 768 and .0547 with outliers of 20
    assertThat(result.error(Scheme.VECTOR_WISE, 0).value()).isBetween(0.008, 0.014);
    assertThat(result.growth(Scheme.VECTOR_WISE, 20).value()).isGreaterThan(3);
    assertThat(result.mostGrowth(Scheme.DECOMPOSED).value()).isBetween(0.95, 1.05);
    assertThat(result.ratio(Scheme.ABSMAX, Scheme.VECTOR_WISE, 0).value()).isGreaterThan(1);
    assertThat(result.share(20).value()).isCloseTo(249.0 / 256, within(1e-12));
    assertThat(result.toString()).startsWith("errors at magnitude 20: absmax 0.");
    assertThat(result.charts()).hasSize(1);
  }

  @Test
  void anImpossibleProductIsRefused() {
    assertThatThrownBy(() -> int8Product(0, 4).outliers(4, -1.0).plan())
        .hasMessageContaining("expected at least 1 row and 2 columns, got 0 and 4")
        .hasMessageContaining("expected 0 to 3 outliers, got 4")
        .hasMessageContaining("expected a magnitude of 0 or more, got -1");
  }
}
