package reprise.tensor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.tensor.Backend;
import reprise.tensor.Backends;
import reprise.tensor.RunReport;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;

/** Training on facts: everyone is told equally often, and what is recited adds up. */
@Tag("backend")
class FactModelTest {
  /** Twelve rows: head <s> and a name of one token, three attributes of one value each. */
  private static final FactSet FACTS = new FactSet(12, 2, 3, 3, 1, 2, false, false, 0, 0);

  private static final int VOCABULARY = 20;

  private static TransformerConfig config(FactSet facts) {
    return TransformerConfig.gpt2(VOCABULARY, facts.tokens(), 1, 8, 2);
  }

  private static Session session(Backend backend, FactSet facts, int batch) {
    Session s =
        backend.open(
            FactModel.program(config(facts), Training.small(batch, 60, 0.01), facts, 4),
            SessionOptions.seed(3));
    int[] heads = new int[facts.told() * 2];
    int[] values = new int[facts.told() * 3];
    for (int n = 0; n < facts.told(); n++) {
      heads[2 * n + 1] = 1 + n % 12;
    }
    Arrays.setAll(values, i -> 13 + i * i % 4);
    s.write("heads", heads);
    s.write("values", values);
    // V = 3: attribute k is token 17 + k, then its value
    s.write("forms", new int[] {4 + 17, 0, 4 + 18, 1, 4 + 19, 2});
    float[] spans = new float[facts.origins() * 6];
    spans[3 * 6] = 1;
    for (int v = 0; v < 3; v++) {
      spans[(4 + v) * 6 + 1] = 1;
      spans[(4 + v) * 6 + 2] = 1;
      spans[(4 + v) * 6 + 3 + v] = 1;
    }
    s.write("spans", spans);
    s.run("initialise", 1).orThrow();
    return s;
  }

  /** 5 does not divide 12, so batches reach across exposures; after 60 steps each had 25. */
  @Test
  void everyExposureIsCounted() {
    try (Session s = session(Backends.best(), FACTS, 5)) {
      int[] met = new int[12];
      for (int step = 0; step < 60; step++) {
        s.run("train_step", 1).orThrow();
        for (float row : s.output("train_step", "rows")) {
          met[(int) row]++;
        }
        int least = Arrays.stream(met).min().orElseThrow();
        assertThat(Arrays.stream(met)).allMatch(n -> n <= least + 1);
      }
      assertThat(met).containsOnly(25);
    }
  }

  /** Companions fill the step but are not counted among those who shall be known. */
  @Test
  void othersAreTaughtToo() {
    FactSet among = FACTS.among(30, 9);
    try (Session s = session(Backends.best(), among, 4)) {
      RunReport report = s.run("train_step", 30).orThrow();
      for (float row : s.output("train_step", "rows")) {
        assertThat(row).isBetween(0f, 11f);
      }
      assertThat(report.last("loss")).isLessThan(report.series("loss")[0]);
      int steps = FactModel.reciteSteps(12, 4);
      assertThat(sum(s.run("recite", steps), "recited")).isEqualTo(48);
    }
  }

  /** An untrained model is near uniform: one name token, three values a text. */
  @Test
  void recitedLossesAreSumsOverTheirSpans() {
    try (Session s = session(Backends.best(), FACTS, 4)) {
      RunReport report = s.run("recite", FactModel.reciteSteps(12, 4)).orThrow();
      double texts = sum(report, "recited");
      assertThat(texts).isEqualTo(48);
      double uniform = Math.log(VOCABULARY);
      assertThat(sum(report, "name") / texts).isCloseTo(uniform, within(0.05));
      assertThat(sum(report, "value") / texts).isCloseTo(3 * uniform, within(0.15));
      assertThat(sum(report, "first")).isCloseTo(sum(report, "value"), within(1e-3));
      assertThat(sum(report, "right")).isBetween(0.0, 3 * texts);
    }
  }

  @Test
  void trainsLikeTheReference() {
    FactSet among = FACTS.among(30, 3);
    try (Session fast = session(Backends.best(), among, 4);
        Session slow = session(Backends.reference(), among, 4)) {
      float[] a = fast.run("train_step", 20).orThrow().series("loss");
      float[] b = slow.run("train_step", 20).orThrow().series("loss");
      for (int i = 0; i < a.length; i++) {
        assertThat((double) a[i]).isCloseTo(b[i], within(2e-4));
      }
      for (String rounding : new String[] {"round_int8", "round_int4"}) {
        fast.run(rounding, 1).orThrow();
        assertThat(distinct(fast.read("layer0.mlp_in"), 8, 32))
            .isLessThanOrEqualTo(rounding.endsWith("8") ? 255 : 15);
      }
      fast.run("calibrate", 1).orThrow();
      assertThat(fast.output("calibrate", "gram.layer0.mlp_in")).hasSize(64);
    }
  }

  /** The most different values in a column of a matrix [in, out]. */
  private static int distinct(float[] matrix, int in, int out) {
    int most = 0;
    for (int c = 0; c < out; c++) {
      float[] column = new float[in];
      for (int i = 0; i < in; i++) {
        column[i] = matrix[i * out + c];
      }
      most = Math.max(most, (int) Arrays.stream(boxed(column)).distinct().count());
    }
    return most;
  }

  private static Float[] boxed(float[] x) {
    Float[] y = new Float[x.length];
    Arrays.setAll(y, i -> x[i]);
    return y;
  }

  @Test
  void wrongSizesAreRefused() {
    assertThatThrownBy(() ->
            FactModel.program(
                TransformerConfig.gpt2(VOCABULARY, 9, 1, 8, 2),
                Training.small(4, 10, 0.01),
                FACTS,
                1))
        .hasMessage("the context must be the 7 tokens that a text predicts, got 9");
    assertThatThrownBy(() -> FACTS.among(5, 0))
        .hasMessage(
            "others that no step sees, or company without others: 5 others, 0 of them a step");
  }

  private static double sum(RunReport report, String output) {
    double sum = 0;
    for (float x : report.series(output)) {
      sum += x;
    }
    return sum;
  }
}
