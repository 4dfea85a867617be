package reprise.dsl.knowledge;

import reprise.dsl.unit.Checks;

/**
 * The synthetic biographies bioS(N) (arXiv 2404.05405, section 2.2): a name of 400 x 400 x 1000,
 * and six attributes: birth date (12 x 28 x 200), birth city (200), university (300), major (100),
 * employer (263, which fixes the working city) and gender (2).
 *
 * @param people N
 * @param simple whether a person's sentences, their words and order, are the same every time
 * @param lists whose names and values
 */
public record BioS(int people, boolean simple, Lists lists) implements Facts {
  /** Whose names, cities, universities, majors and employers; the bits are the same. */
  public enum Lists {
    /** Our own, {@link ValueLists#generated}. */
    GENERATED,
    /** The paper's, which the registry of data sets finds or fetches and never copies. */
    PUBLISHED
  }

  /** N_0 = 400 x 400 x 1000. */
  public static final double NAMES = 400.0 * 400 * 1000;

  /** S_0 = 2 x (12 x 28 x 200) x 200 x 300 x 100 x 263, 47.6 bits a person. */
  public static final double VALUES = 2.0 * (12 * 28 * 200) * 200 * 300 * 100 * 263;

  /**
   * Different words with the published lists: many first names are middle and last names, too, and
   * 44 working cities are cities of birth.
   */
  private static final int PUBLISHED_WORDS = 2_727;

  public BioS {
    Checks.present("lists of values", lists);
    if (people < 1 || people > NAMES) {
      throw new IllegalArgumentException(
          "bioS: 1 to " + (long) NAMES + " people have different names, got " + people);
    }
  }

  /** Told in other words and another order each time. */
  public BioS(int people) {
    this(people, false, Lists.GENERATED);
  }

  /** bioS^simple: told in the same words every time. */
  public BioS inFixedWords() {
    return new BioS(people, true, lists);
  }

  /**
   * With the names, cities, universities, majors and employers that the paper's authors published,
   * in the folder that {@code REPRISE_DATA} names or from their repository.
   */
  public BioS withPublishedLists() {
    return new BioS(people, simple, Lists.PUBLISHED);
  }

  /** With our own lists of the same sizes, as unless said otherwise. */
  public BioS withGeneratedLists() {
    return new BioS(people, simple, Lists.GENERATED);
  }

  @Override
  public int attributes() {
    return Biography.Attribute.values().length;
  }

  @Override
  public boolean sumsAttributes() {
    return true;
  }

  @Override
  public int vocabulary(boolean marked) {
    int words =
        switch (lists) {
          case GENERATED -> Biography.vocabulary(ValueLists.generated()).size();
          case PUBLISHED -> PUBLISHED_WORDS;
        };
    return words + (marked ? 1 : 0);
  }

  /** With the longest wording of every sentence. */
  @Override
  public int tokens() {
    return Biography.HEAD + attributes() * Biography.longest() - 1;
  }

  @Override
  public String label() {
    return (simple ? "bioS simple(" : "bioS(")
        + people
        + (lists == Lists.PUBLISHED ? ", published lists)" : ")");
  }

  @Override
  public String id() {
    return "bioS" + people + (simple ? "simple" : "") + (lists == Lists.PUBLISHED ? "pub" : "");
  }

  /** N log2(N_0/N) + N log2 S_0 (definition 4.3). */
  @Override
  public double bits() {
    return people * (BioD.log2(NAMES / people) + BioD.log2(VALUES));
  }

  /** R_max: bits a parameter if everything is known. */
  @Override
  public double most(double params) {
    return bits() / params;
  }

  /**
   * The capacity ratio (definition 4.3): [N log2(N_0/e^p1) + N log2(S_0/e^p2)]/P, p_2 the sum over
   * the six attributes.
   */
  @Override
  public double ratio(Losses losses, double params) {
    double nats = Math.log(NAMES) - losses.name() + Math.log(VALUES) - losses.value();
    return people * nats / Math.log(2) / params;
  }
}
