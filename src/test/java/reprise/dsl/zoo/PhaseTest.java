package reprise.dsl.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static reprise.dsl.Reprise.PHASE_ZOOS;
import static reprise.dsl.Reprise.batches;
import static reprise.dsl.Reprise.digits;
import static reprise.dsl.Reprise.labelNoise;
import static reprise.dsl.Reprise.learningRates;
import static reprise.dsl.Reprise.mlp;
import static reprise.dsl.Reprise.mnist1d;
import static reprise.dsl.Reprise.modelZoo;
import static reprise.dsl.Reprise.widths;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.dsl.RunFailure;
import reprise.dsl.chart.Figure;
import reprise.dsl.claim.Measured;
import reprise.dsl.plan.Plan;

/** Phases by explicit thresholds, maps of them, and zoos as plans. */
@Tag("plan")
class PhaseTest {
  private static final double NONE = Double.NaN;

  private static Optional<Phase> yang(double trace, double connectivity, double cka) {
    return PhaseRule.YANG.phase(new Landscape(0.1, trace, connectivity, cka));
  }

  @Test
  void thresholdsDecideAndUnknownMeasuresDoNot() {
    double sharp = Math.exp(5.6);
    double flat = Math.exp(5.4);
    assertThat(yang(sharp, -1.1, 0.9)).contains(Phase.I);
    assertThat(yang(sharp, -1.0, 0.9)).contains(Phase.II);
    assertThat(yang(flat, -1.1, 0.9)).contains(Phase.III);
    assertThat(yang(flat, -1.0, 0.69)).contains(Phase.IV_A);
    assertThat(yang(flat, 3, 0.70)).contains(Phase.IV_B);
    assertThat(yang(-2, 0, 0.9)).contains(Phase.IV_B);
    // similarity decides between IV-A and IV-B alone
    assertThat(yang(sharp, -3, NONE)).contains(Phase.I);
    assertThat(yang(flat, -3, NONE)).contains(Phase.III);
    assertThat(yang(flat, 0, NONE)).isEmpty();
    assertThat(yang(NONE, 0, 0.9)).isEmpty();
    assertThat(yang(flat, NONE, 0.9)).isEmpty();
    Landscape trained = new Landscape(0.04, 1e6, 0, 0.9);
    assertThat(PhaseRule.SMALL_IMAGES.phase(trained)).contains(Phase.IV_B);
    assertThat(Phase.ORDER.stream().map(Phase::label))
        .containsExactly("I", "II", "III", "IV-A", "IV-B");
    assertThat(Phase.IV_A.place()).isEqualTo(3);
    assertThat(PhaseRule.YANG)
        .hasToString(
            "rough where ln trace > 5.5, barrier where connectivity < -1 points, alike where CKA >="
                + " 0.7");
    assertThatThrownBy(() -> new PhaseRule(new Roughness.ByLoss(1), 0, 1.2))
        .hasMessage("alike: a CKA lies in (0, 1], got 1.2; give one such as 0.7");
  }

  private static ZooCell cell(double width, double batch, double loss, double mc, double... test) {
    return new ZooCell(
        width,
        batch,
        new Landscape(loss, 10, mc, 0.9),
        99,
        java.util.Arrays.stream(test).boxed().toList());
  }

  private static PhaseMap map() {
    return new PhaseMap(
        "width",
        "batch",
        PhaseRule.SMALL_IMAGES,
        List.of(
            cell(4, 8, 1, -3, 50, 54),
            cell(4, 64, 1, -3, 60, 64),
            cell(16, 8, 0.01, 0, 90, 92),
            cell(16, 64, 0.01, -2, 80, 82),
            cell(64, 8, 0.01, 0, 94, 96),
            cell(64, 64, 0.01, 0, 12)),
        15);
  }

