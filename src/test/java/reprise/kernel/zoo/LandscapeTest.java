package reprise.kernel.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.dsl.zoo.Descent;
import reprise.dsl.zoo.Probing;
import reprise.tensor.Backends;
import reprise.tensor.Group;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.ir.Passes;
import reprise.tensor.ir.Program;
import reprise.tensor.model.Mlp;
import reprise.tensor.model.Weight;

/** What is measured around and between models, against dense algebra and by its own laws. */
@Tag("backend")
class LandscapeTest {
  private static final int FEATURES = 4;
  private static final int CLASSES = 3;
  private static final Mlp NET = Mlp.relu(5, 4);
  private static final Descent CURVE = new Descent(16, 0.1, 0.9, 5e-4, 20);
  private static final Probing PROBING = new Probing(64, 400, 1e-5, 20_000, 12, CURVE, 5, 16, 4);

  /** Classes are directions with noise around them. */
  static ZooExamples examples() {
    return new ZooExamples(FEATURES, CLASSES, points(64, 1), labels(64), points(32, 2), labels(32));
  }

  private static float[] points(int n, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] x = new float[n * FEATURES];
    for (int i = 0; i < x.length; i++) {
      double place = Math.cos((i % FEATURES) * (1 + i / FEATURES % CLASSES));
      x[i] = (float) (place + 0.6 * random.nextGaussian());
    }
    return x;
  }

  private static int[] labels(int n) {
    int[] y = new int[n];
    for (int i = 0; i < n; i++) {
      y[i] = i % CLASSES;
    }
    return y;
  }

  private static List<ZooModel> trained() {
    CellTraining cell = new CellTraining(NET, new Descent(16, 0.05, 0.9, 0, 30), examples());
    try (Group g = cell.open(Backends.best(), List.of(1L, 2L), 1)) {
      return cell.train(g, false).stream().map(m -> ((CellTraining.Trained) m).model()).toList();
    }
  }

  /** The Hessian of the mean loss by columns, in double. */
  private static double[][] dense(ZooModel model) {
    LandscapeProgram plan = new LandscapeProgram(NET, examples(), PROBING);
    List<String> names = plan.weights().stream().map(Weight::name).toList();
    Program p = Passes.hessianVector(plan.build(), "probe_loss", "loss", "product", names);
    int size = (int) model.size();
    double[][] h = new double[size][size];
    try (var s = Backends.reference().open(p, SessionOptions.seed(1))) {
      s.write("probe_x", examples().trainX());
      s.write("probe_y", examples().trainY());
      names.forEach(n -> s.write(n, model.weights().get(n)));
      int column = 0;
      for (String of : names) {
        for (int i = 0; i < model.weights().get(of).length; i++) {
          for (String n : names) {
            s.write("v/" + n, new float[model.weights().get(n).length]);
          }
          float[] unit = new float[model.weights().get(of).length];
          unit[i] = 1;
          s.write("v/" + of, unit);
          s.run("product", 1).orThrow();
          int row = 0;
          for (String n : names) {
            double[] part = s.exactOutput("product", "Hv/" + n);
            System.arraycopy(part, 0, h[column], row, part.length);
            row += part.length;
          }
          column++;
        }
      }
    }
    return h;
  }

  /** The largest eigenvalue by many products with the dense matrix. */
  private static double largest(double[][] h) {
    double[] v = new double[h.length];
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < v.length; i++) {
      v[i] = random.nextGaussian();
    }
    double value = 0;
    for (int step = 0; step < 20_000; step++) {
      double[] w = new double[v.length];
      double norm = 0;
      value = 0;
      for (int i = 0; i < v.length; i++) {
        for (int j = 0; j < v.length; j++) {
          w[i] += h[i][j] * v[j];
        }
        value += v[i] * w[i];
        norm += w[i] * w[i];
      }
      double length = 0;
      for (double x : v) {
        length += x * x;
      }
      value /= length;
      for (int i = 0; i < v.length; i++) {
        v[i] = w[i] / Math.sqrt(norm);
      }
    }
    return value;
  }

  @Test
  void topEigenvalueAndTraceAreWithinOnePercentOfTheDenseHessian() {
    ZooModel model = trained().getFirst();
    double[][] h = dense(model);
    assertThat(h).hasDimensions(5 * 5 + 6 * 4 + 5 * 3, 5 * 5 + 6 * 4 + 5 * 3);
    double trace = 0;
    for (int i = 0; i < h.length; i++) {
      trace += h[i][i];
      for (int j = 0; j < i; j++) {
        assertThat(h[i][j]).isCloseTo(h[j][i], within(1e-9));
      }
    }
    try (LandscapeProbe probe = new LandscapeProbe(Backends.best(), NET, examples(), PROBING)) {
      LandscapeProbe.Local local = probe.local(model);
      Percentage one = Percentage.withPercentage(1);
      assertThat(local.largest().value()).isCloseTo(largest(h), one);
      assertThat(local.trace().value()).isCloseTo(trace, one);
      // the same whatever was measured before
      assertThat(probe.local(model).trace()).isEqualTo(local.trace());
      assertThat(local.spectrum().orElseThrow().largest()).isCloseTo(largest(h), one);
    }
  }

  @Test
  void aTrainedCurveAvoidsTheBarrierOfTheLine() {
    List<ZooModel> models = trained();
    ZooModel a = models.get(0);
    ZooModel b = models.get(1);
    try (LandscapeProbe probe = new LandscapeProbe(Backends.best(), NET, examples(), PROBING)) {
      PairProbe pairs = new PairProbe(probe);
      PairProbe.Profile line = pairs.line(a, b);
      PairProbe.Profile curve = pairs.curve(a, b, PairProbe.halfway(a, b));
      assertThat(line.places()).containsExactly(0.0, 0.25, 0.5, 0.75, 1.0);
      assertThat(line.errors().getFirst()).isCloseTo(probe.trainError(a), within(1e-9));
      assertThat(line.errors().getLast()).isCloseTo(probe.trainError(b), within(1e-9));
      assertThat(curve.errors().getFirst()).isCloseTo(probe.trainError(a), within(1e-9));
      assertThat(curve.errors().getLast()).isCloseTo(probe.trainError(b), within(1e-9));
      assertThat(line.errors().get(2))
          .isCloseTo(probe.trainError(PairProbe.halfway(a, b)), within(1e-9));
      assertThat(line.connectivity()).isLessThan(-5);
      assertThat(curve.connectivity()).isGreaterThan(line.connectivity() + 5);
      // again from the start, to the same bits, whatever was trained before
      assertThat(pairs.curve(a, b, PairProbe.halfway(a, b))).isEqualTo(curve);
      assertThat(pairs.curve(a, b, a)).isNotEqualTo(curve);
    }
  }

  @Test
  void connectivityIsTheFurthestFromTheMeanOfTheEnds() {
    List<Double> at = List.of(0.0, 0.5, 1.0);
    assertThat(new PairProbe.Profile(at, List.of(2.0, 9.0, 4.0)).connectivity()).isEqualTo(-6);
    assertThat(new PairProbe.Profile(at, List.of(2.0, 1.0, 4.0)).connectivity()).isEqualTo(2);
    // an end that is worse than the mean counts, too
    assertThat(new PairProbe.Profile(at, List.of(0.0, 3.0, 8.0)).connectivity()).isEqualTo(4);
  }

  @Test
  void ckaIsOneForTurnedOutputsAndUndefinedForConstantOnes() {
    SplittableRandom random = new SplittableRandom(9);
    int n = 40;
    double[] x = new double[n * 2];
    double[] turned = new double[n * 2];
    double[] other = new double[n * 2];
    for (int i = 0; i < n; i++) {
      x[2 * i] = random.nextGaussian();
      x[2 * i + 1] = random.nextGaussian();
      turned[2 * i] = 3 * (0.6 * x[2 * i] - 0.8 * x[2 * i + 1]) + 5;
      turned[2 * i + 1] = 3 * (0.8 * x[2 * i] + 0.6 * x[2 * i + 1]) - 1;
      other[2 * i] = random.nextGaussian();
      other[2 * i + 1] = random.nextGaussian();
    }
    assertThat(LinearCka.of(x, turned, n)).isCloseTo(1, within(1e-12));
    assertThat(LinearCka.of(x, other, n)).isLessThan(0.4);
    assertThat(LinearCka.of(x, new double[2 * n], n)).isNaN();
    assertThat(LinearCka.batched(x, turned, n, 16)).isCloseTo(1, within(1e-12));
    assertThatThrownBy(() -> LinearCka.batched(x, turned, n, 64))
        .hasMessage("similarity needs a batch of 64 examples, got 40");
    double[] p = LinearCka.softmax(new float[] {0, (float) Math.log(3), 1000, 1000}, 2);
    assertThat(p).containsExactly(new double[] {0.25, 0.75, 0.5, 0.5}, within(1e-7));
  }

  @Test
  void averagesOfAlignedModelsAndPruning() {
    List<ZooModel> models = trained();
    ZooModel a = models.get(0);
    ZooModel shuffled = permutedUnits(a);
    assertThat(Alignment.align(shuffled, a).weights().get("layer1"))
        .containsExactly(a.weights().get("layer1"));
    try (LandscapeProbe probe = new LandscapeProbe(Backends.best(), NET, examples(), PROBING)) {
      ZooModel aligned = Alignment.align(models.get(1), a);
      assertThat(probe.answers(aligned).logits())
          .containsExactly(probe.answers(models.get(1)).logits(), within(1e-5));
      assertThat(distance(a, aligned)).isLessThan(distance(a, models.get(1)));
    }
    ZooModel pruned = a.pruned(0.5);
    long zeros = 0;
    for (String name : List.of("layer0", "layer1", "layer2")) {
      for (float w : pruned.weights().get(name)) {
        zeros += w == 0 ? 1 : 0;
      }
    }
    assertThat(zeros).isEqualTo((20 + 20 + 12) / 2);
    assertThat(pruned.weights().get("layer0.bias")).isEqualTo(a.weights().get("layer0.bias"));
  }

  /** The same function with the units of both hidden layers in another order. */
  private static ZooModel permutedUnits(ZooModel m) {
    int[] first = {3, 0, 4, 1, 2};
    int[] second = {2, 3, 1, 0};
    var out = new java.util.LinkedHashMap<String, float[]>();
    int[] none = {0, 1, 2, 3};
    out.put("layer0", moved(m, "layer0", none, first));
    out.put("layer0.bias", moved(m, "layer0.bias", new int[] {0}, first));
    out.put("layer1", moved(m, "layer1", first, second));
    out.put("layer1.bias", moved(m, "layer1.bias", new int[] {0}, second));
    out.put("layer2", moved(m, "layer2", second, new int[] {0, 1, 2}));
    out.put("layer2.bias", m.weights().get("layer2.bias"));
    return new ZooModel(out);
  }

  private static float[] moved(ZooModel m, String name, int[] rows, int[] columns) {
    float[] old = m.weights().get(name);
    float[] out = new float[old.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        out[i * columns.length + j] = old[rows[i] * columns.length + columns[j]];
      }
    }
    return out;
  }

  private static double distance(ZooModel a, ZooModel b) {
    double square = 0;
    for (var e : a.weights().entrySet()) {
      for (int i = 0; i < e.getValue().length; i++) {
        square += Math.pow(e.getValue()[i] - b.weights().get(e.getKey())[i], 2);
      }
    }
    return Math.sqrt(square);
  }

  @Test
  void theBestAssignmentIsThatOfAllPermutations() {
    SplittableRandom random = new SplittableRandom(4);
    for (int round = 0; round < 20; round++) {
      int n = 5;
      double[] gain = random.doubles(25).toArray();
      int[] found = Assignment.largest(gain, n);
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += gain[i * n + found[i]];
      }
      assertThat(found).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
      assertThat(sum).isCloseTo(best(gain, n, 0, 0), within(1e-12));
    }
  }

  private static double best(double[] gain, int n, int row, int taken) {
    if (row == n) {
      return 0;
    }
    double best = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < n; c++) {
      if ((taken & 1 << c) == 0) {
        best = Math.max(best, gain[row * n + c] + best(gain, n, row + 1, taken | 1 << c));
      }
    }
    return best;
  }

  @Test
  void weightsBecomeTokensAndComeBack() {
    ZooModel model = trained().getFirst();
    for (int size : new int[] {0, 2, 3, 64}) {
      WeightTokens tokens = WeightTokens.of(model, size);
      assertThat(tokens.model(model).weights().get("layer1"))
          .containsExactly(model.weights().get("layer1"));
      int weights = 0;
      for (boolean real : tokens.mask()) {
        weights += real ? 1 : 0;
      }
      assertThat(weights).isEqualTo(model.size());
    }
    WeightTokens whole = WeightTokens.of(model, 0);
    assertThat(whole.size()).isEqualTo(6);
    assertThat(whole.count()).isEqualTo(5 + 4 + 3);
    assertThat(whole.positions()).startsWith((short) 0, (short) 0, (short) 0);
    assertThat(whole.positions()).endsWith((short) 11, (short) 2, (short) 2);
    // unit 1 of the first layer: its weights, then its bias, then padding
    assertThat(whole.values()[6]).isEqualTo(model.weights().get("layer0")[1]);
    assertThat(whole.values()[6 + 4]).isEqualTo(model.weights().get("layer0.bias")[1]);
    assertThat(whole.mask()[6 + 5]).isFalse();
  }

  @Test
  void aProbeSeesItsSession() {
    try (LandscapeProbe probe = new LandscapeProbe(Backends.best(), NET, examples(), PROBING)) {
      Session s = probe.session();
      assertThat(s.program().functions().keySet())
          .contains("train_on_curve", "train_on_line", "test_on_line", "curve_step");
    }
  }
}
