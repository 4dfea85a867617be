package reprise.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reprise.tensor.cpu.CpuBackend;
import reprise.tensor.ir.Cut;
import reprise.tensor.ir.Op;
import reprise.tensor.ir.Pipeline;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.Value;

/** Cut cross-entropy: which blocks count, in which order, and what memory it takes. */
@Tag("backend")
class CutTest {
  static Stream<Backend> backends() {
    return Stream.concat(
        Stream.of(Backends.reference()), CpuBackend.supported().stream().map(CpuBackend::on));
  }

  /**
   * x [rows, d], w [V, d], targets, order: loss, gradients under a threshold, blocks that count.
   */
  private static Program head(int rows, int d, int classes, double threshold) {
    return Program.builder("head")
        .parameter("x", rows, d)
        .parameter("w", classes, d)
        .state("targets", TensorType.i32(rows), State.Kind.DATA)
        .state("order", TensorType.i32(classes), State.Kind.DATA)
        .function(
            "f",
            f -> {
              Value x = f.read("x");
              Value w = f.read("w");
              Value targets = f.read("targets");
              List<Value> loss = f.applyAll(new Cut.CutCrossEntropy(0, false), x, w, targets);
              Value each = f.fill(1, TensorType.f32(rows));
              Op grad = new Cut.CutCrossEntropyGrad(threshold);
              List<Value> d1 = f.applyAll(grad, x, w, targets, loss.get(1), each, f.read("order"));
              List<Value> d2 =
                  f.applyAll(grad, x, w, targets, loss.get(1), each, Cut.byMeanLogit(x, w));
              f.output("rows", loss.getFirst());
              f.output("dx", d1.get(0));
              f.output("dw", d1.get(1));
              f.output("kept", d1.get(2));
              f.output("sorted", d2.get(2));
            })
        .build();
  }

  private static int[] numbered(int n) {
    int[] order = new int[n];
    Arrays.setAll(order, i -> i);
    return order;
  }

