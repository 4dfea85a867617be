package reprise.dsl.data;

import reprise.dsl.unit.Checks;

/** Which columns of a table hold the points of a scaling law. */
public sealed interface Columns {
  /** The column of parameters N. */
  String params();

  /** The column of losses. */
  String loss();

  /**
   * A table with tokens.
   *
   * @param params column of N
   * @param tokens column of D
   * @param loss column of L
   */
  record WithTokens(String params, String tokens, String loss) implements Columns {
    public WithTokens {
      Checks.text("column of parameters", params);
      Checks.text("column of tokens", tokens);
      Checks.text("column of losses", loss);
    }
  }

  /**
   * A table with compute instead of tokens: {@code D = C / (6 N)}.
   *
   * @param params column of N
   * @param flops column of C
   * @param loss column of L
   */
  record WithFlops(String params, String flops, String loss) implements Columns {
    public WithFlops {
      Checks.text("column of parameters", params);
      Checks.text("column of compute", flops);
      Checks.text("column of losses", loss);
    }
  }
}
