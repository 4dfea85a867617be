package reprise.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reprise.tensor.cpu.CpuBackend;
import reprise.tensor.cpu.InstructionSet;
import reprise.tensor.ir.Program;
import reprise.tensor.model.Corpus;
import reprise.tensor.model.Decoder;
import reprise.tensor.model.DecoderConfig;
import reprise.tensor.model.Training;

/** Whole trainings: exactness, determinism, cancel, NaN, state in and out. */
@Tag("backend")
class SessionTest {
  private static final DecoderConfig CONFIG = DecoderConfig.small(32, 24, 2, 32);
  private static final Corpus CORPUS = Corpus.markov(2000, 700, 4, 32);

  static Stream<Backend> backends() {
    return Stream.concat(
        Stream.of(Backends.reference()), CpuBackend.supported().stream().map(CpuBackend::on));
  }

  static Stream<Backend> native_() {
    return CpuBackend.supported().stream().map(CpuBackend::on);
  }

  private static Program program(int steps) {
    return Decoder.program(CONFIG, Training.small(4, steps, 0.01), CORPUS);
  }

  /** A walk with structure: the next symbol is one of three. */
  private static int[] tokens(int n) {
    int[] t = new int[n];
    int[] words = new int[4];
    for (int i = 1; i < n; i++) {
      Philox.block(99, i, 0, 0, 0, words);
      t[i] = (t[i - 1] * 5 + 7 * Math.floorMod(words[0], 3) + 1) % 32;
    }
    return t;
  }

  private static float[] table() {
    float[] p = new float[32 * 32];
    for (int i = 0; i < 32; i++) {
      for (int k = 0; k < 3; k++) {
        p[i * 32 + (i * 5 + 7 * k + 1) % 32] += 1f / 3;
      }
    }
    return p;
  }

  private static Session open(Backend b, Program p, SessionOptions options) {
    Session s = b.open(p, options);
    s.write("train_tokens", tokens(2000));
    s.write("eval_tokens", tokens(700));
    s.write("source_table", table());
    s.run("initialise", 1).orThrow();
    return s;
  }