  /** One coordinate, so logits are x w: of 600 classes the first 100 share all probability. */
  @ParameterizedTest
  @MethodSource("backends")
  void onlyBlocksThatCountAreComputed(Backend b) {
    try (Session s = b.open(head(2, 1, 600, Cut.THRESHOLD), SessionOptions.seed(1))) {
      float[] w = new float[600];
      Arrays.fill(w, 0, 100, 20);
      s.write("x", new float[] {1, 1});
      s.write("w", w);
      s.write("targets", new int[] {3, 599});
      s.write("order", numbered(600));
      s.run("f", 1).orThrow();
      double lse = 20 + Math.log(100 + 500 * Math.exp(-20));
      assertThat(s.output("f", "rows"))
          .containsExactly(new float[] {(float) (lse - 20), (float) lse}, within(1e-5f));
      // the first block has the likely classes, the last a target, the middle neither
      assertThat(s.output("f", "kept")).containsExactly(1, 0, 1);
      float[] dw = s.output("f", "dw");
      assertThat(dw[3]).isCloseTo(0.02f - 1, within(1e-6f));
      assertThat(dw[300]).isZero();
      assertThat(dw[599]).isCloseTo(-1, within(1e-6f));
      // a target among the likely classes leaves the other blocks empty
      s.write("targets", new int[] {3, 99});
      s.run("f", 1).orThrow();
      assertThat(s.output("f", "kept")).containsExactly(1, 0, 0);
      // and in an order that spreads the likely classes every block counts
      int[] spread = numbered(600);
      spread[10] = 300;
      spread[300] = 10;
      spread[20] = 550;
      spread[550] = 20;
      s.write("order", spread);
      s.run("f", 1).orThrow();
      assertThat(s.output("f", "kept")).containsExactly(1, 1, 1);
      assertThat(s.output("f", "sorted")).containsExactly(1, 0, 0);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void anOrderNamesEveryClassOnce(Backend b) {
    try (Session s = b.open(head(2, 1, 5, 0), SessionOptions.seed(1))) {
      s.write("order", new int[] {0, 1, 3, 3, 4});
      assertThatThrownBy(() -> s.run("f", 1))
          .isInstanceOf(NativeFailure.class)
          .hasMessageContaining(
              "the order names class 3 twice, at position 3: expected every class once");
      s.write("order", new int[] {0, 1, 2, 3, 5});
      assertThatThrownBy(() -> s.run("f", 1))
          .isInstanceOf(NativeFailure.class)
          .hasMessageContaining("index 5 at position 4 is outside the table of 5 rows");
    }
  }

  /**
   * 256 rows, 32,768 classes, logits of deviation 1.5 less 1.2 ln(rank): an independent program
   * found no block to skip as numbered and 30 to 32 % once sorted.
   */
  @Test
  void sortingLetsAThirdOfTheBlocksBeSkipped() {
    int classes = 32_768;
    int d = 64;
    Random random = new Random(3);
    float[] x = new float[256 * d];
    for (int i = 0; i < x.length; i++) {
      x[i] = i % d == d - 1 ? 1 : (float) random.nextGaussian();
    }
    List<Integer> ranks = new java.util.ArrayList<>();
    for (int r = 1; r <= classes; r++) {
      ranks.add(r);
    }
    java.util.Collections.shuffle(ranks, random);
    float[] w = new float[classes * d];
    for (int i = 0; i < w.length; i++) {
      double bias = -1.2 * Math.log(ranks.get(i / d));
      w[i] = (float) (i % d == d - 1 ? bias : 1.5 * random.nextGaussian() / Math.sqrt(d));
    }
    try (Session s =
        CpuBackend.best()
            .open(head(256, d, classes, Cut.THRESHOLD), SessionOptions.seed(1).threads(2))) {
      s.write("x", x);
      s.write("w", w);
      s.write("targets", drawn(ranks, random));
      s.write("order", numbered(classes));
      s.run("f", 1).orThrow();
      assertThat(1 - mean(s.output("f", "kept"))).isZero();
      assertThat(1 - mean(s.output("f", "sorted"))).isBetween(0.2, 0.4);
    }
  }

  /** Targets of probability rank^-1.2, nearly: by the inverse of its integral. */
  private static int[] drawn(List<Integer> ranks, Random random) {
    int[] targets = new int[256];
    for (int i = 0; i < targets.length; i++) {
      double above = 1 - random.nextDouble() * (1 - Math.pow(ranks.size(), -0.2));
      int rank = (int) Math.pow(above, -5);
      targets[i] = ranks.indexOf(rank);
    }
    return targets;
  }

  private static double mean(float[] x) {
    double sum = 0;
    for (float v : x) {
      sum += v;
    }
    return sum / x.length;
  }

  @Test
  void threadsGiveTheSameBits() {
    Program p = head(300, 17, 700, Cut.THRESHOLD);
    float[][] dw = new float[2][];
    for (int threads = 1; threads <= 2; threads++) {
      try (Session s = CpuBackend.best().open(p, SessionOptions.seed(1).threads(threads))) {
        Random random = new Random(9);
        s.write("x", normal(300 * 17, random));
        s.write("w", normal(700 * 17, random));
        s.write("targets", random.ints(300, 0, 700).toArray());
        s.write("order", numbered(700));
        s.run("f", 1).orThrow();
        dw[threads - 1] = s.output("f", "dw");
      }
    }
    assertThat(dw[0]).containsExactly(dw[1]);
  }

  private static float[] normal(int n, Random random) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }

  /** 1024 rows of 16,384 classes are 64 MiB of logits; a block of them is an eighth of one MiB. */
  @Test
  void noLogitsAreHeld() {
    CpuBackend whole = CpuBackend.best().passes(Pipeline.standard().without("fuse"));
    long logits = whole.memoryBytes(losses(false), 1);
    long cut = CpuBackend.best().memoryBytes(losses(true), 1);
    long given = 4L * (1024 * 8 + 16_384 * 8 + 1024);
    assertThat(logits - given).isGreaterThan(64L << 20);
    assertThat(cut - given).isLessThan(1L << 20);
  }

  private static Program losses(boolean cut) {
    return Program.builder("losses")
        .parameter("x", 1024, 8)
        .parameter("w", 16_384, 8)
        .state("targets", TensorType.i32(1024), State.Kind.DATA)
        .function(
            "f",
            f -> {
              Value x = f.read("x");
              Value w = f.read("w");
              Value t = f.read("targets");
              Value rows =
                  cut
                      ? f.applyAll(new Cut.CutCrossEntropy(0, false), x, w, t).getFirst()
                      : x.matmulTransposed(w).crossEntropy(t);
              f.output("loss", rows.mean());
            })
        .build();
  }

  @Test
  void whatDoesNotFitIsNamed() {
    TensorType x = TensorType.f32(3, 4);
    TensorType w = TensorType.f32(9, 4);
    TensorType targets = TensorType.i32(3);
    TensorType rows = TensorType.f32(3);
    assertThatThrownBy(() -> new Cut.CutCrossEntropy(1, false).infer(List.of(x, w, targets)))
        .hasMessage("expected a threshold in [0, 1), got 1.0");
    assertThatThrownBy(() ->
            new Cut.CutCrossEntropy(0, false).infer(List.of(x, TensorType.f32(4, 9), targets)))
        .hasMessage("expected w [V, d] with d of x, got f32[4,9]");
    assertThatThrownBy(() -> new Cut.CutCrossEntropy(0, false).infer(List.of(x, w, rows)))
        .hasMessage("expected one class index a row to be i32[3], got f32[3]");
    assertThatThrownBy(() ->
            new Cut.CutCrossEntropyGrad(0)
                .infer(List.of(x, w, targets, rows, rows, TensorType.i32(8))))
        .hasMessage("expected an order of the classes to be i32[9], got i32[8]");
    assertThat(
            new Cut.CutCrossEntropyGrad(0)
                .infer(List.of(x, w, targets, rows, rows, TensorType.i32(9))))
        .containsExactly(x, w, TensorType.f32(1, 1));
  }
}
