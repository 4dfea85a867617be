package reprise.kernel.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static reprise.dsl.Reprise.greedy;
import static reprise.dsl.Reprise.minP;
import static reprise.dsl.Reprise.mirostat;
import static reprise.dsl.Reprise.nucleus;
import static reprise.dsl.Reprise.temperature;
import static reprise.dsl.Reprise.topH;
import static reprise.dsl.Reprise.topK;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reprise.dsl.generation.Decoding;
import reprise.dsl.generation.Prompting;
import reprise.kernel.data.TokenText;
import reprise.kernel.data.Words;
import reprise.tensor.Backend;
import reprise.tensor.Backends;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.model.Corpus;
import reprise.tensor.model.Decoder;
import reprise.tensor.model.DecoderConfig;
import reprise.tensor.model.Generation;
import reprise.tensor.model.Training;
import reprise.tensor.model.Transformer;
import reprise.tensor.model.TransformerConfig;

/**
 * Rules of the DSL against whole forward passes, the reference, and the runs they must not write.
 */
@Tag("backend")
class WritingTest {
  private static final int VOCABULARY = 19;
  private static final int CONTEXT = 24;
  private static final Prompting PROMPTING = new Prompting(5, 6, 18);
  private static final TransformerConfig MODEL =
      TransformerConfig.of(DecoderConfig.small(VOCABULARY, CONTEXT, 2, 16));
  private static final Map<String, float[]> WEIGHTS = weights();
  private static final TokenText TEXT = text();

  /** Large enough that choices differ. */
  private static Map<String, float[]> weights() {
    Random random = new Random(7);
    Map<String, float[]> weights = new LinkedHashMap<>();
    for (Decoder.Parameter p : Transformer.parameters(MODEL)) {
      float[] w = new float[(int) p.size()];
      for (int i = 0; i < w.length; i++) {
        w[i] = p.role() == Decoder.Role.GAIN ? 1 : (float) (0.6 * random.nextGaussian());
      }
      weights.put(p.name(), w);
    }
    return weights;
  }

  private static TokenText text() {
    List<String> vocabulary = IntStream.range(0, VOCABULARY).mapToObj(i -> "w" + i).toList();
    int[] tokens = new Random(5).ints(400, 0, VOCABULARY).toArray();
    return new TokenText(new Words(tokens, vocabulary), tokens, tokens, tokens);
  }

  private static Writing open(Backend backend, List<List<Integer>> banned) {
    return Writing.open(backend, MODEL, PROMPTING, TEXT, 3, banned).weights(WEIGHTS::get);
  }

  /**
   * Greedy with a cache chooses what a whole forward pass over every prefix finds most probable.
   */
  @Test
  void greedyAgreesWithWholeForwardPasses() {
    try (Writing writing = open(Backends.best(), List.of());
        Session whole =
            Backends.reference()
                .open(
                    Transformer.program(MODEL, Training.small(1, 1, 0.1), Corpus.text(100, 100, 1)),
                    SessionOptions.seed(1))) {
      WEIGHTS.forEach(whole::write);
      for (Generation text : writing.write(greedy())) {
        assertThat(text.generated()).hasSize(18);
        whole.write("prompt", text.tokens());
        whole.run("logits", 1).orThrow();
        float[] logits = whole.output("logits", "logits");
        for (int t = text.prompt(); t < text.tokens().length; t++) {
          float[] row = Arrays.copyOfRange(logits, (t - 1) * VOCABULARY, t * VOCABULARY);
          int best = IntStream.range(0, VOCABULARY).reduce(0, (i, j) -> row[j] > row[i] ? j : i);
          assertThat(text.tokens()[t]).isEqualTo(best);
        }
      }
    }
  }

