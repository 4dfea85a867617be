package reprise.tensor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reprise.tensor.Backend;
import reprise.tensor.Backends;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.cpu.CpuBackend;
import reprise.tensor.model.TransformerConfig.FeedForward;
import reprise.tensor.model.TransformerConfig.Heads;
import reprise.tensor.model.TransformerConfig.Position;
import reprise.tensor.model.TransformerConfig.Residual;

/** Decoding with a cache against the program that trained the model, and the rules of choice. */
@Tag("backend")
class GeneratorTest {
  private static final int VOCAB = 23;
  private static final int CONTEXT = 48;

  static Stream<TransformerConfig> models() {
    TransformerConfig gpt2 = TransformerConfig.gpt2(VOCAB, CONTEXT, 2, 24, 3);
    TransformerConfig llama = TransformerConfig.llama(VOCAB, CONTEXT, 2, 24, 6, 2, 40);
    return Stream.of(
        gpt2,
        TransformerConfig.neox(VOCAB, CONTEXT, 2, 32, 2),
        llama,
        llama.heads(new Heads(5, 1, 8)).prefix(3),
        llama.position(new Position.Rotary(500, 2, true)),
        gpt2.feedForward(new FeedForward.None()),
        TransformerConfig.of(
            DecoderConfig.small(VOCAB, CONTEXT, 2, 16).position(DecoderConfig.Position.NONE)),
        gptJ(),
        llama.feedForward(
            new FeedForward.Experts(4, 2, 4, 0.01, 12, DecoderConfig.Activation.SILU)));
  }

  private static TransformerConfig gptJ() {
    TransformerConfig c = TransformerConfig.neox(VOCAB, CONTEXT, 1, 16, 2);
    return new TransformerConfig(
        c.vocab(),
        c.context(),
        c.layers(),
        c.width(),
        c.heads(),
        new Position.Rotary(10_000, 4, true),
        c.norm(),
        new FeedForward.Gated(20, DecoderConfig.Activation.GELU),
        Residual.PARALLEL_ONE_NORM,
        new TransformerConfig.Biases(false, false, true),
        c.tied(),
        0,
        new DecoderConfig.Init(0.5, 0.3, false, 1));
  }

  private static final TransformerConfig MODEL =
      TransformerConfig.llama(VOCAB, CONTEXT, 1, 16, 4, 2, 24);

  /** A model with weights large enough that its choices differ. */
  private static Session trained(Backend backend, TransformerConfig c) {
    Session s =
        backend.open(
            Transformer.program(c, Training.small(1, 10, 0.01), Corpus.text(200, 100, 1)),
            SessionOptions.seed(5));
    s.run("initialise", 1).orThrow();
    Transformer.parameters(c)
        .forEach(p -> {
          float[] w = s.read(p.name());
          for (int i = 0; i < w.length; i++) {
            w[i] = p.role() == Decoder.Role.BIAS ? (i % 5 - 2) * 0.1f : w[i] * 8;
          }
          if (p.role() != Decoder.Role.GAIN) {
            s.write(p.name(), w);
          }
        });
    return s;
  }

  private static Generator open(Backend backend, TransformerConfig c, Session from, int rows) {
    return Generator.open(backend, c, Generator.Size.rows(rows).bans(4, 2), SessionOptions.seed(11))
        .weights(from);
  }

  private static List<int[]> prompts() {
    return List.of(
        new int[] {3},
        IntStream.range(0, 37).map(i -> i * 7 % VOCAB).toArray(),
        new int[] {1, 2, 3, 4, 5});
  }

  /** Log-probabilities, entropies and largest masses follow the logits of every prefix. */
  @ParameterizedTest
  @MethodSource("models")
  void everyPrefixHasTheLogitsOfTheTrainingProgram(TransformerConfig c) {
    Backend backend = CpuBackend.best();
    try (Session s = trained(backend, c);
        Generator g = open(backend, c, s, 3)) {
      for (Generation out : g.generate(prompts(), Decoding.greedy(10))) {
        assertThat(out.generated()).hasSize(10);
        s.write("prompt", Arrays.copyOf(out.tokens(), CONTEXT));
        s.run("logits", 1).orThrow();
        float[] logits = s.output("logits", "logits");
        for (int t = out.prompt(); t < out.tokens().length; t++) {
          double[] x = new double[VOCAB];
          for (int j = 0; j < VOCAB; j++) {
            x[j] = logits[(t - 1) * VOCAB + j];
          }
          double max = Arrays.stream(x).max().orElseThrow();
          double lse = max + Math.log(Arrays.stream(x).map(v -> Math.exp(v - max)).sum());
          double entropy = Arrays.stream(x).map(v -> Math.exp(v - lse) * (lse - v)).sum();
          assertThat(x[out.tokens()[t]]).isEqualTo(max);
          assertThat(out.logProbability()[t]).isCloseTo((float) (max - lse), within(1e-4));
          assertThat(out.entropy()[t]).isCloseTo((float) entropy, within(1e-4));
          assertThat(out.topMass()[t]).isCloseTo((float) Math.exp(max - lse), within(1e-4));
        }
      }
    }
  }

