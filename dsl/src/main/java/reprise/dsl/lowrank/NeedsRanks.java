package reprise.dsl.lowrank;

import java.util.List;

/**
 * A study of compression that still needs its ranks: continue with {@link #ranks}.
 *
 * @param subjects whose matrices are factorised
 */
public record NeedsRanks(List<Subject> subjects) {
  public NeedsRanks {
    subjects = List.copyOf(subjects);
  }

  /** Ranks of the factors. */
  public CompressionStudy ranks(Integer... ranks) {
    return new CompressionStudy(this, List.of(ranks), 1500, 3);
  }
}
