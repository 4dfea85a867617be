package reprise.kernel.analysis;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import reprise.dsl.law.FitWarning;
import reprise.dsl.law.Law;

/**
 * Whether other starts ended at other constants with nearly the same objective. Muennighoff et al.
 * 2023 published such an end: their R_D* = 15.4 lies .14 % above a lower one at 95.
 */
final class LocalOptima {
  private static final double NEAR = .01;
  private static final double OTHER = .1;

  private LocalOptima() {}

  static List<FitWarning> among(Law law, Minimum[] ends, int best) {
    double least = ends[best].value();
    double[] constants = law.constants(ends[best].x());
    int count = 0;
    Minimum nearest = null;
    for (Minimum end : ends) {
      boolean settled = end.stop() == Minimum.Stop.GRADIENT || end.stop() == Minimum.Stop.DECREASE;
      if (settled
          && end.value() > least * (1 + 1e-6)
          && end.value() <= least * (1 + NEAR)
          && differ(constants, law.constants(end.x()))) {
        count++;
        nearest = nearest == null || end.value() < nearest.value() ? end : nearest;
      }
    }
    if (nearest == null) {
      return List.of();
    }
    double[] other = law.constants(nearest.x());
    String text =
        IntStream.range(0, other.length)
            .mapToObj(
                j -> String.format(Locale.ROOT, "%s = %.4g", law.constantNames().get(j), other[j]))
            .collect(Collectors.joining(", "));
    return List.of(new FitWarning.LocalOptima(count, nearest.value() / least - 1, text));
  }

  private static boolean differ(double[] a, double[] b) {
    for (int j = 0; j < a.length; j++) {
      if (Math.abs(a[j] - b[j]) > OTHER * Math.max(Math.abs(a[j]), Math.abs(b[j]))) {
        return true;
      }
    }
    return false;
  }
}
