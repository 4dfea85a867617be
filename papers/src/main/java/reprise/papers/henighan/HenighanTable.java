package reprise.papers.henighan;

import java.util.List;
import reprise.dsl.data.PointsSource;
import reprise.dsl.law.Column;
import reprise.dsl.law.Points;

/**
 * Table 1 of Henighan et al. 2020: {@code L(N) = E_N + (N_0/N)^alpha_N}, {@code L(C) = E_C +
 * (C_0/C)^alpha_C}, {@code N_opt = (C/C_1)^beta}. Losses in nats per token, C in petaflop-days, N
 * without embeddings. NaN where nothing is printed; a pure power law has no E. The row {@code
 * image-to-text, image} carries the {@code N_opt} that stands between two rows.
 */
public final class HenighanTable {
  private static final double NONE = Double.NaN;

  /** The table. */
  public static final PointsSource.Printed TABLE_1 =
      new PointsSource.Printed(
          "Henighan et al. 2020, table 1",
          new Points(
              List.of(
                  Column.of(
                      "E_N", NONE, 3.12, 2.64, 2.2, 3.99, 3.07, NONE, 2.0, NONE, 2.0, 1.01, 0.28),
                  Column.of(
                      "alpha_N", .07, .24, .22, .13, .13, .14, .037, .16, .039, .15, .24, .16),
                  Column.of(
                      "E_C", NONE, 3.13, 2.64, 2.21, 4.09, 3.17, NONE, 1.93, NONE, 1.97, .95, .14),
                  Column.of(
                      "alpha_C", .048, .19, .16, .1, .11, .12, NONE, .15, NONE, .16, .14, .17),
                  Column.of("beta", .73, .64, .75, .65, .64, .7, NONE, .7, NONE, .72, .71, .69)),
              List.of(
                  "language",
                  "pixels 8x8",
                  "pixels 16x16",
                  "pixels 32x32",
                  "image codes 16x16",
                  "image codes 32x32",
                  "text-to-image, text",
                  "text-to-image, image",
                  "image-to-text, text",
                  "image-to-text, image",
                  "video codes",
                  "mathematics, extrapolating")));

  private HenighanTable() {}
}
