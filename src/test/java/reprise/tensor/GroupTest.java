package reprise.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reprise.tensor.ir.DType;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.RandomOp;
import reprise.tensor.ir.Shape;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.Value;

/** Groups against the same programs alone. */
@Tag("backend")
class GroupTest {
  private static final float[] DATA = new float[40 * 6];

  static {
    for (int i = 0; i < DATA.length; i++) {
      DATA[i] = (float) Math.sin(1 + i * 0.7);
    }
  }

  static Stream<Backend> backends() {
    return SessionTest.backends();
  }

  /** Fits y = x[:, 0] by two layers of some width, with noise drawn anew in each step. */
  private static Program program(int width) {
    return Program.builder("net")
        .parameter("w1", 6, width)
        .parameter("w2", width, 1)
        .state("rate", TensorType.f32(), State.Kind.SETTING)
        .state("step", TensorType.i32(), State.Kind.COUNTER)
        .state("x", TensorType.f32(40, 6), State.Kind.DATA)
        .function(
            "initialise",
            f -> {
              f.update("w1", f.apply(new RandomOp.Normal(Shape.of(6, width), 1, 0, 0.4)));
              f.update("w2", f.apply(new RandomOp.Normal(Shape.of(width, 1), 2, 0, 0.4)));
              f.update("step", f.fill(0, TensorType.i32()));
              f.update("rate", f.scalar(0.05));
            })
        .function(
            "train_step",
            f -> {
              Value step = f.read("step");
              Value noise = f.apply(new RandomOp.Normal(Shape.of(40, 1), 3, 0, 0.01), step);
              Value x = f.read("x");
              Value y = x.matmul(f.read("w1")).tanh().matmul(f.read("w2"));
              Value loss = y.sub(x.slice(1, 0, 1)).sub(noise).square().mean();
              List<Value> w = List.of(f.read("w1"), f.read("w2"));
              List<Value> g = f.gradients(loss, w);
              for (int i = 0; i < 2; i++) {
                f.update("w" + (i + 1), w.get(i).sub(g.get(i).mul(f.read("rate"))));
              }
              f.update("step", step.increment(1));
              f.output("loss", loss);
            })
        .function(
            "predict",
            f -> {
              Value y = f.read("x").matmul(f.read("w1")).tanh().matmul(f.read("w2"));
              f.output("prediction", y).output("size", y.square().mean());
            })
        .build();
  }

