package reprise.tensor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.tensor.Backend;
import reprise.tensor.Backends;
import reprise.tensor.Group;
import reprise.tensor.MemberReport;
import reprise.tensor.Phases;
import reprise.tensor.RunControl;
import reprise.tensor.RunReport;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.ir.Elementwise;
import reprise.tensor.ir.Examples;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.RandomOp;
import reprise.tensor.ir.Shape;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;

/** Nets on labelled examples: against the reference, over epochs, in groups. */
@Tag("backend")
class ClassifierTest {
  private static final int CLASSES = 3;

  private static Training training(int batch, int steps) {
    return Training.small(batch, steps, 0.02).clip(0).optimiser(new Optimiser.Sgd(0.9, false, 0));
  }

  /** A class is a direction: examples lie around it. */
  private static float[] examples(int n, int d, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] x = new float[n * d];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (Math.cos((i % d) * (1 + i / d % CLASSES)) + 0.6 * random.nextGaussian());
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

  private static void fill(Session s, ExampleSet set) {
    int d = set.input().size();
    s.write("train_x", examples(set.train(), d, 1));
    s.write("train_y", labels(set.train()));
    s.write("test_x", examples(set.test(), d, 2));
    s.write("test_y", labels(set.test()));
    s.run("initialise", 1).orThrow();
  }

  private static void trainsLikeTheReference(Architecture net, ExampleSet set, int steps) {
    Program p = Classifier.program(net, training(9, steps), set);
    assertThat(p.parameters()).isEqualTo(net.parameters(set.input(), set.classes()));
    try (Session r = Backends.reference().open(p, SessionOptions.seed(4));
        Session s = Backends.best().open(p, SessionOptions.seed(4).threads(2))) {
      fill(r, set);
      fill(s, set);
      float[] expected = r.run("train_step", steps).orThrow().series("loss");
      float[] got = s.run("train_step", steps).orThrow().series("loss");
      for (int i = 0; i < steps; i++) {
        assertThat(got[i]).as("step %d", i).isCloseTo(expected[i], within(2e-3f));
      }
      if (!net.statistics().isEmpty()) {
        String mean = net.statistics().getLast().name() + ".mean";
        assertThat(s.read(mean)[0]).isCloseTo(r.read(mean)[0], within(1e-3f));
        r.run("estimate_statistics", 3).orThrow();
        s.run("estimate_statistics", 3).orThrow();
      }
      RunReport a = r.run("evaluate", set.testSteps()).orThrow();
      RunReport b = s.run("evaluate", set.testSteps()).orThrow();
      assertThat(Classifier.loss(b)).isCloseTo(Classifier.loss(a), within(3e-3));
      assertThat(Classifier.accuracy(b)).isBetween(0.5, 1.0);
      double count = 0;
      for (float x : b.series("count")) {
        count += x;
      }
      assertThat(count).isEqualTo(set.test());
    }
  }

  @Test
  void perceptronsTrainLikeTheReference() {
    ExampleSet set =
        new ExampleSet(60, 35, Shape.of(7), CLASSES, Examples.Order.SHUFFLED, 0, false, 16);
    trainsLikeTheReference(Mlp.relu(8, 5), set, 60);
    trainsLikeTheReference(
        new Mlp(List.of(6), Mlp.Activation.TANH, false, Weight.Scheme.XAVIER_UNIFORM), set, 60);
  }

  @Test
  void residualNetsTrainLikeTheReference() {
    ExampleSet set =
        ExampleSet.of(30, 20, Shape.of(6, 8, 2), CLASSES)
            .order(Examples.Order.SHUFFLED_WHOLE_BATCHES)
            .augment(1, true);
    trainsLikeTheReference(ResNet.of(1, 4), set, 12);
    trainsLikeTheReference(new ResNet(1, 4, false), set.augment(0, false), 25);
  }

  @Test
  void aResNetHasTheParametersOfThePaper() {
    // He et al. 2016, table 6: ResNet-20 has 0.27 million parameters
    assertThat(ResNet.of(3, 16).parameters(Shape.of(32, 32, 3), 10)).isEqualTo(272_474L);
    assertThatThrownBy(() -> ResNet.of(3, 16).weights(Shape.of(9), 10))
        .hasMessage("a ResNet takes images [H, W, C], got [9]");
  }

