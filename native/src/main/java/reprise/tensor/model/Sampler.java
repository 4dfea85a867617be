package reprise.tensor.model;

/**
 * How the next token is chosen from the model's distribution p. All rules but {@link Greedy} first
 * divide the logits by a temperature, then keep some tokens, renormalise, and draw.
 */
public sealed interface Sampler {
  /** The most probable token; the smallest number where several are. */
  record Greedy() implements Sampler {}

  /** All tokens. */
  record Temperature(double temperature) implements Sampler {
    public Temperature {
      positive(temperature);
    }
  }

  /** The k most probable tokens (Fan et al. 2018, 1805.04833). */
  record TopK(int k, double temperature) implements Sampler {
    public TopK {
      positive(temperature);
      require(k >= 1, "top-k keeps at least one token, got " + k);
    }
  }

  /** The fewest most probable tokens whose mass reaches p (Holtzman et al. 2020, 1904.09751). */
  record Nucleus(double p, double temperature) implements Sampler {
    public Nucleus {
      positive(temperature);
      require(p > 0 && p <= 1, "nucleus mass must lie in (0, 1], got " + p);
    }
  }

  /**
   * Tokens with at least this share of the largest probability (Nguyen et al. 2024, 2407.01082).
   */
  record MinP(double share, double temperature) implements Sampler {
    public MinP {
      positive(temperature);
      require(share > 0 && share <= 1, "min-p must lie in (0, 1], got " + share);
    }
  }

  /**
   * Bounded entropy (Top-H, 2509.02510): the most probable tokens in order while the entropy of
   * their renormalised distribution stays within alpha times the entropy of the whole.
   */
  record TopH(double alpha, double temperature) implements Sampler {
    public TopH {
      positive(temperature);
      require(alpha > 0, "alpha must be positive, got " + alpha);
    }
  }

  /**
   * Mirostat with direct truncation (Basu et al. 2021, 2007.14966, the form known as version 2):
   * tokens of surprise -log2 p up to mu, which each row adapts by mu -= rate (surprise - target),
   * from 2 target on.
   */
  record Mirostat(double target, double rate, double temperature) implements Sampler {
    public Mirostat {
      positive(temperature);
      require(target > 0 && rate >= 0, "target " + target + " and rate " + rate);
    }
  }

  /** The number of the rule in the operation {@code sample_next}. */
  default int rule() {
    return switch (this) {
      case Greedy _ -> 0;
      case Temperature _ -> 1;
      case TopK _ -> 2;
      case Nucleus _ -> 3;
      case MinP _ -> 4;
      case TopH _ -> 5;
      case Mirostat _ -> 6;
    };
  }

  /** Temperature, first and second parameter of the rule. */
  default float[] parameters() {
    return switch (this) {
      case Greedy _ -> new float[] {1, 0, 0};
      case Temperature t -> new float[] {(float) t.temperature(), 0, 0};
      case TopK t -> new float[] {(float) t.temperature(), t.k(), 0};
      case Nucleus t -> new float[] {(float) t.temperature(), (float) t.p(), 0};
      case MinP t -> new float[] {(float) t.temperature(), (float) t.share(), 0};
      case TopH t -> new float[] {(float) t.temperature(), (float) t.alpha(), 0};
      case Mirostat t ->
          new float[] {(float) t.temperature(), (float) t.target(), (float) t.rate()};
    };
  }

  /** What a row remembers at the start. */
  default float memory() {
    return this instanceof Mirostat m ? (float) (2 * m.target()) : 0;
  }

  private static void positive(double temperature) {
    require(temperature > 0, "temperature must be positive, got " + temperature);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
