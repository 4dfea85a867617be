package reprise.kernel.reasoning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static reprise.dsl.Reprise.FACTORISED;
import static reprise.dsl.Reprise.MERGED;
import static reprise.dsl.Reprise.outOfContext;

import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.dsl.reasoning.Head;
import reprise.dsl.reasoning.NeedsHeads;
import reprise.dsl.reasoning.ReasoningResult;
import reprise.dsl.reasoning.ReasoningStudy;
import reprise.dsl.reasoning.ReasoningTrial;
import reprise.kernel.run.LocalEngine;
import reprise.kernel.store.RunStore;
import reprise.kernel.study.Matrices;
import reprise.tensor.Backends;

@Tag("unit")
class ReasoningTest {
  private static ReasoningTrial trial(Head head, boolean spurious) {
    return new ReasoningTrial(new NeedsHeads(20, 5), head, 1, spurious, 10, 3);
  }

  @Test
  void questionsAreSharedOut() {
    World world = World.of(trial(Head.FACTORISED, false), new SplittableRandom(3));
    assertThat(world.trained()).hasSize(25);
    assertThat(world.asked()).hasSize(15);
    assertThat(world.inputs()).isEqualTo(22);
    assertThat(world.answers()).isEqualTo(10);
    assertThat(world.asked()).allMatch(q -> q.answer() == 5 + q.subject() % 5);
    World spurious = World.of(trial(Head.FACTORISED, true), new SplittableRandom(3));
    assertThat(spurious.asked().stream().map(World.Question::answer).distinct()).hasSize(5);
  }

  /** A step lowers the loss by the squared gradient times the step size, to first order. */
  @Test
  void aStepFollowsTheGradient() {
    for (Head form : Head.values()) {
      SplittableRandom random = new SplittableRandom(7);
      World world = World.of(trial(form, false), random);
      OneHead head = new OneHead(trial(form, false), world, random);
      double[][] before = head.map();
      double loss = head.loss(world.trained());
      head.step(world.trained());
      assertThat(head.loss(world.trained())).isLessThan(loss);
      assertThat(head.map()).isNotEqualTo(before);
    }
    double[] p = OneHead.softmax(new double[] {0, Math.log(3)});
    assertThat(p[1]).isCloseTo(0.75, within(1e-12));
  }

  @Test
  void aFactorisedHeadReasonsAndAMergedOneDoesNot(@TempDir Path folder) {
    ReasoningStudy study = outOfContext(20, 5).heads(FACTORISED, MERGED).iterations(3000).seeds(2);
    LocalEngine engine = new LocalEngine(Backends.best(), new RunStore(folder), 2);
    ReasoningResult result = study.result(engine.run(study.plan()));
    assertThat(result.leastAnswered(FACTORISED).value()).isEqualTo(1);
    assertThat(result.mostAnswered(MERGED).value()).isZero();
    assertThat(result.factorisedOverMerged(ReasoningResult.NUCLEAR).value()).isLessThan(1);
    assertThat(result.toString())
        .isEqualTo("implications answered out of context: W_O W_V 1, W_OV 0");
    assertThat(result.charts()).hasSize(1);
  }

  @Test
  void factorisationsComeFromTheBackend() {
    Matrices.Svd svd = Matrices.svd(Backends.best(), new double[][] {{3, 0}, {0, 4}, {0, 0}});
    assertThat(svd.s()).containsExactly(new double[] {4, 3}, within(1e-6));
    assertThat(svd.u().length).isEqualTo(3);
    assertThat(svd.v()[1][0]).isCloseTo(1, within(1e-6));
    assertThat(Matrices.eigenvalues(Backends.best(), new double[][] {{2, 1}, {1, 2}}))
        .containsExactly(new double[] {1, 3}, within(1e-6));
  }

  @Test
  void whatCannotBeAskedIsRefused() {
    assertThatThrownBy(() -> outOfContext(20, 3).heads(MERGED).plan())
        .hasMessageContaining("expected at least 2 classes that divide the subjects, got 3 and 20");
    assertThatThrownBy(() -> outOfContext(20, 5).heads(MERGED).shown(4).plan())
        .hasMessageContaining(
            "expected 1 to 3 shown subjects of each class, for some must be left to ask, got 4");
  }

  @Test
  void aHeadThatHasNotLearnedIsARowWithAReason(@TempDir Path folder) {
    ReasoningStudy study = outOfContext(20, 5).heads(MERGED).iterations(1).seeds(1);
    LocalEngine engine = new LocalEngine(Backends.best(), new RunStore(folder), 2);
    assertThat(engine.run(study.plan()).failed().getFirst().reason())
        .isEqualTo(
            "after 1 steps the head still answers a trained question wrongly, so its norm at unit"
                + " margin is not defined; train longer");
  }
}
