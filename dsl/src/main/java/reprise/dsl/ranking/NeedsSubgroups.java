package reprise.dsl.ranking;

/**
 * A study of rankings that still needs its subgroups: continue with {@link #subgroups}.
 *
 * @param prevalence share of positives
 */
public record NeedsSubgroups(double prevalence) {
  /**
   * Two halves of the examples whose mistakes are mended.
   *
   * @param high share of positives in the first
   * @param low share of positives in the second
   * @param shift added to every score of the first
   */
  public RankingStudy subgroups(double high, double low, double shift) {
    return RankingStudy.of(prevalence, new Subgroups(high, low, shift));
  }
}
