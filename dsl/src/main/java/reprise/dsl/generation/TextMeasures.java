package reprise.dsl.generation;

import reprise.dsl.result.Measure;

/** What is measured on a language model and on the texts it writes. */
public final class TextMeasures {
  /** exp of the mean loss on held-out windows. */
  public static final Measure PERPLEXITY = new Measure("perplexity", "");

  /** Mean entropy of the predicted distribution on held-out windows. */
  public static final Measure ENTROPY = new Measure("entropy", "nats");

  /** Mean largest probability of the predicted distribution on held-out windows. */
  public static final Measure TOP_MASS = new Measure("top-1 mass", "share");

  /** Different tokens over tokens, of the last 96 tokens of a text; mean over texts. */
  public static final Measure TTR = new Measure("type-token ratio", "");

  /** Share of pairs of neighbours that stood earlier in the same text; mean over texts. */
  public static final Measure REPETITION = new Measure("repeated bigrams", "share");

  /** BLEU of each text against the others; mean. */
  public static final Measure SELF_BLEU = new Measure("Self-BLEU", "");

  /** BLEU of each text against what the model learned last; mean. */
  public static final Measure DATASET_BLEU = new Measure("dataset BLEU", "");

  /** Longest run of tokens that stands in what the model learned last; mean over texts. */
  public static final Measure OVERLAP = new Measure("longest overlap", "tokens");

  /** The longest overlap of all texts. */
  public static final Measure OVERLAP_MOST = new Measure("longest overlap of all", "tokens");

  /** Share of texts with an overlap above ten tokens. */
  public static final Measure LONG_OVERLAPS = new Measure("overlaps above 10 tokens", "share");

  /** Mean surprise of a written text under the model that wrote it. */
  public static final Measure NLL = new Measure("surprise", "nats/token");

  private TextMeasures() {}
}