  @Test
  void aMapCountsAndCompares() {
    PhaseMap map = map();
    assertThat(map.classified()).isEqualTo(5);
    assertThat(map.phase(map.cells().getLast())).as("collapsed").isEmpty();
    assertThat(map.rows().stream().map(r -> r.phase().label() + r.cells()))
        .containsExactly("I2", "III1", "IV-B2");
    PhaseRow first = map.rows().getFirst();
    assertThat(first.meanTest()).isEqualTo(57);
    assertThat(first.bestTest()).isEqualTo(62);
    assertThat(first.error()).isCloseTo(5, within(1e-12));
    assertThat(map.best().orElseThrow().load()).isEqualTo(64);
    Measured order = map.neighboursInOrder();
    assertThat(order.value()).isEqualTo(2);
    assertThat(order.checks().getFirst().held()).isFalse();
    Measured gap = map.difference(Phase.IV_B, Phase.I);
    assertThat(gap.value()).isCloseTo(93 - 57, within(1e-12));
    // standard errors 2 and 5 over cells
    assertThat(gap.interval().orElseThrow().high())
        .isCloseTo(36 + 1.959964 * Math.sqrt(29), within(1e-9));
    assertThatThrownBy(() -> map.difference(Phase.III, Phase.I))
        .isInstanceOf(RunFailure.class)
        .hasMessage(
            "phase III has 1 cells on this map, a difference needs two; widen the grid or set"
                + " another rule");
    assertThat(map.rule(PhaseRule.YANG).of(Phase.I)).isEmpty();
    assertThat(PhaseCharts.of(map, "m").stream().map(Figure::name))
        .containsExactly("m", "m-test", "m-trace", "m-connectivity", "m-similarity");
  }

  @Test
  void aZooIsAPlan() {
    Plan plan =
        modelZoo(PHASE_ZOOS)
            .models(mlp(widths(4, 8)))
            .data(digits())
            .temperature(batches(16, 256))
            .epochs(3)
            .seeds(2)
            .plan();
    assertThat(plan.text())
        .isEqualTo(
            """
            plan: zoo of perceptrons of 2 hidden layers, widths(4, 8) on 8x8 digits, batches(16, 256)
            8 runs, 9.73e7 FLOP in all, at most 879 KiB a run
            perceptrons of 2 hidden layers, SGD with momentum 0.9, 3 epochs, 2 seeds a cell; Hessian over 640 examples (power iteration to 0.001 or 100, 100 sign vectors, 24 Lanczos steps); curves of 50 epochs at rate 0.1, batch 128, decay 5.0E-4, 5 places; CKA over batches of 128, mixup 16
              run         width  weights  batch  rate  decay  steps  seed
              w4-b16-s1       4      330     16  0.02      0    261     1
              w4-b16-s2       4      330     16  0.02      0    261     2
              w4-b256-s1      4      330    256  0.02      0     15     1
              w4-b256-s2      4      330    256  0.02      0     15     2
              w8-b16-s1       8      682     16  0.02      0    261     1
              w8-b16-s2       8      682     16  0.02      0    261     2
              w8-b256-s1      8      682    256  0.02      0     15     1
              w8-b256-s2      8      682    256  0.02      0     15     2
            """);
  }

  @Test
  void whatCannotBeCarriedOutIsSaid() {
    NeedsExamples zoo = modelZoo(PHASE_ZOOS).models(mlp(widths(4)));
    assertThatThrownBy(() -> zoo.data(digits()).temperature(batches(2000)).plan())
        .hasMessageContaining("expected a batch of at most the 1400 training examples, got 2000");
    assertThatThrownBy(() -> zoo.data(digits()).temperature(batches(16)).seeds(1))
        .hasMessage(
            "seeds: connectivity and similarity are between the seeds of a cell, give at least 2,"
                + " got 1");
    assertThatThrownBy(() -> zoo.data(digits(), digits()))
        .hasMessageStartingWith("data: give at least one data set, each once");
    assertThatThrownBy(() -> labelNoise(1.5))
        .hasMessage("label noise: a share of the labels from 0 to 1, got 1.5");
    assertThatThrownBy(() -> batches(4, 4))
        .hasMessage("batches: each may stand once, got [4.0, 4.0]");
    // one width and several shares of noise: ids name the set, rates are the temperature
    Plan noise =
        zoo.data(mnist1d(), mnist1d().labelNoise(labelNoise(0.1)))
            .temperature(learningRates(0.01, 0.1))
            .seeds(2)
            .plan();
    assertThat(noise.runs()).hasSize(8);
    assertThat(noise.runs().getFirst().id()).isEqualTo("x1-w4-l0.01-s1");
    assertThat(((ZooTask) noise.runs().getLast()).data().label())
        .isEqualTo("MNIST-1D with 10 % label noise");
  }
}
