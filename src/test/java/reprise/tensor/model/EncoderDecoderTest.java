package reprise.tensor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.tensor.Backend;
import reprise.tensor.Backends;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.cpu.CpuBackend;
import reprise.tensor.ir.Program;

/** An encoder-decoder learns to reverse; padding and later targets are never seen. */
@Tag("backend")
class EncoderDecoderTest {
  private static final int LENGTH = 6;
  private static final int BATCH = 16;
  private static final int VOCAB = 8;

  private static Program program() {
    return EncoderDecoder.program(
        EncoderDecoderConfig.of(VOCAB, LENGTH, 1, 32, 2), Training.small(BATCH, 400, 0.01));
  }

  /** Sources of 3 to 6 tokens from 1 on, their reversal as targets, 0 elsewhere. */
  private static void batch(Session s, Random random) {
    int[] source = new int[BATCH * LENGTH];
    int[] inputs = new int[BATCH * LENGTH];
    int[] targets = new int[BATCH * LENGTH];
    int[] lengths = new int[BATCH];
    float[] weights = new float[BATCH * LENGTH];
    for (int b = 0; b < BATCH; b++) {
      int n = 3 + random.nextInt(4);
      lengths[b] = n;
      for (int t = 0; t < n; t++) {
        source[b * LENGTH + t] = 1 + random.nextInt(VOCAB - 1);
      }
      for (int t = 0; t < n; t++) {
        targets[b * LENGTH + t] = source[b * LENGTH + n - 1 - t];
        inputs[b * LENGTH + t] = t == 0 ? 0 : targets[b * LENGTH + t - 1];
        weights[b * LENGTH + t] = 1;
      }
    }
    s.write("source", source);
    s.write("inputs", inputs);
    s.write("targets", targets);
    s.write("lengths", lengths);
    s.write("weights", weights);
  }

  @Test
  void learnsToReverse() {
    Random random = new Random(1);
    try (Session s = CpuBackend.best().open(program(), SessionOptions.seed(2))) {
      s.run("initialise", 1).orThrow();
      batch(s, random);
      double first = s.run("evaluate", 1).orThrow().last("loss");
      for (int step = 0; step < 400; step++) {
        batch(s, random);
        s.run("train_step", 1).orThrow();
      }
      batch(s, random);
      double last = s.run("evaluate", 1).orThrow().last("loss");
      assertThat(first).isBetween(1.8, 3.2);
      assertThat(last).isLessThan(0.5);
      s.run("losses", 1).orThrow();
      assertThat(s.output("losses", "losses")).hasSize(BATCH * LENGTH);
    }
  }

  @Test
  void paddingAndLaterTargetsAreNotSeen() {
    try (Session s = CpuBackend.best().open(program(), SessionOptions.seed(2))) {
      s.run("initialise", 1).orThrow();
      batch(s, new Random(5));
      s.run("logits", 1).orThrow();
      float[] before = s.output("logits", "logits");
      int[] lengths = s.readInts("lengths");
      int full = lengths[0];
      lengths[0] = 3;
      int[] source = s.readInts("source");
      s.write("lengths", lengths);
      s.run("logits", 1).orThrow();
      float[] shorter = s.output("logits", "logits");
      for (int t = 3; t < LENGTH; t++) {
        source[t] = VOCAB - 1 - source[t];
      }
      s.write("source", source);
      int[] inputs = s.readInts("inputs");
      inputs[LENGTH - 1] = 5;
      s.write("inputs", inputs);
      s.run("logits", 1).orThrow();
      float[] after = s.output("logits", "logits");
      int seen = (LENGTH - 1) * VOCAB;
      assertThat(Arrays.copyOf(after, seen)).isEqualTo(Arrays.copyOf(shorter, seen));
      assertThat(Arrays.copyOfRange(after, seen, seen + VOCAB))
          .isNotEqualTo(Arrays.copyOfRange(shorter, seen, seen + VOCAB));
      if (full > 3) {
        assertThat(Arrays.copyOf(shorter, seen)).isNotEqualTo(Arrays.copyOf(before, seen));
      }
    }
  }

  /** Three pairs in buffers, as the same pairs in the states of a batch. */
  @Test
  void buffersHoldThePairsOfABatch() {
    EncoderDecoderConfig config =
        new EncoderDecoderConfig(
            VOCAB, VOCAB, 3, 3, 1, 2, 8, 2, 16, new DecoderConfig.Init(0.5, 0, true, 1));
    Training training = Training.small(3, 10, 0.01);
    int[] sources = {1, 2, 3, 4, 5, 6, 7, 1, 2};
    int[] sentences = {0, 3, 4, 0, 5, 6, 0, 7, 1, 0};
    for (Backend backend : new Backend[] {Backends.reference(), CpuBackend.best()}) {
      try (Session batch =
              backend.open(EncoderDecoder.program(config, training), SessionOptions.seed(4));
          Session buffers =
              backend.open(
                  EncoderDecoder.program(config, training, new PairSet(3, 3, 3)),
                  SessionOptions.seed(4))) {
        batch.write("source", sources);
        batch.write("lengths", new int[] {3, 3, 3});
        batch.write("inputs", Arrays.copyOf(sentences, 9));
        batch.write("targets", Arrays.copyOfRange(sentences, 1, 10));
        float[] weights = new float[9];
        Arrays.fill(weights, 1);
        batch.write("weights", weights);
        for (String which : new String[] {"train", "eval"}) {
          buffers.write(which + "_sources", Arrays.copyOf(sources, 10));
          buffers.write(which + "_targets", sentences);
        }
        for (Session s : new Session[] {batch, buffers}) {
          s.run("initialise", 1).orThrow();
          s.run("train_step", 5).orThrow();
        }
        double expected = batch.run("evaluate", 1).orThrow().last("loss");
        assertThat(buffers.run("evaluate", 1).orThrow().last("loss"))
            .isCloseTo(expected, within(1e-5));
      }
    }
  }

  @Test
  void bothSidesNeedABlock() {
    assertThatThrownBy(() ->
            new EncoderDecoderConfig(
                8, 8, 6, 6, 0, 1, 32, 2, 64, new DecoderConfig.Init(0.1, 0, true, 1)))
        .hasMessage("encoder and decoder need a block each, got 0 and 1");
  }

  @Test
  void headsMustDivideWidth() {
    assertThatThrownBy(() -> EncoderDecoderConfig.of(8, 6, 1, 32, 3))
        .hasMessage("heads must divide width: width 32, heads 3");
  }
}
