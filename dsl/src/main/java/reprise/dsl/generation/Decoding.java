package reprise.dsl.generation;

import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Numbers;

/**
 * How the next token is chosen from a model's distribution p. All rules but {@link Greedy} and
 * {@link Blocked} draw from what they keep of p, renormalised.
 */
public sealed interface Decoding {
  /** One phrase for plans, frames and charts; names the rule and its number. */
  String label();

  /** The most probable token. */
  record Greedy() implements Decoding {
    @Override
    public String label() {
      return "greedy";
    }
  }

  /**
   * All tokens, with logits divided by a temperature.
   *
   * @param temperature positive; 1 draws from p itself
   */
  record Temperature(double temperature) implements Decoding {
    public Temperature {
      Checks.positive("temperature", temperature, "the softmax");
    }

    @Override
    public String label() {
      return "temperature " + Numbers.plain(temperature);
    }
  }

  /**
   * The k most probable tokens (Fan et al. 2018, arXiv 1805.04833).
   *
   * @param k tokens kept
   */
  record TopK(int k) implements Decoding {
    public TopK {
      Checks.positive("k of top-k", k, "tokens");
    }

    @Override
    public String label() {
      return "top-k " + k;
    }
  }

  /**
   * The fewest most probable tokens whose mass reaches p (Holtzman et al. 2020, arXiv 1904.09751).
   *
   * @param mass in (0, 1]
   */
  record Nucleus(double mass) implements Decoding {
    public Nucleus {
      checkShare("nucleus mass", mass);
    }

    @Override
    public String label() {
      return "nucleus " + Numbers.plain(mass);
    }
  }

  /**
   * Tokens with at least this share of the largest probability (Nguyen et al. 2024, arXiv
   * 2407.01082).
   *
   * @param share in (0, 1]
   */
  record MinP(double share) implements Decoding {
    public MinP {
      checkShare("min-p", share);
    }

    @Override
    public String label() {
      return "min-p " + Numbers.plain(share);
    }
  }

  /**
   * The most probable tokens in order while the entropy of their renormalised distribution stays
   * within alpha times the entropy of the whole (Top-H, arXiv 2509.02510).
   *
   * @param alpha positive
   */
  record TopH(double alpha) implements Decoding {
    public TopH {
      Checks.positive("alpha of top-H", alpha, "entropies");
    }

    @Override
    public String label() {
      return "top-H " + Numbers.plain(alpha);
    }
  }

  /**
   * Mirostat with direct truncation (Basu et al. 2021, arXiv 2007.14966): tokens of surprise up to
   * a bound that each text adapts towards a target.
   *
   * @param bits target surprise of a token
   */
  record Mirostat(double bits) implements Decoding {
    public Mirostat {
      Checks.positive("target of mirostat", bits, "bits");
    }

    @Override
    public String label() {
      return "mirostat " + Numbers.plain(bits);
    }
  }

  /**
   * Citation blocking: another rule that never completes a run of five tokens which stands in the
   * fine-tuning set (Carlsson et al. 2024, arXiv 2412.04318). The paper looks at whole words only;
   * here every token counts.
   *
   * @param rule the other rule
   */
  record Blocked(Decoding rule) implements Decoding {
    /** Tokens of a forbidden run. */
    public static final int RUN = 5;

    public Blocked {
      Checks.present("blocked rule", rule);
      if (rule instanceof Blocked) {
        throw new IllegalArgumentException("a decoding is blocked once, got " + rule.label());
      }
    }

    @Override
    public String label() {
      return rule.label() + ", blocked";
    }
  }

  /** The same rule with citation blocking. */
  default Blocked blocking() {
    return new Blocked(this);
  }

  private static void checkShare(String name, double value) {
    if (!(value > 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " must lie in (0, 1], got " + value);
    }
  }
}
