package reprise.papers.densing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import reprise.dsl.data.Columns;
import reprise.dsl.data.DataSet;
import reprise.dsl.density.Dated;
import reprise.dsl.density.DensityPlan;
import reprise.dsl.density.Ruler;

/** Scores, dates and reference families; the paper's own table of reference models. */
public final class DensingData {
  private static final String LEAKED = "huggyllama/llama-";
  private static final String SECOND = "meta-llama/Llama-2-";

  /**
   * Standard benchmarks of 148 base models (Ruan, Maddison, Hashimoto 2024). The paper's own
   * reference models and scores are not public in print.
   */
  public static final DataSet SCORES =
      new DataSet(
          "obsscaling",
          "Ruan et al. 2024, Observational Scaling Laws",
          "Apache-2.0",
          URI.create(
              "https://raw.githubusercontent.com/ryoungj/ObsScaling/"
                  + "4d6e1e43fd2635d04654aa77d1df9d5266ea0382/"
                  + "eval_results/base_llm_benchmark_eval.csv"),
          List.of(
              new DataSet.Form(
                  "base_llm_benchmark_eval.csv",
                  28_155,
                  "511996815735a4c46251dc585dcc525e370d148201f86561e6f927f9df2d0db8",
                  Columns.sheet(
                      "Model",
                      DensityPlan.BILLIONS + "=Model Size (B)",
                      "MMLU",
                      "ARC-C",
                      "HellaSwag",
                      "GSM8K"))));

  /** Announcement days of the dense models among them, ours. */
  public static final List<Dated> RELEASES = releases();

  /** Four sizes, February 2023. */
  public static final Ruler LLAMA_1 =
      new Ruler("Llama-1", List.of(LEAKED + "7b", LEAKED + "13b", LEAKED + "30b", LEAKED + "65b"));

  /** Three sizes, July 2023. */
  public static final Ruler LLAMA_2 =
      new Ruler("Llama-2", List.of(SECOND + "7b-hf", SECOND + "13b-hf", SECOND + "70b-hf"));

  /**
   * A reference model (table 1).
   *
   * @param params as printed
   * @param layers L
   * @param width d
   * @param hidden d_ffn
   * @param keyValueHeads n_kv, of 64
   */
  public record Reference(long params, int layers, int width, int hidden, int keyValueHeads) {
    /** {@code L (2 d^2 + 2 d 64 n_kv + 3 d d_ffn) + (2 L + 1) d}: no embeddings, no biases. */
    public long counted() {
      long d = width;
      return layers * (2 * d * d + 2 * d * 64 * keyValueHeads + 3 * d * hidden)
          + (2L * layers + 1) * d;
    }
  }

  /** Table 1. */
  public static final List<Reference> REFERENCES =
      List.of(
          new Reference(5_247_232, 8, 256, 640, 1),
          new Reference(31_470_080, 12, 512, 1280, 2),
          new Reference(106_196_736, 18, 768, 1920, 3),
          new Reference(245_416_960, 24, 1024, 2560, 2),
          new Reference(476_852_480, 30, 1280, 3200, 2),
          new Reference(828_225_024, 36, 1536, 3840, 3));

  private DensingData() {}

  private static List<Dated> releases() {
    try (var in = DensingData.class.getResourceAsStream("releases.tsv");
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .map(cells -> new Dated(cells[0], LocalDate.parse(cells[1])))
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException("releases.tsv", failure);
    }
  }
}
