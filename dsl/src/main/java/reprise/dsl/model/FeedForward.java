package reprise.dsl.model;

import reprise.dsl.unit.Checks;

/** The second half of a transformer's block. */
public sealed interface FeedForward {
  /** Weights of a block of width d. */
  double weights(int d);

  /** Short name, such as {@code mlp128}. */
  String label();

  /** act(x W1) W2. */
  record Plain(int hidden) implements FeedForward {
    public Plain {
      Checks.positive("mlp", hidden, "hidden width");
    }

    @Override
    public double weights(int d) {
      return 2.0 * d * hidden;
    }

    @Override
    public String label() {
      return "mlp" + hidden;
    }
  }

  /** (act(x Wg) * (x W1)) W2. */
  record Gated(int hidden) implements FeedForward {
    public Gated {
      Checks.positive("mlp", hidden, "hidden width");
    }

    @Override
    public double weights(int d) {
      return 3.0 * d * hidden;
    }

    @Override
    public String label() {
      return "gated" + hidden;
    }
  }

  /** Attention only. */
  record None() implements FeedForward {
    @Override
    public double weights(int d) {
      return 0;
    }

    @Override
    public String label() {
      return "nomlp";
    }
  }

  /**
   * Experts of which each token uses the most probable one.
   *
   * @param count how many
   * @param hidden width of each
   * @param capacity an expert takes at most ceil(capacity tokens / count) of a step
   */
  record Experts(int count, int hidden, double capacity) implements FeedForward {
    public Experts {
      Checks.positive("experts", count, "experts");
      Checks.positive("mlp", hidden, "hidden width");
      Checks.positive("capacity", capacity, "even shares");
    }

    /** With the router. */
    @Override
    public double weights(int d) {
      return count * 2.0 * d * hidden + (double) d * count;
    }

    @Override
    public String label() {
      return "experts" + count + "x" + hidden;
    }
  }
}
