package reprise.dsl.domain;

import java.util.List;
import reprise.dsl.data.Corpus;
import reprise.dsl.model.DecoderFamily;

/**
 * A comparison of domains that still needs its models: continue with {@link #models}.
 *
 * @param domains what is modelled, each once
 */
public record NeedsDomainModels(List<Corpus> domains) {
  public NeedsDomainModels {
    domains = List.copyOf(domains);
    if (domains.stream().map(Corpus::domain).distinct().count() != domains.size()
        || domains.isEmpty()) {
      throw new IllegalArgumentException(
          "acrossDomains: give each domain once, such as characters(PRIDE_AND_PREJUDICE),"
              + " pictures(), arithmetic(); got "
              + domains.stream().map(Corpus::domain).toList());
    }
  }

  /** The models to train on every domain, one a width. */
  public NeedsDomainBudgets models(DecoderFamily family) {
    return new NeedsDomainBudgets(domains, family);
  }
}
