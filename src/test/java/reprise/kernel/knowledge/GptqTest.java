package reprise.kernel.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static reprise.dsl.Reprise.PHYSICS_3_3;
import static reprise.dsl.Reprise.gpt2;
import static reprise.dsl.Reprise.heads;
import static reprise.dsl.Reprise.knowledgeCapacity;
import static reprise.dsl.Reprise.layers;
import static reprise.dsl.Reprise.width;

import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.dsl.knowledge.CapacityTask;
import reprise.tensor.Backend;
import reprise.tensor.Backends;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.ir.Grid;

/** What rounding with error feedback does to the matrices of experts. */
@Tag("backend")
class GptqTest {
  private static final int EXPERTS = 3;
  private static final int WIDTH = 8;

  private static final CapacityTask TASK =
      (CapacityTask)
          knowledgeCapacity(PHYSICS_3_3)
              .people(8)
              .models(gpt2(layers(1), width(WIDTH), heads(1)).experts(EXPERTS))
              .exposures(20)
              .batch(4)
              .plan()
              .runs()
              .getFirst();

  private static Session open(Backend backend) {
    Session session =
        backend.open(CapacityCompiler.program(TASK), SessionOptions.seed(3).threads(1));
    CapacityCompiler.tables(TASK).write(session);
    session.run("initialise", 1).orThrow();
    session.run("train_step", 20).orThrow();
    return session;
  }

  /**
   * Each value is one of fifteen levels of its output, and the error of the products is smaller.
   */
  @Test
  void everyExpertIsRoundedByItsOwnTokens() {
    try (Session session = open(Backends.best())) {
      String name = "layer0.expert_in";
      float[] before = session.read(name);
      session.run("calibrate", 1).orThrow();
      float[] gram = session.output("calibrate", "gram." + name);
      assertThat(gram).hasSize(EXPERTS * WIDTH * WIDTH);
      new Gptq(session, Grid.INT4).round();
      float[] after = session.read(name);
      float[] nearest = nearest(before);
      assertThat(after).isNotEqualTo(before).isNotEqualTo(nearest);
      for (int e = 0; e < EXPERTS; e++) {
        for (int c = 0; c < WIDTH; c++) {
          double scale = scale(before, e, c);
          for (int i = 0; i < WIDTH; i++) {
            double level = after[at(e, i, c)] / scale;
            assertThat(level)
                .isCloseTo(Math.rint(level), Offset.offset(1e-4))
                .isBetween(-7.01, 7.01);
          }
        }
      }
      assertThat(error(before, after, gram)).isLessThan(0.9 * error(before, nearest, gram));
    }
  }

  @Test
  void bothBackendsCalibrateAlike() {
    try (Session fast = open(Backends.best());
        Session exact = open(Backends.reference())) {
      exact.restore(fast.export());
      fast.run("calibrate", 1).orThrow();
      exact.run("calibrate", 1).orThrow();
      float[] a = fast.output("calibrate", "gram.layer0.expert_in");
      float[] b = exact.output("calibrate", "gram.layer0.expert_in");
      assertThat(a).hasSameSizeAs(b);
      for (int i = 0; i < a.length; i++) {
        assertThat(a[i]).isCloseTo(b[i], Offset.offset(1e-3f * (1 + Math.abs(b[i]))));
      }
    }
  }

  private static int at(int expert, int in, int out) {
    return (expert * WIDTH + in) * WIDTH + out;
  }

  private static double scale(float[] w, int expert, int out) {
    return IntStream.range(0, WIDTH)
            .mapToDouble(i -> Math.abs(w[at(expert, i, out)]))
            .max()
            .orElseThrow()
        / 7;
  }

  private static float[] nearest(float[] w) {
    float[] rounded = new float[w.length];
    for (int i = 0; i < w.length; i++) {
      rounded[i] = level(w, i);
    }
    return rounded;
  }

  private static float level(float[] w, int i) {
    double scale = scale(w, i / (WIDTH * WIDTH), i % WIDTH);
    return scale == 0 ? 0 : (float) (scale * Math.rint(w[i] / scale));
  }

  /** Sum over experts and outputs of (w - q)' X'X (w - q). */
  private static double error(float[] w, float[] q, float[] gram) {
    double sum = 0;
    for (int e = 0; e < EXPERTS; e++) {
      for (int c = 0; c < WIDTH; c++) {
        for (int i = 0; i < WIDTH; i++) {
          for (int j = 0; j < WIDTH; j++) {
            sum +=
                (w[at(e, i, c)] - q[at(e, i, c)])
                    * gram[at(e, i, j)]
                    * (w[at(e, j, c)] - q[at(e, j, c)]);
          }
        }
      }
    }
    return sum;
  }
}
