package reprise.dsl.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class SizeCountTest {
  private static final Points POINTS =
      Points.of(
          Column.of("N", 100, 200),
          Column.of("D", 10, 20),
          Column.of("loss", 3, 2),
          Column.of("small", 60, 150),
          Column.of("exact", 7_200, 30_000));

  @Test
  void anotherColumnReplacesTheSizeAndNothingElse() {
    Points counted = new SizeCount.InColumn("non-embedding", "small").of(POINTS);
    assertThat(counted.column("N").values()).containsExactly(60, 150);
    assertThat(counted.column("D").values()).containsExactly(10, 20);
    assertThat(new SizeCount.AsGiven().of(POINTS)).isEqualTo(POINTS);
  }

  @Test
  void byComputeTheSizeIsThatWhoseSixNDIsTheCompute() {
    Points counted = new SizeCount.FromCompute("with attention", "exact").of(POINTS);
    assertThat(counted.column("N").values()).containsExactly(new double[] {120, 250}, within(1e-9));
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThatThrownBy(() -> new SizeCount.InColumn("matrix", "m").of(POINTS))
        .hasMessage(
            "counting rule 'matrix' needs the column m; the points have [N, D, loss, small, exact]");
    Points zero = POINTS.with(Column.of("small", 1, 0));
    assertThatThrownBy(() -> new SizeCount.InColumn("matrix", "small").of(zero))
        .hasMessage(
            "point 2, column small: 0.0 is not a positive number, as the counting rule 'matrix'"
                + " needs");
  }

  @Test
  void theThirdOfSizeTokensAndComputeFollows() {
    Points two = Points.of(Column.of("N", 100), Column.of("D", 10), Column.of("loss", 3));
    assertThat(two.withCompute().column("C").value(0)).isEqualTo(6000);
    Points flops = Points.of(Column.of("N", 100), Column.of("C", 6000), Column.of("loss", 3));
    assertThat(flops.withCompute().column("D").value(0)).isEqualTo(10);
    Points tokens = Points.of(Column.of("D", 10), Column.of("C", 6000), Column.of("loss", 3));
    assertThat(tokens.withCompute().column("N").value(0)).isEqualTo(100);
    assertThatThrownBy(() -> Points.of(Column.of("N", 100), Column.of("loss", 3)).withCompute())
        .hasMessage("compute C = 6 N D needs two columns of N, D and C; the points have [N, loss]");
  }
}
