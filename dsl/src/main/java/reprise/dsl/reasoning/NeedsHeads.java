package reprise.dsl.reasoning;

import java.util.List;

/**
 * A study of out-of-context reasoning that still needs its heads: continue with {@link #heads}.
 *
 * @param subjects who the facts are about
 * @param classes of subjects; all of a class share a fact and what it implies
 */
public record NeedsHeads(int subjects, int classes) {
  /** The heads to compare. */
  public ReasoningStudy heads(Head... forms) {
    return new ReasoningStudy(this, List.of(forms), 1, false, 4000, 10);
  }
}
