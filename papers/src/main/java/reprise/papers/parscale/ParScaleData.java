package reprise.papers.parscale;

import java.net.URI;
import java.util.List;
import reprise.dsl.data.Columns;
import reprise.dsl.data.DataSet;

/** The losses behind the parametric fit: 6 sizes by P in {1, 2, 4, 8}, 42 B tokens each. */
public final class ParScaleData {
  private static final URI ORIGIN =
      URI.create(
          "https://raw.githubusercontent.com/QwenLM/ParScale/"
              + "cd6acb48ba6d3b1f9715785ff0d212751210177d/parametric_fit.py");

  private static final String CITATION =
      "Chen et al. 2025, the lists of their script for the parametric fit";

  private static final String LICENCE =
      "no licence file at the origin; the numbers stand in the paper's tables, for use on your own"
          + " machine";

  /** Training losses on Stack-V2 Python. N counts no embeddings, but what ParScale adds. */
  public static final DataSet STACK = losses("parscale_stack", "stack_loss", "stack_v2_python");

  /** Training losses on the Pile, counted alike. */
  public static final DataSet PILE = losses("parscale_pile", "pile_loss", "pile");

  private ParScaleData() {}

  private static DataSet losses(String id, String list, String corpus) {
    return new DataSet(
        id,
        CITATION,
        LICENCE,
        ORIGIN,
        List.of(
            new DataSet.Form(
                "parametric_fit.py",
                3_537,
                "48dd25731179e0e8f6f7d320a3d42e69f9721190c5a9a48cf30a73f1e72151d6",
                Columns.lists("N=params", "P=p", "loss=" + list)),
            new DataSet.Form(
                "parscale_losses.csv",
                1_963,
                "fc0f1d381747282cafbee91fea9ad6ba80ca51145c7bb02ef975c76434c985f7",
                Columns.named("N=N_nonembed", "P", "loss").where("corpus", corpus))));
  }
}
