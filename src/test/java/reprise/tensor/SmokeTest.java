package reprise.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.ProgramText;
import reprise.tensor.model.Corpus;
import reprise.tensor.model.Decoder;
import reprise.tensor.model.DecoderConfig;
import reprise.tensor.model.Training;

/** The shortest way through: build, open, train, evaluate. */
@Tag("unit")
class SmokeTest {
  static final DecoderConfig CONFIG = DecoderConfig.small(16, 8, 2, 8);

  static Program program(int steps) {
    return Decoder.program(CONFIG, Training.small(4, steps, 0.02), Corpus.markov(400, 200, 4, 16));
  }

  static int[] tokens(int n) {
    int[] t = new int[n];
    int state = 1;
    for (int i = 0; i < n; i++) {
      state = (state * 5 + (i % 3)) % 16;
      t[i] = state;
    }
    return t;
  }

  @Test
  void aProgramPrintsAndReadsBack() {
    Program p = program(10);
    assertThat(ProgramText.parse(p.toString())).isEqualTo(p);
    assertThat(p.parameters()).isEqualTo(CONFIG.parameters());
  }

  @Test
  void theReferenceLearns() {
    try (Session s = Backends.reference().open(program(200), SessionOptions.seed(7))) {
      s.write("train_tokens", tokens(400));
      s.write("eval_tokens", tokens(200));
      s.run("initialise", 1).orThrow();
      RunReport r = s.run("train_step", 200).orThrow();
      assertThat(r.series("loss")[0]).isBetween(2.4f, 3.6f);
      assertThat(r.last("loss")).isLessThan(2.0);
      assertThat(s.run("evaluate", 4).mean("loss")).isLessThan(2.2);
    }
  }
}
