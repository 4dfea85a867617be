package reprise.papers.chinchilla;

import java.net.URI;
import java.util.List;
import reprise.dsl.data.Columns;
import reprise.dsl.data.DataSet;
import reprise.dsl.unit.Flops;

/** Published numbers: where they stand and how they were read off. */
public final class ChinchillaData {
  /** Epoch AI's repository at the commit that the registry pins. */
  private static final String REPOSITORY =
      "https://raw.githubusercontent.com/epoch-research/analyzing-chinchilla/"
          + "92258837425e1b5f2851d624287f0120583a3d0e/";

  /**
   * 245 points that Besiroglu et al. reconstructed from the SVG of figure 4 of Hoffmann et al.
   * 2022. Facts read off a figure; the repository states no licence, so Reprise never copies them.
   */
  public static final DataSet EPOCH_POINTS =
      new DataSet(
          "chinchilla_epoch_points",
          "Besiroglu et al. 2024, read off figure 4 of Hoffmann et al. 2022",
          "no licence file at the origin; measured facts, for use on your own machine",
          URI.create(REPOSITORY + "data/svg_extracted_data.csv"),
          List.of(
              new DataSet.Form(
                  "svg_extracted_data.csv",
                  23_224,
                  "193478df4e90f040016431996c45682659306840ecdadf83cfb9cd5ca0aa1b30",
                  new Columns.WithFlops("Model Size", "Training FLOP", "loss")),
              new DataSet.Form(
                  "chinchilla_epoch_points.csv",
                  19_797,
                  "e691e3fde909f01546816dceed2d3cf4eeb64edfe7381b2b41fceedffc2abcba",
                  new Columns.WithTokens("N_params", "D_tokens", "loss"))));

  /** Besiroglu et al. drop the five highest losses, which leaves 240 points. */
  public static final int DROPPED = 5;

  /** Threshold of the Huber loss on log loss (Hoffmann et al. 2022, section D.2). */
  public static final double DELTA = 1e-3;

  /**
   * A, B, E, alpha, beta of Hoffmann et al. as the sources of their arXiv version print them,
   * before rounding: exp(6.0073404), exp(6.0179186), exp(0.5267228), .33917084, .2849083.
   */
  public static final List<Double> HOFFMANN_CONSTANTS =
      List.of(Math.exp(6.0073404), Math.exp(6.0179186), Math.exp(0.5267228), 0.33917084, 0.2849083);

  /** Standard errors of A, B, E, alpha, beta (Besiroglu et al. 2024, table 1 and notebook). */
  public static final List<Double> REPLICATION_ERRORS =
      List.of(124.52, 1293.28, 0.02566, 0.01540, 0.02060);

  /** Gopher's training compute (Hoffmann et al. 2022, section 3.4). */
  public static final Flops GOPHER_BUDGET = new Flops(5.76e23);

  private ChinchillaData() {}
}