  @Test
  void membersDifferBySettings() {
    ExampleSet set = ExampleSet.of(60, 30, Shape.of(7), CLASSES);
    Program p = Classifier.programWithL2(Mlp.relu(8), training(10, 120), set);
    List<SessionOptions> seeds = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      seeds.add(SessionOptions.seed(5));
    }
    try (Group g = Backends.best().openGroup(p, seeds, 2)) {
      g.share("train_x", examples(60, 7, 1));
      g.share("train_y", labels(60));
      g.share("test_x", examples(30, 7, 2));
      g.share("test_y", labels(30));
      g.run("initialise", 1).forEach(MemberReport::orThrow);
      g.members().get(1).write("rate_factor", new float[] {0});
      g.members().get(2).write("l2", new float[] {1});
      g.members().get(3).write("label_noise", new float[] {1});
      float[] start = g.members().get(1).read("layer0");
      List<MemberReport> reports =
          g.run(
              Phases.of("train_step", set.stepsPerEpoch(10))
                  .then("evaluate", set.testSteps())
                  .repeat(20),
              RunControl.DEFAULT);
      assertThat(g.members().get(1).read("layer0")).isEqualTo(start);
      assertThat(norm(g.members().get(2))).isLessThan(0.8 * norm(g.members().get(0)));
      assertThat(reports.get(0).phase("evaluate").done()).isEqualTo(20);
      double[] loss = new double[4];
      for (int m = 0; m < 4; m++) {
        loss[m] = Classifier.loss(reports.get(m).orThrow().phase("evaluate"));
      }
      // training on labels without meaning learns nothing for the test
      assertThat(loss[0]).isLessThan(loss[2]).isLessThan(loss[3]);
      assertThat(g.members().get(0).output("evaluate", "logits")).hasSize(30 * CLASSES);
    }
  }

  private static double norm(Session s) {
    double sum = 0;
    for (float x : s.read("layer0")) {
      sum += x * x;
    }
    return Math.sqrt(sum);
  }

  /** The indices of steps 0, 1, .. of an order. */
  private static int[] indices(Backend b, Examples.Order order, int n, int batch, int steps) {
    Program p =
        Program.builder("draw")
            .state("index", TensorType.i32(batch), State.Kind.COUNTER)
            .state("step", TensorType.i32(), State.Kind.COUNTER)
            .function(
                "draw",
                f -> {
                  f.update(
                      "index",
                      f.applyAll(new Examples.Batch(order, n, batch, 9), f.read("step")).get(0));
                  f.update("step", f.read("step").increment(1));
                })
            .build();
    int[] all = new int[batch * steps];
    try (Session s = b.open(p, SessionOptions.seed(3))) {
      for (int i = 0; i < steps; i++) {
        s.run("draw", 1).orThrow();
        System.arraycopy(s.readInts("index"), 0, all, i * batch, batch);
      }
    }
    return all;
  }

  @Test
  void anEpochShowsEveryExampleOnce() {
    for (int n : new int[] {1, 2, 5, 64, 65, 1000}) {
      int batch = Math.min(n, 10);
      int[] drawn = indices(Backends.best(), Examples.Order.SHUFFLED, n, batch, n);
      int epochs = batch;
      List<List<Integer>> orders = new ArrayList<>();
      for (int e = 0; e < epochs; e++) {
        List<Integer> epoch = new ArrayList<>();
        for (int i = e * n; i < (e + 1) * n; i++) {
          epoch.add(drawn[i]);
        }
        assertThat(epoch).doesNotHaveDuplicates().allMatch(i -> i >= 0 && i < n).hasSize(n);
        orders.add(epoch);
      }
      if (n > 5) {
        assertThat(orders).doesNotHaveDuplicates();
      }
    }
    int[] whole = indices(Backends.best(), Examples.Order.SHUFFLED_WHOLE_BATCHES, 25, 10, 40);
    for (int e = 0; e < 20; e++) {
      assertThat(java.util.Arrays.copyOfRange(whole, 20 * e, 20 * e + 20)).doesNotHaveDuplicates();
    }
    assertThat(whole).contains(0, 24);
  }

  @Test
  void placesOfAShuffleAreEven() {
    // 400 epochs of 8: the place of example 0 is uniform; chi-square of 7 degrees, 99.9 % is 24.3
    int[] drawn = indices(Backends.best(), Examples.Order.SHUFFLED, 8, 8, 400);
    int[] count = new int[8];
    for (int i = 0; i < drawn.length; i++) {
      if (drawn[i] == 0) {
        count[i % 8]++;
      }
    }
    double chi = 0;
    for (int c : count) {
      chi += (c - 50) * (c - 50) / 50.0;
    }
    assertThat(chi).isLessThan(24.3);
  }

  @Test
  void aShareOfTheLabelsIsReplaced() {
    int n = 20_000;
    Program p =
        Program.builder("noise")
            .state("y", TensorType.i32(n), State.Kind.COUNTER)
            .function(
                "draw",
                f -> {
                  var step = f.apply(new RandomOp.CallStep());
                  var index =
                      f.applyAll(new Examples.Batch(Examples.Order.IN_ORDER, n, n, 1), step).get(0);
                  var zero = f.fill(0, TensorType.i32(n));
                  f.update(
                      "y",
                      f.apply(
                          new Examples.NoisyLabels(10, 3),
                          zero,
                          index,
                          f.scalar(0.3),
                          f.fill(7, TensorType.i32())));
                  f.output("size", f.apply(new Elementwise.ToFloat(), zero).mean());
                })
            .build();
    try (Session s = Backends.best().open(p, SessionOptions.seed(1))) {
      s.run("draw", 1).orThrow();
      double changed = 0;
      for (int y : s.readInts("y")) {
        changed += y == 0 ? 0 : 1.0 / n;
      }
      // 0.3 x 9/10, three standard errors
      assertThat(changed).isCloseTo(0.27, within(3 * Math.sqrt(0.27 * 0.73 / n)));
    }
  }
}
