package reprise.papers.infocapacity;

import java.net.URI;
import java.util.List;
import reprise.dsl.compression.DecodingCost;
import reprise.dsl.data.Columns;
import reprise.dsl.data.DataSet;

/** Published capacities and where they stand. The origin states no licence: nothing is copied. */
public final class CapacityData {
  private static final String LICENCE =
      "no licence file at the origin; measured facts, for use on your own machine";

  // whole repository at the pinned commit; the tables below hold what was read off it
  private static final URI REPOSITORY =
      URI.create("https://github.com/TeleAI-AI-Flow/InformationCapacity/archive/0aa7168.tar.gz");

  /**
   * Seven models with everything that enters the formula: the visible top of the released table.
   */
  public static final DataSet ROWS =
      new DataSet(
          "info_capacity_exact_rows",
          "Yuan et al. 2025, released result table (finalData/filtered.csv of their demo), mixed text",
          LICENCE,
          REPOSITORY,
          List.of(
              new DataSet.Form(
                  "info_capacity_exact_rows.csv",
                  1_700,
                  "48a83b6f7582eb05f0bce71c45ede1e45980969e5b48187ce4364cd15312ba1d",
                  Columns.sheet(
                      "model",
                      "text=text_bits_per_token",
                      "loss=nll_bits_per_token",
                      "flops=flops_per_token",
                      "ic"))));

  /** Thirty-nine models by series, digitised; within 0.0001 of the seven rows. */
  public static final DataSet FIGURE =
      new DataSet(
          "info_capacity_fig_mixed",
          "Yuan et al. 2025, assets/ic_mixed.png, digitised",
          LICENCE,
          REPOSITORY,
          List.of(
              new DataSet.Form(
                  "info_capacity_fig_mixed.csv",
                  1_993,
                  "41e960234e6513156677bd5c0f9a09d1e4706382d2ca1867da72b8b105b2b1e8",
                  Columns.sheet("series", "flops=flops_per_token", "ic"))));

  /** The third and the fourth of Llama 3 in the figure's order of compute: 8 B and 70 B. */
  public static final List<Integer> LLAMA_3_PLACES = List.of(2, 3);

  /** Llama 3 of 8 B and 70 B (Dubey et al. 2024, arXiv 2407.21783, table 3), eight key heads. */
  public static final List<DecodingCost> LLAMA_3 =
      List.of(
          new DecodingCost(32, 4096, 1024, 14_336, 3, 128_000),
          new DecodingCost(80, 8192, 1024, 28_672, 3, 128_000));

  private CapacityData() {}
}
