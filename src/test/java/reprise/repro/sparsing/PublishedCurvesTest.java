package reprise.repro.sparsing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static reprise.dsl.Reprise.RELU;
import static reprise.dsl.Reprise.SILU;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.dsl.unit.Tokens;
import reprise.papers.sparsing.SparsingData;
import reprise.papers.sparsing.SparsingData.Curve;

/** The published curves at the points where they were computed by another program. */
@Tag("unit")
class PublishedCurvesTest {
  private static double at(Curve curve, long billions) {
    return 100 * curve.ratio(new Tokens(billions * 1_000_000_000L));
  }

  @Test
  void curvesHaveTheirKnownValues() {
    Curve relu = SparsingData.curves(RELU).getFirst();
    assertThat(relu.scale()).isEqualTo("0.1B");
    assertThat(at(relu, 10)).isCloseTo(7.88, within(.005));
    assertThat(at(relu, 100)).isCloseTo(6.74, within(.005));
    assertThat(at(relu, 300)).isCloseTo(6.47, within(.005));
    Curve silu = SparsingData.curves(SILU).getLast();
    assertThat(silu.scale()).isEqualTo("1.2B");
    assertThat(at(silu, 10)).isCloseTo(32.4, within(.05));
    assertThat(at(silu, 100)).isCloseTo(37.6, within(.05));
    assertThat(at(silu, 300)).isCloseTo(38.0, within(.05));
  }

  @Test
  void tableHasSixAndFiveCurvesWithTheirLimits() {
    assertThat(SparsingData.curves(RELU))
        .extracting(Curve::limit)
        .containsExactly(.0614, .0674, .069, .0721, .0782, .0648);
    assertThat(SparsingData.curves(SILU))
        .extracting(Curve::limit)
        .containsExactly(.409, .39, .385, .383, .382);
    assertThat(PublishedCurves.opposite().value()).isEqualTo(11);
    assertThat(PublishedCurves.sparse().value()).isCloseTo(.9352, within(1e-12));
    // numpy.polyfit(log10 N, A_0 / mean, 1)
    assertThat(PublishedCurves.slope(RELU).value()).isCloseTo(.0823616, within(1e-6));
    assertThat(PublishedCurves.slope(SILU).value()).isCloseTo(-.0639528, within(1e-6));
  }
}
