package reprise.dsl.law;

import java.util.Optional;

/**
 * The parabola of one compute budget: loss = c0 + c1 x + c2 x^2 with x = ln(N/N_best).
 *
 * @param flops the budget C
 * @param sizes number of distinct model sizes that the parabola was fitted to
 * @param bestParams N_best, the measured size of least loss, where x = 0
 * @param c0 loss at N_best
 * @param c1 slope at N_best
 * @param c2 curvature; a valley has c2 &gt; 0
 * @param params N_opt = N_best exp(-c1/(2 c2))
 * @param tokens D_opt, interpolated between the measured D in log-log
 * @param loss at N_opt
 * @param interior whether c2 &gt; 0 and N_opt lies strictly inside the measured sizes, with the
 *     least measured loss at neither end
 * @param curve the valley where it was interpolated; c0, c1 and c2 then describe its lowest part
 */
public record Valley(
    double flops,
    int sizes,
    double bestParams,
    double c0,
    double c1,
    double c2,
    double params,
    double tokens,
    double loss,
    boolean interior,
    Optional<Curve> curve) {
  /**
   * An interpolated valley.
   *
   * @param sizes increasing
   * @param losses one a size
   */
  public record Curve(Column sizes, Column losses) {
    /** Linear in log N between neighbours; at the ends beyond them. */
    public double at(double n) {
      int last = sizes.size() - 1;
      int i = 0;
      while (i < last - 1 && sizes.value(i + 1) < n) {
        i++;
      }
      double gap = Math.log(sizes.value(i + 1) / sizes.value(i));
      double part = Math.clamp(Math.log(n / sizes.value(i)) / gap, 0.0, 1.0);
      return losses.value(i) * (1 - part) + losses.value(i + 1) * part;
    }
  }

  /** A parabola. */
  public Valley(
      double flops,
      int sizes,
      double bestParams,
      double c0,
      double c1,
      double c2,
      double params,
      double tokens,
      double loss,
      boolean interior) {
    this(flops, sizes, bestParams, c0, c1, c2, params, tokens, loss, interior, Optional.empty());
  }

  /** The valley at N: the parabola, or the curve where there is one. */
  public double lossAt(double n) {
    if (curve.isPresent()) {
      return curve.get().at(n);
    }
    double x = Math.log(n / bestParams);
    return c0 + c1 * x + c2 * x * x;
  }
}