  private static org.assertj.core.data.Offset<Float> within(double x) {
    return org.assertj.core.data.Offset.offset((float) x);
  }

  static Stream<Sampler> samplers() {
    return Stream.of(
        new Sampler.Greedy(),
        new Sampler.Temperature(0.9),
        new Sampler.TopK(5, 1.1),
        new Sampler.Nucleus(0.8, 1),
        new Sampler.MinP(0.1, 1.2),
        new Sampler.TopH(0.6, 1),
        new Sampler.Mirostat(2, 0.2, 1));
  }

  @ParameterizedTest
  @MethodSource("samplers")
  void theReferenceChoosesTheSameTokens(Sampler sampler) {
    Decoding d = Decoding.of(sampler, 12).neverRepeat(3).repeatPenalty(1.2);
    try (Session s = trained(Backends.reference(), MODEL);
        Generator reference = open(Backends.reference(), MODEL, s, 3);
        Generator cpu = open(CpuBackend.best(), MODEL, s, 3)) {
      List<Generation> expected = reference.generate(prompts(), d);
      List<Generation> got = cpu.generate(prompts(), d);
      for (int b = 0; b < got.size(); b++) {
        assertThat(got.get(b).tokens()).isEqualTo(expected.get(b).tokens());
      }
      assertThat(new HashSet<>(got.stream().map(x -> Arrays.toString(x.generated())).toList()))
          .hasSize(3);
    }
  }

  /** The same bits alone, beside others, and on three threads. */
  @ParameterizedTest
  @MethodSource("samplers")
  void aRowDoesNotDependOnItsBatch(Sampler sampler) {
    Decoding d = Decoding.of(sampler, 10);
    try (Session s = trained(CpuBackend.best(), MODEL);
        Generator three = open(CpuBackend.best(), MODEL, s, 3);
        Generator one = open(CpuBackend.best(), MODEL, s, 1);
        Generator threads =
            Generator.open(
                    CpuBackend.best(),
                    MODEL,
                    Generator.Size.rows(7),
                    SessionOptions.seed(11).threads(3))
                .weights(s)) {
      List<Generation> together = three.generate(prompts(), new int[] {4, 9, 2}, d);
      List<Generation> apart = new ArrayList<>();
      for (int b = 0; b < 3; b++) {
        int[] identity = {new int[] {4, 9, 2}[b]};
        apart.addAll(one.generate(List.of(prompts().get(b)), identity, d));
      }
      List<Generation> many = threads.generate(prompts(), new int[] {4, 9, 2}, d);
      for (int b = 0; b < 3; b++) {
        for (Generation other : List.of(apart.get(b), many.get(b))) {
          assertThat(other.tokens()).isEqualTo(together.get(b).tokens());
          assertThat(other.logProbability()).isEqualTo(together.get(b).logProbability());
          assertThat(other.entropy()).isEqualTo(together.get(b).entropy());
        }
      }
    }
  }

  @Test
  void sampledShareFollowsTheDistribution() {
    int rows = 2000;
    try (Session s = trained(CpuBackend.best(), MODEL);
        Generator g = open(CpuBackend.best(), MODEL, s, rows)) {
      List<int[]> same = IntStream.range(0, rows).mapToObj(b -> new int[] {3}).toList();
      List<Generation> out = g.generate(same, Decoding.of(new Sampler.Temperature(1), 1));
      double[] count = new double[VOCAB];
      double[] p = new double[VOCAB];
      for (Generation x : out) {
        count[x.tokens()[1]]++;
        p[x.tokens()[1]] = Math.exp(x.logProbability()[1]);
      }
      for (int t = 0; t < VOCAB; t++) {
        if (count[t] > 0) {
          double deviation = Math.sqrt(p[t] * (1 - p[t]) / rows);
          assertThat(Math.abs(count[t] / rows - p[t])).isLessThan(4 * deviation + 1e-9);
        }
      }
      assertThat(Arrays.stream(p).sum()).isBetween(0.95, 1.0001);
    }
  }

