package reprise.dsl.law;

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
    boolean interior) {

  /** The parabola at N. */
  public double lossAt(double n) {
    double x = Math.log(n / bestParams);
    return c0 + c1 * x + c2 * x * x;
  }
}
