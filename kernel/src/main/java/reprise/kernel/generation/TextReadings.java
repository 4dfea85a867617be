package reprise.kernel.generation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import reprise.dsl.generation.Stage;
import reprise.dsl.generation.TextMeasures;
import reprise.dsl.result.Measure;
import reprise.dsl.result.Passage;
import reprise.dsl.result.Reading;
import reprise.dsl.result.Readings;
import reprise.kernel.data.Vocabulary;
import reprise.tensor.model.Generation;

/** Collects what is read from models and from texts that they write. */
public final class TextReadings {
  /** An overlap above this counts as long (table 2 of Carlsson et al. 2024). */
  private static final int LONG = 10;

  private final List<Reading> readings = new ArrayList<>();
  private final List<Passage> passages = new ArrayList<>();
  private final Vocabulary vocabulary;
  private final SuffixAutomaton learned;
  private final List<int[]> references;

  /**
   * @param vocabulary tells tokens as text
   * @param learned every run of tokens that counts as recited
   * @param references windows for dataset BLEU; empty where it is not asked for
   */
  public TextReadings(Vocabulary vocabulary, SuffixAutomaton learned, List<int[]> references) {
    this.vocabulary = vocabulary;
    this.learned = learned;
    this.references = List.copyOf(references);
  }

  /** A single value. */
  public TextReadings add(Measure measure, String at, double value) {
    readings.add(new Reading(measure, at, value));
    return this;
  }

  /** What a model predicts. */
  public TextReadings add(Stage stage, Scores scores) {
    return add(TextMeasures.PERPLEXITY, stage.at(), scores.perplexity())
        .add(TextMeasures.ENTROPY, stage.at(), scores.entropy())
        .add(TextMeasures.TOP_MASS, stage.at(), scores.topMass());
  }

  /** What a model writes. */
  public TextReadings add(Stage stage, List<Generation> texts) {
    String at = stage.at();
    List<int[]> written = texts.stream().map(Generation::generated).toList();
    int[] overlaps = written.stream().mapToInt(learned::longestIn).toArray();
    add(TextMeasures.TTR, at, Diversity.typeTokenRatio(written));
    add(
        TextMeasures.REPETITION,
        at,
        written.stream().mapToDouble(t -> Diversity.repetition(t, 2)).average().orElse(0));
    add(TextMeasures.SELF_BLEU, at, Bleu.self(written));
    if (!references.isEmpty()) {
      add(TextMeasures.DATASET_BLEU, at, Bleu.mean(written, references));
    }
    add(TextMeasures.NLL, at, texts.stream().mapToDouble(TextReadings::nll).average().orElse(0));
    add(TextMeasures.OVERLAP, at, Arrays.stream(overlaps).average().orElse(0));
    add(TextMeasures.OVERLAP_MOST, at, Arrays.stream(overlaps).max().orElse(0));
    return add(
        TextMeasures.LONG_OVERLAPS,
        at,
        (double) Arrays.stream(overlaps).filter(o -> o > LONG).count() / overlaps.length);
  }

  /** The first texts, for reading. */
  public TextReadings keep(Stage stage, List<Generation> texts, int count) {
    for (Generation text : texts.subList(0, Math.min(count, texts.size()))) {
      String prompt = vocabulary.decode(Arrays.copyOf(text.tokens(), text.prompt()));
      passages.add(new Passage(stage.at(), prompt, vocabulary.decode(text.generated())));
    }
    return this;
  }

  /** Takes back what was read before a run was stopped. */
  public TextReadings addAll(Readings before) {
    readings.addAll(before.values());
    passages.addAll(before.passages());
    return this;
  }

  /** Whether a measure was read at a stage. */
  public boolean has(Measure measure, String at) {
    return readings.stream().anyMatch(r -> r.measure().equals(measure) && r.at().equals(at));
  }

  /** All of it. */
  public Readings readings() {
    return new Readings(readings, passages);
  }

  private static double nll(Generation text) {
    double sum = 0;
    for (int t = text.prompt(); t < text.tokens().length; t++) {
      sum -= text.logProbability()[t];
    }
    return sum / (text.tokens().length - text.prompt());
  }
}