  @ParameterizedTest
  @MethodSource("native_")
  void trainingStaysOnTheReferenceCurve(Backend backend) {
    Program p = program(200);
    try (Session r = open(Backends.reference(), p, SessionOptions.seed(5));
        Session s = open(backend, p, SessionOptions.seed(5))) {
      assertThat(s.read("layer0.qkv")).isEqualTo(r.read("layer0.qkv"));
      float[] expected = r.run("train_step", 200).orThrow().series("loss");
      float[] got = s.run("train_step", 200).orThrow().series("loss");
      for (int i = 0; i < 200; i++) {
        assertThat(Math.abs(got[i] - expected[i]) / expected[i]).as("step %d", i).isLessThan(1e-4f);
      }
      // ln 3 = 1.0986 is the entropy of the walk
      assertThat(got[199]).isBetween(1.05f, 1.6f);
      double kl = s.run("evaluate_source", 7).orThrow().mean("kl");
      double loss = s.run("evaluate", 7).orThrow().mean("loss");
      assertThat(kl).isBetween(0.01, 0.6);
      assertThat(Math.log(3) + kl).isCloseTo(loss, org.assertj.core.data.Offset.offset(0.1));
      assertThat(kl)
          .isCloseTo(
              r.run("evaluate_source", 7).mean("kl"), org.assertj.core.data.Offset.offset(1e-3));
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void sameSeedSameBits(Backend backend) {
    Program p = program(12);
    List<String> digests =
        Stream.of(1, 2, 3)
            .map(threads -> {
              try (Session s = open(backend, p, SessionOptions.seed(5).threads(threads))) {
                for (int i = 0; i < 12; i += threads) {
                  s.run("train_step", threads).orThrow();
                }
                return s.digest();
              }
            })
            .distinct()
            .toList();
    assertThat(digests).hasSize(1);
    try (Session s = open(backend, p, SessionOptions.seed(5));
        Session resumed = open(backend, p, SessionOptions.seed(5))) {
      s.run("train_step", 6);
      resumed.restore(s.export());
      assertThat(resumed.run("train_step", 6).done()).isEqualTo(6);
      assertThat(resumed.digest()).isEqualTo(digests.getFirst());
    }
    try (Session other = open(backend, p, SessionOptions.seed(6))) {
      other.run("train_step", 12);
      assertThat(other.digest()).isNotEqualTo(digests.getFirst());
    }
    try (Session other = open(backend, p, SessionOptions.seed(5).run(1))) {
      other.run("train_step", 12);
      assertThat(other.digest()).isNotEqualTo(digests.getFirst());
    }
  }

  @Test
  void sessionsOnSeveralThreadsDoNotDisturbEachOther() {
    Program p = program(20);
    List<CompletableFuture<String>> runs =
        IntStream.range(0, 4)
            .mapToObj(i ->
                CompletableFuture.supplyAsync(() -> {
                  try (Session s = open(Backends.best(), p, SessionOptions.seed(i % 2))) {
                    s.run("train_step", 20).orThrow();
                    return s.digest();
                  }
                }))
            .toList();
    List<String> digests = runs.stream().map(CompletableFuture::join).toList();
    assertThat(digests.get(0)).isEqualTo(digests.get(2)).isNotEqualTo(digests.get(1));
    assertThat(digests.get(1)).isEqualTo(digests.get(3));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void cancelStopsWithinAStep(Backend backend) throws InterruptedException {
    int many = 1_000_000;
    try (Session s = open(backend, program(many), SessionOptions.seed(1))) {
      CompletableFuture<RunReport> run =
          CompletableFuture.supplyAsync(() -> s.run("train_step", many));
      while (s.progress().done() < 2) {
        Thread.sleep(1);
      }
      assertThat(s.progress().running()).isTrue();
      assertThat(s.progress().last()).isBetween(0.5, 5.0);
      s.cancel();
      RunReport r = run.join();
      assertThat(r.end()).isInstanceOf(RunReport.Cancelled.class);
      assertThat(r.done()).isBetween(2, many - 1);
      assertThat(r.series("loss")).hasSize(r.done());
      assertThat(s.progress().running()).isFalse();
      assertThat(s.readInts("step")).containsExactly(r.done());
      assertThatThrownBy(r::orThrow)
          .hasMessageContaining("train_step stopped after " + r.done() + " of 1000000 steps");
      s.run("train_step", 1).orThrow();
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void nanStopsWithTheStepNamed(Backend backend) {
    Program p = Decoder.program(CONFIG, Training.small(4, 50, 1e30), CORPUS);
    try (Session s = open(backend, p, SessionOptions.seed(1))) {
      RunReport r = s.run("train_step", 50);
      assertThat(r.end()).isInstanceOf(RunReport.NonFinite.class);
      RunReport.NonFinite end = (RunReport.NonFinite) r.end();
      assertThat(end.step()).isEqualTo(r.done() - 1).isBetween(1, 48);
      assertThat(end.toString()).contains(" is ").endsWith("in step " + end.step());
      assertThat(s.run("train_step", 3, new RunControl(false)).done()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void anIndexOutsideItsTableIsAMessage(Backend backend) {
    try (Session s = open(backend, program(5), SessionOptions.seed(1))) {
      int[] bad = tokens(2000);
      java.util.Arrays.fill(bad, 32);
      s.write("train_tokens", bad);
      assertThatThrownBy(() -> s.run("train_step", 1))
          .isInstanceOf(NativeFailure.class)
          .hasMessageContaining("train_step")
          .hasMessageContaining("gather")
          .hasMessageContaining("index 32 at position 0 is outside the table of 32 rows");
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void stateIsCheckedByNameTypeAndSize(Backend backend) {
    try (Session s = open(backend, program(5), SessionOptions.seed(1))) {
      assertThatThrownBy(() -> s.read("nope")).hasMessageContaining("no state 'nope'; it has [emb");
      assertThatThrownBy(() -> s.read("step")).hasMessageContaining("step is i32[]");
      assertThatThrownBy(() -> s.write("step", new int[3]))
          .hasMessageContaining("1 elements, got 3");
      assertThatThrownBy(() -> s.run("nope", 1)).hasMessageContaining("no function 'nope'");
      assertThatThrownBy(() -> s.output("logits", "logits")).hasMessageContaining("run it again");
      s.write("prompt", tokens(24));
      s.run("logits", 1).orThrow();
      assertThat(s.output("logits", "logits")).hasSize(24 * 32);
    }
  }

  @Test
  void aClosedSessionSaysSo() {
    Session s = open(Backends.best(), program(5), SessionOptions.seed(1));
    s.close();
    s.close();
    assertThatThrownBy(() -> s.run("train_step", 1)).hasMessageContaining("the session is closed");
    assertThat(s.progress().running()).isFalse();
  }

  @Test
  void allVariantsTrain() {
    for (DecoderConfig c :
        List.of(
            CONFIG.position(DecoderConfig.Position.ROTARY).norm(DecoderConfig.Norm.RMS),
            CONFIG.activation(DecoderConfig.Activation.SILU),
            DecoderConfig.gpt2(32, 24, 1, 32, 2))) {
      Program p = Decoder.program(c, Training.small(4, 40, 0.01).weightDecay(0.1), CORPUS);
      assertThat(p.parameters()).isEqualTo(c.parameters());
      try (Session r = open(Backends.reference(), p, SessionOptions.seed(2));
          Session s = open(Backends.best(), p, SessionOptions.seed(2))) {
        double expected = r.run("train_step", 40).orThrow().last("loss");
        double got = s.run("train_step", 40).orThrow().last("loss");
        assertThat(got).isCloseTo(expected, org.assertj.core.data.Offset.offset(2e-4));
        assertThat(got).isLessThan(3.0);
      }
    }
  }

  @Test
  void theInfoSaysWhatComputes() {
    BackendInfo best = Backends.best().info();
    assertThat(best.name()).isEqualTo("cpu");
    assertThat(best.libraryDigest()).hasSize(64);
    assertThat(best.reason()).isEmpty();
    BackendInfo portable = CpuBackend.on(InstructionSet.PORTABLE).info();
    assertThat(portable.toString()).contains("was asked for");
    assertThat(CpuBackend.best().memoryBytes(program(5), 1))
        .isBetween(program(5).memory().totalBytes(), 4L << 20);
  }
}