  static List<Decoding> rules() {
    return List.of(
        greedy(),
        temperature(0.8),
        topK(5),
        nucleus(0.8),
        minP(0.1),
        topH(0.5),
        mirostat(2),
        nucleus(0.8).blocking());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theReferenceWritesTheSame(Decoding rule) {
    List<List<Integer>> banned = new Windows(List.of(TEXT.tuning())).grams(5);
    try (Writing reference = open(Backends.reference(), banned);
        Writing best = open(Backends.best(), banned)) {
      List<Generation> expected = reference.write(rule);
      List<Generation> got = best.write(rule);
      for (int i = 0; i < got.size(); i++) {
        assertThat(got.get(i).tokens()).isEqualTo(expected.get(i).tokens());
      }
    }
  }

  @Test
  void aRuleKeepsWhatItSays() {
    try (Writing writing = open(Backends.best(), List.of())) {
      List<Generation> first = writing.write(topK(1));
      List<Generation> again = writing.write(greedy());
      for (int i = 0; i < first.size(); i++) {
        assertThat(first.get(i).tokens()).isEqualTo(again.get(i).tokens());
      }
      // greedy takes no temperature: the control by temperature changes nothing of it
      assertThat(writing.write(temperature(0.02)).get(0).tokens()).isEqualTo(again.get(0).tokens());
      assertThat(writing.write(temperature(3)).get(0).tokens()).isNotEqualTo(again.get(0).tokens());
    }
  }

  /** Whatever the rule would write without, no run of the set is ever completed. */
  @Test
  void citationBlockingLetsNoRunThrough() {
    List<int[]> free;
    try (Writing writing = open(Backends.best(), List.of())) {
      free = writing.write(greedy()).stream().map(Generation::tokens).toList();
    }
    // the set: what the model writes by itself, so that every text would recite
    Windows set = new Windows(free);
    List<List<Integer>> banned = set.grams(5);
    Set<List<Integer>> runs = new HashSet<>(banned);
    try (Writing writing = open(Backends.best(), banned)) {
      for (Decoding rule : List.of(greedy(), nucleus(0.8), temperature(0.3))) {
        int recited = 0;
        for (Generation text : writing.write(rule)) {
          recited += hits(text, runs);
        }
        assertThat(recited).as(rule.label()).isPositive();
        for (Generation text : writing.write(rule.blocking())) {
          assertThat(hits(text, runs)).as(rule.label()).isZero();
        }
      }
    }
  }

  // runs completed by new tokens
  private static int hits(Generation text, Set<List<Integer>> runs) {
    int hits = 0;
    for (int end = text.prompt(); end < text.tokens().length; end++) {
      List<Integer> run = Arrays.stream(text.tokens(), end - 4, end + 1).boxed().toList();
      hits += runs.contains(run) ? 1 : 0;
    }
    return hits;
  }

  /** Scores are those of the training program, and entropies those of a softmax by hand. */
  @Test
  void scoresAgreeWithTheTrainingProgram() {
    Windows windows = Windows.spread(TEXT.heldOut(), CONTEXT, 16);
    try (Scorer scorer = new Scorer(Backends.best(), MODEL).weights(WEIGHTS::get);
        Session training =
            Backends.best()
                .open(
                    Transformer.program(
                        MODEL, Training.small(1, 1, 0.1), Corpus.text(100, 16 * CONTEXT + 1, 16)),
                    SessionOptions.seed(1))) {
      WEIGHTS.forEach(training::write);
      Scores scores = scorer.score(windows);
      training.write("eval_tokens", Arrays.copyOf(TEXT.heldOut(), 16 * CONTEXT + 1));
      double loss = training.run("evaluate", 1).orThrow().last("loss");
      assertThat(scores.loss()).isCloseTo(loss, within(1e-4));
      assertThat(scores.perplexity()).isCloseTo(Math.exp(loss), within(1e-3 * Math.exp(loss)));
      assertThat(scores.entropy()).isBetween(0.0, Math.log(VOCABULARY));
      assertThat(scores.topMass()).isBetween(1.0 / VOCABULARY, 1.0);
      assertThat(scores.agreement(scores)).isEqualTo(1);
      assertThat(scores.choices()).hasSize(16 * CONTEXT);
      // its own entropy is that of temperature 1; half of it needs a lower one
      assertThat(scorer.temperatureOf(scores.entropy(), windows)).isCloseTo(1, within(0.01));
      assertThat(scorer.temperatureOf(scores.entropy() / 2, windows)).isBetween(0.1, 0.9);
      assertThatThrownBy(() -> scorer.temperatureOf(9, windows))
          .hasMessage("no temperature between 0.02 and 50.0 gives an entropy of 9.0");
    }
  }

  @Test
  void windowsAreSpreadAndShuffled() {
    int[] tokens = IntStream.range(0, 101).toArray();
    Windows windows = Windows.spread(tokens, 10, 5);
    assertThat(windows.list().stream().map(w -> w[0])).containsExactly(0, 20, 40, 60, 80);
    assertThat(windows.list().get(4)).hasSize(11).endsWith(90);
    assertThat(windows.shuffled(1, 0)).isNotEqualTo(windows.shuffled(1, 1));
    assertThat(windows.shuffled(2, 1)).isNotEqualTo(windows.shuffled(1, 1));
    assertThat(windows.shuffled(1, 1)).containsExactlyInAnyOrderElementsOf(windows.list());
    assertThat(windows.grams(5)).hasSize(5 * 7).contains(List.of(84, 85, 86, 87, 88));
    // a run never goes from one window to the next
    assertThat(windows.automaton(101).longestIn(tokens)).isEqualTo(11);
    assertThatThrownBy(() -> Windows.spread(tokens, 10, 11))
        .hasMessage(
            "11 windows of 10 tokens do not fit into 101; give fewer windows, a shorter context or"
                + " a longer text");
  }

  @Test
  void promptsBeginAfterTheEndOfASentence() {
    int[] tokens = new int[100];
    Arrays.setAll(tokens, i -> i == 13 || i == 60 ? 7 : 100 + i);
    assertThat(Windows.beginnings(tokens, 10, 3, 7).stream().map(p -> p[0]))
        .containsExactly(114, 130, 161);
    assertThatThrownBy(() -> Windows.beginnings(tokens, 99, 3, 7))
        .hasMessage("3 beginnings of 99 tokens do not fit into 100; ask for fewer prompts");
  }
}