  @Test
  void nucleusKeepsTheFewestTokensThatReachTheMass() {
    int rows = 400;
    try (Session s = trained(CpuBackend.best(), MODEL);
        Generator g = open(CpuBackend.best(), MODEL, s, rows)) {
      s.write("prompt", IntStream.range(0, CONTEXT).map(i -> i == 0 ? 3 : 0).toArray());
      s.run("logits", 1).orThrow();
      float[] x = Arrays.copyOf(s.output("logits", "logits"), VOCAB);
      double total = 0;
      for (float v : x) {
        total += Math.exp(v);
      }
      Integer[] order = IntStream.range(0, VOCAB).boxed().toArray(Integer[]::new);
      Arrays.sort(order, (a, b) -> Float.compare(x[b], x[a]));
      Set<Integer> kept = new HashSet<>();
      double mass = 0;
      for (int t : order) {
        if (mass >= 0.7) {
          break;
        }
        kept.add(t);
        mass += Math.exp(x[t]) / total;
      }
      assertThat(kept.size()).isBetween(2, VOCAB - 2);
      List<int[]> same = IntStream.range(0, rows).mapToObj(b -> new int[] {3}).toList();
      Set<Integer> seen = new HashSet<>();
      g.generate(same, Decoding.of(new Sampler.Nucleus(0.7, 1), 1))
          .forEach(out -> seen.add(out.tokens()[1]));
      assertThat(kept).containsAll(seen);
      assertThat(seen).hasSizeGreaterThan(1);
    }
  }

  @Test
  void stopTokensEndARow() {
    try (Session s = trained(CpuBackend.best(), MODEL);
        Generator g = open(CpuBackend.best(), MODEL, s, 3)) {
      List<Generation> free = g.generate(prompts(), Decoding.greedy(10));
      int stop = free.get(0).generated()[2];
      List<Generation> out = g.generate(prompts(), Decoding.greedy(10).stop(stop));
      for (int b = 0; b < 3; b++) {
        int[] all = free.get(b).generated();
        int end = IntStream.range(0, 10).filter(i -> all[i] == stop).findFirst().orElse(9);
        assertThat(out.get(b).generated()).isEqualTo(Arrays.copyOf(all, end + 1));
        assertThat(out.get(b).stopped()).isEqualTo(all[end] == stop);
      }
      assertThat(out.get(0).stopped()).isTrue();
    }
  }

  @Test
  void bannedAndRepeatedNgramsAreNeverCompleted() {
    try (Session s = trained(CpuBackend.best(), MODEL);
        Generator g = open(CpuBackend.best(), MODEL, s, 3)) {
      int[] free = g.generate(prompts(), Decoding.greedy(30)).get(0).tokens();
      List<List<Integer>> bans = new ArrayList<>();
      for (int i = 1; i < 4; i++) {
        bans.add(List.of(free[i], free[i + 1]));
      }
      int[] banned =
          g.generate(prompts(), Decoding.greedy(30).ban(bans.stream().distinct().toList()))
              .get(0)
              .tokens();
      for (int i = 0; i + 1 < banned.length; i++) {
        assertThat(bans).doesNotContain(List.of(banned[i], banned[i + 1]));
      }
      int[] once = g.generate(prompts(), Decoding.greedy(30).neverRepeat(2)).get(0).tokens();
      Set<List<Integer>> pairs = new HashSet<>();
      for (int i = 0; i + 1 < once.length; i++) {
        assertThat(pairs.add(List.of(once[i], once[i + 1]))).isTrue();
      }
    }
  }

  @Test
  void mistakesAreNamed() {
    try (Session s = trained(CpuBackend.best(), MODEL);
        Generator g = open(CpuBackend.best(), MODEL, s, 1)) {
      assertThatThrownBy(() -> g.generate(prompts(), Decoding.greedy(1)))
          .hasMessage("3 prompts with 3 identities for a generator of 1 rows");
      assertThatThrownBy(() -> g.generate(List.of(new int[] {VOCAB}), Decoding.greedy(1)))
          .hasMessage("prompt 0 has token 23 outside the vocabulary of 23");
      assertThatThrownBy(() -> g.generate(List.of(new int[CONTEXT]), Decoding.greedy(1)))
          .hasMessage("prompt 0 has 48 tokens; between 1 and 47 leave room in the context");
      assertThatThrownBy(() ->
              g.generate(List.of(new int[] {1}), Decoding.greedy(1).ban(List.of(List.of(1, 2, 3)))))
          .hasMessage("1 banned n-grams; room for 4 of length 2");
      assertThatThrownBy(() -> new Sampler.Nucleus(1.5, 1))
          .hasMessage("nucleus mass must lie in (0, 1], got 1.5");
    }
  }
}
