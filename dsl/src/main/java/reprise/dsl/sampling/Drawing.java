package reprise.dsl.sampling;

import reprise.dsl.generation.Decoding;
import reprise.dsl.unit.Checks;

/**
 * A rule of decoding, and for Mirostat which of its two forms.
 *
 * @param rule of decoding
 * @param estimating the first form: it estimates the exponent of a Zipf law from the hundred most
 *     probable tokens and draws from the k most probable, k from that law; otherwise the second,
 *     which compares surprises with the bound
 */
public record Drawing(Decoding rule, boolean estimating) {
  public Drawing {
    Checks.present("rule", rule);
    if (estimating && !(rule instanceof Decoding.Mirostat)) {
      throw new IllegalArgumentException("only mirostat estimates, got " + rule.label());
    }
  }

  /** For plans, frames and charts. */
  public String label() {
    return rule.label() + (estimating ? ", estimating" : "");
  }

  /** Letters, digits and dots: part of a run's name. */
  String slug() {
    return label().replaceAll("[^A-Za-z0-9.]+", "-");
  }
}
