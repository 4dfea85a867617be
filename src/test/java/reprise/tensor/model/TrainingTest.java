package reprise.tensor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reprise.tensor.Backend;
import reprise.tensor.Backends;
import reprise.tensor.RunReport;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.cpu.CpuBackend;
import reprise.tensor.ir.Optimise;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.TypeMismatch;
import reprise.tensor.ir.Update;

/** Optimisers, learning rates, groups: whole trainings and known values. */
@Tag("backend")
class TrainingTest {
  /** An optimiser and a learning rate that suits it. */
  record Choice(Optimiser optimiser, double rate) {}

  static Stream<Choice> optimisers() {
    return Stream.of(
        new Choice(new Optimiser.AdamW(0.9, 0.95, 1e-8, 0.1), 0.01),
        new Choice(new Optimiser.Adam(0.9, 0.95, 1e-8, 1e-4), 0.01),
        new Choice(new Optimiser.Sgd(0, false, 1e-4), 1),
        new Choice(new Optimiser.Sgd(0.9, false, 1e-4), 0.2),
        new Choice(new Optimiser.Sgd(0.9, true, 1e-4), 0.2),
        new Choice(new Optimiser.Lion(0.9, 0.99, 0.1), 2e-3),
        new Choice(new Optimiser.RmsProp(0.99, 1e-8, 0, 1e-4), 3e-3),
        new Choice(new Optimiser.RmsProp(0.99, 1e-8, 0.9, 1e-4), 1e-3),
        new Choice(Optimiser.Adafactor.paper(), 0.05),
        new Choice(new Optimiser.Adafactor(1e-30, 1e-3, 1, 0.8, 0.01, false), 0.01));
  }

  private static Program decoder(Training t) {
    return Decoder.program(DecoderConfig.gpt2(16, 12, 1, 16, 2), t, Corpus.text(400, 200, 2));
  }

