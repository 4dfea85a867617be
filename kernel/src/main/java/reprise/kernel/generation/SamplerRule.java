package reprise.kernel.generation;

import reprise.dsl.generation.Decoding;
import reprise.tensor.model.Sampler;

/** A rule of the DSL as the rule of the operation that chooses tokens. */
public final class SamplerRule {
  private SamplerRule() {}

  /**
   * The operation's rule; of a blocked rule, the rule that it blocks.
   *
   * @param temperature divides the logits before the rule cuts
   * @param rate how fast Mirostat adapts
   */
  public static Sampler of(Decoding rule, double temperature, double rate) {
    return switch (rule) {
      case Decoding.Greedy _ -> new Sampler.Greedy();
      case Decoding.Temperature t -> new Sampler.Temperature(t.temperature() * temperature);
      case Decoding.TopK t -> new Sampler.TopK(t.k(), temperature);
      case Decoding.Nucleus n -> new Sampler.Nucleus(n.mass(), temperature);
      case Decoding.MinP m -> new Sampler.MinP(m.share(), temperature);
      case Decoding.TopH t -> new Sampler.TopH(t.alpha(), temperature);
      case Decoding.Mirostat m -> new Sampler.Mirostat(m.bits(), rate, temperature);
      case Decoding.Blocked b -> of(b.rule(), temperature, rate);
    };
  }
}
