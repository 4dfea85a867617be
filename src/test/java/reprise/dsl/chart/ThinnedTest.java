package reprise.dsl.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ThinnedTest {
  private static Xy wave(int n) {
    double[] xs = IntStream.range(0, n).mapToDouble(i -> i).toArray();
    double[] ys = IntStream.range(0, n).mapToDouble(i -> Math.sin(i / 1000.)).toArray();
    return new Xy(xs, ys);
  }

  @Test
  void aShortSeriesStaysWhole() {
    assertThat(Thinned.indices(wave(2000), 2000)).hasSize(2000);
  }

  @Test
  void aLongSeriesKeepsEndsAndSpikes() {
    double[] ys = wave(1_000_000).ys();
    ys[123_457] = 50;
    ys[777_777] = -40;
    int[] kept = Thinned.indices(new Xy(wave(1_000_000).xs(), ys), 2000);
    assertThat(kept).hasSizeLessThanOrEqualTo(2000).hasSizeGreaterThan(1000).isSorted();
    assertThat(kept).contains(0, 123_457, 777_777, 999_999);
  }

  @Test
  void theSparseBeginningOnALogAxisStays() {
    double[] xs = IntStream.rangeClosed(1, 10_000).mapToDouble(i -> i).toArray();
    var axis = new Span(1, 10_000, true, 0, 600);
    int[] kept = Thinned.indices(new Xy(xs, xs), 200, axis);
    assertThat(kept).hasSizeLessThanOrEqualTo(200).contains(0, 1, 2, 3, 4, 5, 6, 7, 8, 9_999);
  }

  @Test
  void gapsDoNotHideExtremes() {
    double[] ys = wave(10_000).ys();
    Arrays.fill(ys, 5_000, 5_010, Double.NaN);
    ys[5_012] = 9;
    assertThat(Thinned.indices(new Xy(wave(10_000).xs(), ys), 400)).contains(5_012);
  }
}