  private static List<SessionOptions> seeds(int n) {
    List<SessionOptions> list = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      list.add(SessionOptions.seed(7 + i / 2).run(i % 2));
    }
    return list;
  }

  private static Group open(Backend b, int threads) {
    Group g =
        b.openGroup(
            List.of(new Group.Part(program(5), seeds(4)), new Group.Part(program(19), seeds(3))),
            threads);
    g.share("x", DATA);
    g.run("initialise", 1).forEach(MemberReport::orThrow);
    for (int m = 0; m < g.members().size(); m++) {
      g.members().get(m).write("rate", new float[] {0.05f + 0.01f * m});
    }
    return g;
  }

  @ParameterizedTest
  @MethodSource("backends")
  void membersHaveTheBitsOfTheirProgramAlone(Backend backend) {
    List<String> alone = new ArrayList<>();
    List<float[]> losses = new ArrayList<>();
    for (int m = 0; m < 7; m++) {
      Program p = program(m < 4 ? 5 : 19);
      try (Session s = backend.open(p, seeds(4).get(m < 4 ? m : m - 4))) {
        s.write("x", DATA);
        s.run("initialise", 1).orThrow();
        s.write("rate", new float[] {0.05f + 0.01f * m});
        losses.add(s.run("train_step", 300).orThrow().series("loss"));
        alone.add(s.digest());
      }
    }
    assertThat(alone).doesNotHaveDuplicates();
    for (int threads = 1; threads <= 3; threads++) {
      try (Group g = open(backend, threads)) {
        List<MemberReport> first = g.run("train_step", 100);
        List<MemberReport> second = g.run("train_step", 200);
        for (int m = 0; m < 7; m++) {
          float[] joined = new float[300];
          System.arraycopy(first.get(m).phase("train_step").series("loss"), 0, joined, 0, 100);
          System.arraycopy(second.get(m).phase("train_step").series("loss"), 0, joined, 100, 200);
          assertThat(joined).isEqualTo(losses.get(m));
          assertThat(g.members().get(m).digest()).isEqualTo(alone.get(m));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void phasesAlternateAndKeepTheWeightsOfEachRepeat(Backend backend) {
    try (Group whole = open(backend, 2);
        Group parts = open(backend, 1)) {
      Phases plan = Phases.of("train_step", 20).then("predict", 2).repeat(5).keepingParameters();
      List<MemberReport> reports = whole.run(plan, RunControl.DEFAULT);
      for (int r = 0; r < 5; r++) {
        List<MemberReport> train = parts.run("train_step", 20);
        List<MemberReport> predict = parts.run("predict", 2);
        for (int m = 0; m < 7; m++) {
          MemberReport report = reports.get(m);
          float[] loss = report.phase("train_step").series("loss");
          assertThat(java.util.Arrays.copyOfRange(loss, 20 * r, 20 * r + 20))
              .isEqualTo(train.get(m).phase("train_step").series("loss"));
          assertThat(report.phase("predict").series("size")[2 * r + 1])
              .isEqualTo(predict.get(m).phase("predict").series("size")[1]);
          assertThat(report.kept().get(r).get("w1")).isEqualTo(parts.members().get(m).read("w1"));
        }
      }
      for (int m = 0; m < 7; m++) {
        assertThat(reports.get(m).kept()).hasSize(5);
        assertThat(whole.members().get(m).output("predict", "prediction"))
            .hasSize(40)
            .isEqualTo(parts.members().get(m).output("predict", "prediction"));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aMemberThatLeavesTheNumbersStopsAlone(Backend backend) {
    try (Group g = open(backend, 2)) {
      Checkpoint start = g.members().get(2).export();
      g.members().get(2).write("rate", new float[] {1e30f});
      List<MemberReport> reports = g.run("train_step", 600);
      MemberReport bad = reports.get(2);
      RunReport.NonFinite end = (RunReport.NonFinite) bad.end();
      assertThat(end.output()).isEqualTo("loss");
      assertThat(end.step()).isEqualTo(bad.phase("train_step").done() - 1).isBetween(1, 9);
      assertThat(bad.node()).contains(" = ").contains(": f32[");
      assertThatThrownBy(bad::orThrow)
          .hasMessageContaining("member 2 stopped: loss is ")
          .hasMessageContaining("in step " + end.step() + ", first in %");
      for (int m : new int[] {0, 1, 3, 4, 5, 6}) {
        assertThat(reports.get(m).orThrow().phase("train_step").done()).isEqualTo(600);
      }
      List<MemberReport> later = g.run("train_step", 5);
      assertThat(later.get(2).phase("train_step").done()).isZero();
      assertThat(later.get(2).end()).isEqualTo(end);
      assertThat(later.get(3).phase("train_step").done()).isEqualTo(5);
      g.members().get(2).restore(start);
      assertThat(g.run("train_step", 5).get(2).orThrow().phase("train_step").done()).isEqualTo(5);
    }
  }

  @Test
  void theSearchForTheNodeWorksFarIntoARun() {
    Program p =
        Program.builder("late")
            .parameter("w", 3)
            .state("step", TensorType.i32(), State.Kind.COUNTER)
            .function(
                "train_step",
                f -> {
                  Value t = f.apply(new reprise.tensor.ir.Elementwise.ToFloat(), f.read("step"));
                  // ln(700 - t) is -inf in step 700
                  Value bad = t.affine(-1, 700).log();
                  f.update("w", f.read("w").affine(1, 1).add(bad));
                  f.update("step", f.read("step").increment(1));
                  f.output("loss", f.read("w").mean().add(bad.scale(2)));
                })
            .build();
    for (Backend b : backends().toList()) {
      try (Group g = b.openGroup(p, seeds(2), 1)) {
        for (MemberReport r : g.run("train_step", 1000)) {
          assertThat(((RunReport.NonFinite) r.end()).step()).isEqualTo(700);
          assertThat(r.node()).contains("unary").contains("LOG");
          assertThat(g.members().get(r.member()).readInts("step")).containsExactly(701);
        }
      }
    }
  }

  @Test
  void cancelStopsAllWithinAStep() throws InterruptedException {
    try (Group g = open(Backends.best(), 2)) {
      CompletableFuture<List<MemberReport>> run =
          CompletableFuture.supplyAsync(() -> g.run("train_step", 2_000_000));
      while (g.progress().done() < 10) {
        Thread.sleep(1);
      }
      assertThat(g.progress().running()).isTrue();
      g.cancel();
      for (MemberReport r : run.join()) {
        assertThat(r.end()).isInstanceOf(RunReport.Cancelled.class);
        int done = r.phase("train_step").done();
        assertThat(r.phase("train_step").series("loss")).hasSize(done);
        assertThat(g.members().get(r.member()).readInts("step")).containsExactly(done);
      }
      assertThat(g.progress().running()).isFalse();
      g.run("train_step", 1).forEach(MemberReport::orThrow);
    }
  }

  @Test
  void whatIsWrongIsNamed() {
    Backend b = Backends.best();
    Group g = open(b, 1);
    assertThatThrownBy(() -> g.share("rate", new float[1]))
        .hasMessage(
            "state rate is SETTING, not DATA: write it to each member, members do not share it");
    assertThatThrownBy(() -> g.share("nope", new float[1]))
        .hasMessage("no program of the group has a state 'nope'");
    assertThatThrownBy(() -> g.run("nope", 1)).hasMessageContaining("no function 'nope'");
    assertThatThrownBy(() -> new Group.Part(program(3), List.of(SessionOptions.seed(1).threads(2))))
        .hasMessage("a member of a group runs on one thread, got 2");
    assertThatThrownBy(
            () -> new Group.Part(program(3), List.of(SessionOptions.seed(1).checkEveryValue())))
        .hasMessageStartingWith("a group cannot check every value; ");
    assertThatThrownBy(() -> g.run("train_step", 1).get(0).phase("predict"))
        .hasMessage("no phase ran 'predict'; phases: [train_step]");
    assertThat(g.members().get(5).read("x")).isEqualTo(DATA);
    g.close();
    g.close();
    assertThatThrownBy(() -> g.run("train_step", 1)).hasMessage("the group is closed");
    assertThatThrownBy(() -> g.members().get(0).read("w1")).hasMessage("the group is closed");
    assertThat(program(3).state("rate").type().dtype()).isEqualTo(DType.F32);
  }
}
