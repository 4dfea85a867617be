package reprise.papers;

import reprise.dsl.claim.Card;
import reprise.papers.chinchilla.ChinchillaCard;

/** The cards by name, for snippets: {@code check(HOFFMANN_2022)}. */
public final class Papers {
  /** Training Compute-Optimal Large Language Models, with its 2024 replication. */
  public static final Card HOFFMANN_2022 = ChinchillaCard.CARD;

  private Papers() {}
}
