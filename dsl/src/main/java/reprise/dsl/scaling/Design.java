package reprise.dsl.scaling;

import java.util.List;
import reprise.dsl.unit.Flops;
import reprise.dsl.unit.Tokens;

/** How long each model is trained. */
public sealed interface Design {
  /** One phrase for a plan's title. */
  String label();

  /**
   * Every model at every compute budget.
   *
   * @param budgets C in FLOP
   */
  record IsoFlop(List<Flops> budgets) implements Design {
    public IsoFlop {
      budgets = budgets.stream().sorted().distinct().toList();
      if (budgets.isEmpty()) {
        throw new IllegalArgumentException(
            "budgets: give at least one, such as budgets(flops(1e10), flops(1e11))");
      }
    }

    @Override
    public String label() {
      return budgets.size() + " compute budgets";
    }
  }

  /**
   * Every model at every number of tokens.
   *
   * @param tokens D
   */
  record Grid(List<Tokens> tokens) implements Design {
    public Grid {
      tokens = tokens.stream().sorted().distinct().toList();
      if (tokens.isEmpty()) {
        throw new IllegalArgumentException(
            "tokens: give at least one, such as tokens(tokens(65_536), tokens(131_072))");
      }
    }

    @Override
    public String label() {
      return tokens.size() + " token counts";
    }
  }
}
