package reprise.tensor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.tensor.Backend;
import reprise.tensor.Backends;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;

/** Of an example only some predictions are scored. */
@Tag("backend")
class GradedExamplesTest {
  private static final int WINDOW = 4;

  /** Two examples of five tokens: a b x x a, where the last token repeats the first. */
  private static Session open(Backend backend, float... scored) {
    int count = 0;
    for (float s : scored) {
      count += s > 0 ? 1 : 0;
    }
    GradedExamples examples = new GradedExamples(2, 2, 2, count);
    Session session =
        backend.open(
            examples.program(DecoderConfig.small(5, WINDOW, 1, 16), Training.small(4, 300, 0.01)),
            SessionOptions.seed(1));
    session.write("heads", new int[] {1, 3, 4, 4, 2, 3, 4, 4});
    session.write("lasts", new int[] {1, 2});
    session.write("eval_heads", new int[] {1, 3, 4, 4, 2, 3, 4, 4});
    session.write("eval_lasts", new int[] {1, 2});
    session.write("forms", new int[1]);
    session.write("scored", scored);
    session.run("initialise", 1).orThrow();
    return session;
  }

  private static double evaluate(Session session) {
    return session.run("evaluate", 1).orThrow().mean("loss");
  }

  @Test
  void whatIsScoredIsTheMeanOverScoredPredictions() {
    try (Session all = open(Backends.best(), 1, 1, 1, 1);
        Session first = open(Backends.best(), 1, 1, 0, 0);
        Session last = open(Backends.best(), 0, 0, 1, 1)) {
      assertThat(evaluate(all)).isCloseTo((evaluate(first) + evaluate(last)) / 2, within(1e-6));
      assertThat(evaluate(first)).isNotCloseTo(evaluate(last), within(1e-4));
    }
  }

  @Test
  void whatIsScoredIsLearnedAndNothingElse() {
    try (Session last = open(Backends.best(), 0, 0, 0, 1)) {
      last.run("train_step", 300).orThrow();
      assertThat(evaluate(last)).isLessThan(0.05);
      // the weights now ask for what was never scored
      last.write("scored", new float[] {0, 1, 0, 0});
      assertThat(evaluate(last)).isGreaterThan(1);
    }
  }

  @Test
  void theReferenceAgrees() {
    try (Session fast = open(Backends.best(), 0, 1, 0, 1);
        Session plain = open(Backends.reference(), 0, 1, 0, 1)) {
      fast.run("train_step", 5).orThrow();
      plain.run("train_step", 5).orThrow();
      assertThat(evaluate(fast)).isCloseTo(evaluate(plain), within(1e-5));
    }
  }

  @Test
  void batchesThatDoNotFillAreRefused() {
    assertThatThrownBy(() -> new GradedExamples(10, 5, 2, 1))
        .hasMessage(
            "graded examples need train >= 1, scored >= 1 and held a multiple of the batch, got train"
                + " 10, held 5, batch 2, scored 1");
  }
}