  /** Trains on a cycle of seven symbols. */
  private static Session trained(Backend backend, Program p, int threads, int... calls) {
    Session s = backend.open(p, SessionOptions.seed(5).threads(threads));
    int[] tokens = new int[400];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = i % 7;
    }
    s.write("train_tokens", tokens);
    s.run("initialise", 1).orThrow();
    for (int steps : calls) {
      s.run("train_step", steps).orThrow();
    }
    return s;
  }

  @ParameterizedTest
  @MethodSource("optimisers")
  void everyOptimiserLearnsAndIsTheSameForAnyNumberOfThreads(Choice c) {
    Training t =
        new Training(4, 60, LearningRate.constant(c.rate()), c.optimiser(), 1, 0, List.of());
    Program p = decoder(t);
    try (Session one = trained(CpuBackend.best(), p, 1);
        Session three = trained(CpuBackend.best(), p, 3)) {
      RunReport r = one.run("train_step", 60).orThrow();
      assertThat(r.series("loss")[0]).isCloseTo((float) Math.log(16), within(0.2f));
      assertThat(r.last("loss")).isLessThan(1.0);
      three.run("train_step", 25).orThrow();
      var checkpoint = three.export();
      try (Session resumed = trained(CpuBackend.best(), p, 2)) {
        resumed.restore(checkpoint);
        resumed.run("train_step", 35).orThrow();
        assertThat(resumed.digest()).isEqualTo(one.digest());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("optimisers")
  void everyOptimiserFollowsTheReference(Choice c) {
    Training t =
        new Training(2, 3, LearningRate.constant(c.rate() / 10), c.optimiser(), 1, 0, List.of());
    Program p = decoder(t);
    try (Session cpu = trained(CpuBackend.best(), p, 1, 3);
        Session reference = trained(Backends.reference(), p, 1, 3)) {
      float[] got = cpu.read("layer0.mlp_in");
      float[] expected = reference.read("layer0.mlp_in");
      double worst = 0;
      for (int i = 0; i < got.length; i++) {
        worst = Math.max(worst, Math.abs(got[i] - expected[i]));
      }
      // Lion takes signs: a component near zero may go the other way.
      assertThat(worst).isLessThan(c.optimiser() instanceof Optimiser.Lion ? 2e-3 : 2e-5);
    }
  }

  private static float[] rates(LearningRate rate, int steps) {
    Program p =
        Program.builder("rates")
            .state("step", TensorType.i32(), State.Kind.COUNTER)
            .function(
                "go",
                f -> {
                  f.output("rate", rate.at(f, f.read("step"), steps));
                  f.update("step", f.read("step").increment(1));
                })
            .build();
    try (Session s = CpuBackend.best().open(p, SessionOptions.seed(1))) {
      return s.run("go", steps + 1).series("rate");
    }
  }

  @Test
  void learningRatesHaveTheirKnownValues() {
    assertThat(rates(LearningRate.constant(0.5), 3)).containsExactly(0.5f, 0.5f, 0.5f, 0.5f);
    float[] cosine = rates(LearningRate.cosine(1, 2), 10);
    assertThat(List.of(cosine[0], cosine[1], cosine[2], cosine[6], cosine[10]))
        .containsExactly(0.5f, 1f, 1f, 0.5f, 0f);
    assertThat(rates(LearningRate.linear(1, 0), 4)).containsExactly(1f, 0.75f, 0.5f, 0.25f, 0f);
    assertThat(rates(LearningRate.stable(1, 1, 2), 5)).containsExactly(1f, 1f, 1f, 1f, 0.5f, 0f);
    assertThat(rates(LearningRate.steps(1, 0.5, 2), 5))
        .containsExactly(1f, 1f, 0.5f, 0.5f, 0.25f, 0.25f);
    // Vaswani et al. 2017: peak at step = warmup, half of it at four times that
    float[] root = rates(LearningRate.inverseSqrt(1, 4), 16);
    assertThat(List.of(root[0], root[3], root[4], root[15]))
        .containsExactly(0.25f, 1f, (float) Math.sqrt(0.8), 0.5f);
    float[] restarts = rates(LearningRate.restarts(1, 0, 2, 2), 7);
    assertThat(restarts)
        .containsExactly(
            new float[] {1, 0.5f, 1, 0.853553f, 0.5f, 0.146447f, 1, 0.961940f}, within(1e-6f));
    float[] cycle = rates(LearningRate.oneCycle(1, 25, 4, 12), 12);
    assertThat(List.of(cycle[3], cycle[4], cycle[11])).containsExactly(1f, 1f, 0f);
    assertThat(cycle[1]).isCloseTo(0.04f + 0.96f / 2, within(1e-6f));
  }

  @Test
  void groupsChangeRateAndDecay() {
    // Without gradient p' = p (1 - rate factor) where it decays; -3 is clipped to -0.25.
    Training t =
        new Training(
            1,
            1,
            LearningRate.constant(0.1),
            new Optimiser.Sgd(0, false, 1),
            0,
            0.25,
            List.of(new Training.Group("slow", 0.5, true), new Training.Group("fixed", 0, true)));
    List<String> names = List.of("plain", "bias", "slow.w", "fixed.w", "clipped");
    var b = Program.builder("groups").state("step", TensorType.i32(), State.Kind.COUNTER);
    names.forEach(n -> b.parameter(n, 1));
    b.function(
        "train_step",
        f ->
            t.step(
                f,
                f.read("plain").scale(0).add(f.read("clipped").scale(-3)).sum(),
                names.stream()
                    .map(n -> new Training.Trained(n, TensorType.f32(1), !n.equals("bias")))
                    .toList(),
                f.read("step")));
    try (Session s = CpuBackend.best().open(b.build(), SessionOptions.seed(1))) {
      names.forEach(n -> s.write(n, new float[] {1}));
      s.run("train_step", 1).orThrow();
      assertThat(names.stream().map(n -> s.read(n)[0]))
          .containsExactly(0.9f, 1f, 0.95f, 1f, 0.925f);
    }
  }

  @Test
  void whatDoesNotFitIsNamed() {
    assertThatThrownBy(() -> new Update.Sgd(0, true, 0).infer(List.of()))
        .isInstanceOf(TypeMismatch.class)
        .hasMessage(
            "expected a momentum in [0, 1), above 0 for Nesterov's form, "
                + "got Sgd[momentum=0.0, nesterov=true, decay=0.0]");
    TensorType p = TensorType.f32(2, 3);
    TensorType one = TensorType.f32();
    assertThatThrownBy(
            () -> new Update.Lion(0.9, 0.99, 0).infer(List.of(p, p, TensorType.f32(6), one, one)))
        .hasMessage("expected moments to be f32[2,3], got f32[6]");
    assertThatThrownBy(() -> new Update.Lion(0.9, 1.99, 0).infer(List.of()))
        .hasMessage("expected beta2 in [0, 1), got Lion[beta1=0.9, beta2=1.99, decay=0.0]");
    assertThatThrownBy(() ->
            new Update.Adafactor(0, 0, 1, 0.8, 0, false)
                .infer(List.of(p, p, p, one, one, TensorType.i32())))
        .hasMessageStartingWith("expected 7 operands, got [f32[2,3]");
    assertThatThrownBy(() ->
            new Update.RateDecay(Update.Rule.RESTARTS, 1, 0, 0.5, 0, 3)
                .infer(List.of(TensorType.i32())))
        .hasMessageStartingWith(
            "expected 0 <= warmup, 1 <= period, 0 < factor (1 or more for restarts), got");
    Training t = Training.small(1, 1, 0.1);
    assertThat(t.betas(0.5, 0.6).optimiser()).isEqualTo(new Optimiser.AdamW(0.5, 0.6, 1e-8, 0));
    assertThat(t.schedule(Optimise.Decay.LINEAR, 0.01, 2, 0).rate())
        .isEqualTo(new LearningRate.Scheduled(Optimise.Decay.LINEAR, 0.1, 0.01, 2, 0));
    assertThatThrownBy(() -> t.optimiser(new Optimiser.Sgd(0, false, 0)).betas(0.5, 0.6))
        .hasMessage(
            "betas are those of AdamW, not of Sgd[momentum=0.0, nesterov=false, decay=0.0]");
    assertThatThrownBy(() -> t.clip(Double.NaN))
        .hasMessage("clip and clipValue must not be negative, got NaN and 0.0");
  }
}
