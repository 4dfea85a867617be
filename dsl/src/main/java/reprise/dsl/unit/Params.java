package reprise.dsl.unit;

/**
 * A number of parameters, N in scaling laws, with the rule by which it was counted.
 *
 * @param count parameters, positive
 * @param counting what is included
 */
public record Params(double count, Counting counting) implements Comparable<Params> {
  public Params {
    Checks.positive("params", count, "parameters");
    Checks.present("counting rule", counting);
  }

  /** All trainable parameters. */
  public Params(double count) {
    this(count, Counting.ALL);
  }

  /** The same number, counted without embeddings. */
  public Params nonEmbedding() {
    return new Params(count, Counting.NON_EMBEDDING);
  }

  /** The same number, counting only weights of matrix products. */
  public Params matrix() {
    return new Params(count, Counting.MATRIX);
  }

  @Override
  public int compareTo(Params other) {
    return Double.compare(count, other.count);
  }

  @Override
  public String toString() {
    return Numbers.short3(count) + " parameters (" + counting.label() + ")";
  }
}
