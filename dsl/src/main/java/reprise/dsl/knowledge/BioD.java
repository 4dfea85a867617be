package reprise.dsl.knowledge;

/**
 * The synthetic knowledge bioD(N, K, C, D, L, T) (arXiv 2404.05405, definition 2.2): N people, each
 * with K attributes; a value is C chunks, each one of D strings that belong to the attribute; a
 * string is L symbols of an alphabet of T.
 *
 * @param people N
 * @param names N_0, how many names a name is drawn from
 * @param attributes K
 * @param chunks C
 * @param diversity D
 * @param length L
 * @param alphabet T
 */
public record BioD(
    int people, double names, int attributes, int chunks, int diversity, int length, int alphabet)
    implements Facts {
  public BioD {
    if (people < 1 || attributes < 1 || chunks < 1 || diversity < 1 || length < 1 || alphabet < 1) {
      throw new IllegalArgumentException(
          "bioD: every size must be at least 1, got N = "
              + people
              + ", K = "
              + attributes
              + ", C = "
              + chunks
              + ", D = "
              + diversity
              + ", L = "
              + length
              + ", T = "
              + alphabet);
    }
    if (names < people) {
      throw new IllegalArgumentException(
          "bioD: " + people + " people need as many names, but only " + names + " can be drawn");
    }
    if (length * Math.log(alphabet) < Math.log(diversity) - 1e-12) {
      throw new IllegalArgumentException(
          "bioD: an alphabet of "
              + alphabet
              + " has fewer than D = "
              + diversity
              + " strings of length "
              + length);
    }
  }

  /**
   * The reduced set for two cores: names of four symbols of 32, six attributes of two chunks, each
   * chunk one symbol; a sequence of 22 predicted tokens.
   */
  public static BioD mini(int people) {
    return new BioD(people, Math.pow(32, 4), 6, 2, 32, 1, 32);
  }

  /**
   * Bits that all of it holds: N log2(N_0/N) + N K C log2 D + K D log2(T^L/D), the numerator of
   * R_max (definition 4.1).
   */
  @Override
  public double bits() {
    return people * log2(names / people)
        + (double) people * attributes * chunks * log2(diversity)
        + (double) attributes * diversity * (length * log2(alphabet) - log2(diversity));
  }

  /** R_max: bits a parameter if everything is known (definition 4.1). */
  @Override
  public double most(double params) {
    return bits() / params;
  }

  /**
   * The capacity ratio R (definition 4.1): [N log2(N_0/e^p1) + N K log2(D^C/e^p2) + K D log2(T^L/(D
   * e^p3))]/P. Negative for a model that is worse than guessing.
   *
   * @param losses of the model on its own knowledge
   * @param params P, parameters that the vocabulary in use reaches
   */
  @Override
  public double ratio(Losses losses, double params) {
    double byName = people * (log2(names) - losses.name() / LN2);
    double byValue =
        (double) people * attributes * (chunks * log2(diversity) - losses.value() / LN2);
    double byString =
        (double) attributes
            * diversity
            * (length * log2(alphabet) - log2(diversity) - losses.firstChunk() / LN2);
    return (byName + byValue + (hasStrings() ? byString : 0)) / params;
  }

  /**
   * The lower bound of theorem 3.2 on log2 of the number of models that such losses need, without
   * its o(K D): N log2((N_0 - N)/e^p1) + N K log2(D^C/e^p2) + K D log2((T^L - D)/(D e^p3)).
   */
  public double lowerBound(Losses losses) {
    double strings = Math.pow(alphabet, length);
    double byString =
        strings > diversity
            ? (double) attributes
                * diversity
                * (log2(strings - diversity) - log2(diversity) - losses.firstChunk() / LN2)
            : 0;
    return people * (log2(names - people) - losses.name() / LN2)
        + (double) people * attributes * (chunks * log2(diversity) - losses.value() / LN2)
        + byString;
  }

  /** The same with another number of attributes. */
  public BioD attributes(int number) {
    return new BioD(people, names, number, chunks, diversity, length, alphabet);
  }

  /** The same with values of that many chunks. */
  public BioD chunks(int number) {
    return new BioD(people, names, attributes, number, diversity, length, alphabet);
  }

  /** The same with that many strings to choose a chunk from. */
  public BioD diversity(int number) {
    return new BioD(people, names, attributes, chunks, number, length, alphabet);
  }

  /** The same with strings of that many symbols. */
  public BioD length(int number) {
    return new BioD(people, names, attributes, chunks, diversity, number, alphabet);
  }

  @Override
  public boolean sumsAttributes() {
    return false;
  }

  /** Begin of a text, T symbols, K names of attributes, and the mark. */
  @Override
  public int vocabulary(boolean marked) {
    return 1 + alphabet + attributes + (marked ? 1 : 0);
  }

  /** Symbols of a name, log_T N_0, and for each attribute its own token and C L symbols. */
  @Override
  public int tokens() {
    return nameLength() + attributes * (1 + chunks * length);
  }

  /**
   * Symbols of a name: log_T N_0.
   *
   * @throws IllegalArgumentException if N_0 is no power of T
   */
  public int nameLength() {
    int n = (int) Math.round(Math.log(names) / Math.log(alphabet));
    if (n < 1 || Math.pow(alphabet, n) != names) {
      throw new IllegalArgumentException(
          "bioD: names are strings of symbols, so N_0 must be a power of T = "
              + alphabet
              + ", got "
              + names);
    }
    return n;
  }

  /** Such as {@code bioD(500)}, with K, C, D, L where they are not those of {@link #mini}. */
  @Override
  public String label() {
    return "bioD(" + people + (unusual().isEmpty() ? "" : ", " + unusual()) + ")";
  }

  @Override
  public String id() {
    return "bioD" + people + unusual().replaceAll("[^A-Z0-9]", "");
  }

  private String unusual() {
    BioD usual = mini(1);
    String text =
        (attributes == usual.attributes ? "" : ", K" + attributes)
            + (chunks == usual.chunks ? "" : ", C" + chunks)
            + (diversity == usual.diversity ? "" : ", D" + diversity)
            + (length == usual.length ? "" : ", L" + length)
            + (alphabet == usual.alphabet ? "" : ", T" + alphabet)
            + (names == usual.names ? "" : ", N0 " + Math.round(names));
    return text.isEmpty() ? "" : text.substring(2);
  }

  // With D = T^L every string is in every diversity set: there is nothing to know about it.
  private boolean hasStrings() {
    return length * log2(alphabet) - log2(diversity) > 1e-12;
  }

  private static final double LN2 = Math.log(2);

  static double log2(double x) {
    return Math.log(x) / LN2;
  }
}
