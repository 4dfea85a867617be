package reprise.dsl.domain;

import java.util.List;
import reprise.dsl.data.Corpus;
import reprise.dsl.model.DecoderFamily;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Flops;

/**
 * A comparison of domains that still needs its compute: continue with {@link #budgets}.
 *
 * @param domains what is modelled
 * @param family the models
 */
public record NeedsDomainBudgets(List<Corpus> domains, DecoderFamily family) {
  public NeedsDomainBudgets {
    domains = List.copyOf(domains);
    Checks.present("models", family);
  }

  /**
   * Every model at every compute budget on every domain, {@code D = C / (6 N)}.
   *
   * @throws IllegalArgumentException for fewer than five budgets: the frontier is fitted by three
   *     constants, and the largest budget is held out once
   */
  public DomainScaling budgets(Flops... budgets) {
    return DomainScaling.of(domains, family, List.of(budgets));
  }
}
