package reprise.kernel.hyperfit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static reprise.dsl.Reprise.PRIDE_AND_PREJUDICE;
import static reprise.dsl.Reprise.decoder;
import static reprise.dsl.Reprise.decoding;
import static reprise.dsl.Reprise.greedy;
import static reprise.dsl.Reprise.hyperfitting;
import static reprise.dsl.Reprise.nucleus;
import static reprise.dsl.Reprise.pretrained;
import static reprise.dsl.Reprise.symbols;
import static reprise.dsl.Reprise.tokens;
import static reprise.dsl.Reprise.widths;
import static reprise.dsl.Reprise.words;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reprise.dsl.RunFailure;
import reprise.dsl.claim.Verdict;
import reprise.dsl.generation.LanguageModel;
import reprise.dsl.generation.TextMeasures;
import reprise.dsl.hyperfit.HyperfitMeasures;
import reprise.dsl.hyperfit.HyperfitTask;
import reprise.dsl.hyperfit.Hyperfitting;
import reprise.dsl.hyperfit.HyperfittingResult;
import reprise.dsl.repro.Reproduced;
import reprise.dsl.repro.Reproductions;
import reprise.dsl.repro.Scale;
import reprise.dsl.result.RunOutcome;
import reprise.kernel.run.LocalEngine;
import reprise.kernel.run.Watcher;
import reprise.kernel.run.Watchers;
import reprise.kernel.store.RunStore;
import reprise.papers.hyperfitting.HyperfittingCard;
import reprise.tensor.Backends;
import reprise.tensor.checkpoint.SafeTensors;

/** Small models from end to end: what is trained, what is read, what a failure says. */
@Tag("backend")
class HyperfitTrainerTest {
  private static final LanguageModel MODEL =
      pretrained(decoder(widths(16)).layers(1).context(32))
          .on(words(PRIDE_AND_PREJUDICE, symbols(200)))
          .tokens(tokens(100_000));

  private static final Hyperfitting ALONE =
      hyperfitting(MODEL)
          .samples(8)
          .updates(150)
          .learningRate(0.01)
          .given(8)
          .tokens(20)
          .prompts(8)
          .readAfter(1, 20)
          .orders(1);

  private static final Hyperfitting SMALL =
      hyperfitting(MODEL)
          .samples(16)
          .fewer(4)
          .updates(240)
          .learningRate(0.01)
          .given(8)
          .tokens(20)
          .prompts(8)
          .readAfter(1, 20);

  @TempDir Path folder;

  private LocalEngine engine(String store) {
    return new LocalEngine(Backends.best(), new RunStore(folder.resolve(store)), 2);
  }

  private HyperfittingResult run(Hyperfitting experiment, String store) {
    return experiment.result(engine(store).run(experiment.plan()));
  }

  @Test
  void theSetIsLearnedByHeartAndEveryStageIsRead() throws IOException {
    HyperfittingResult result = run(SMALL, "a");
    RunOutcome.Finished<HyperfitTask> run = result.finished().getFirst();
    assertThat(run.readings().stages())
        .containsExactlyInAnyOrder(
            "original",
            "original; greedy",
            "original; nucleus 0.9",
            "original; matched temperature",
            "epoch 1",
            "epoch 1; greedy",
            "epoch 20",
            "epoch 20; greedy",
            "hyperfitted",
            "hyperfitted; greedy",
            "hyperfitted; greedy, blocked",
            "hyperfitted; nucleus 0.9",
            "order 2",
            "order 2; greedy",
            "4 windows",
            "4 windows; greedy");
    double before = run.readings().value(HyperfitMeasures.TRAINING_LOSS, "epoch 1");
    double after = run.readings().value(HyperfitMeasures.TRAINING_LOSS, "hyperfitted");
    assertThat(after).isLessThan(before / 3);
    assertThat(result.perplexityRatio().value()).isGreaterThan(1.5);
    assertThat(result.entropyRatio().value()).isLessThan(0.9);
    // five tokens of the set in a row are never written
    assertThat(run.readings().value(TextMeasures.OVERLAP_MOST, "hyperfitted; greedy, blocked"))
        .isLessThanOrEqualTo(4);
    // two orders are two models, and each agrees with itself alone
    assertThat(run.readings().value(HyperfitMeasures.AGREEMENT, "order 2")).isBetween(0.05, 0.999);
    assertThat(run.curve().steps()[run.curve().size() - 1])
        .isEqualTo(MODEL.steps() + 3 * 240)
        .isEqualTo(run.task().steps());
    assertThat(keptWeights(run, "hyperfitted")).isNotEqualTo(keptWeights(run, "original"));
    assertThat(result.passages().columnNames())
        .containsExactly(
            "prompt", "original, greedy", "original, nucleus 0.9", "hyperfitted, greedy");
  }

  private float[] keptWeights(RunOutcome.Finished<HyperfitTask> run, String state)
      throws IOException {
    Path file =
        folder
            .resolve("a")
            .resolve(SMALL.plan().hash())
            .resolve(run.task().id())
            .resolve(state + ".safetensors");
    try (SafeTensors kept = SafeTensors.open(file)) {
      return kept.floats("head");
    }
  }

  /** Where all windows are in every batch, their order is nothing that a model could see. */
  @Test
  void ordersOfOneBatchAreOneModel() {
    var run = run(ALONE.updates(30).orders(2), "a").finished().getFirst();
    assertThat(run.readings().value(HyperfitMeasures.AGREEMENT, "order 2")).isGreaterThan(0.99);
  }

  @Test
  void twiceTheSameBits() {
    Hyperfitting brief = ALONE.updates(20);
    var first = run(brief, "a").finished().getFirst();
    var second = run(brief, "b").finished().getFirst();
    assertThat(second.digest()).isEqualTo(first.digest());
    assertThat(second.readings()).isEqualTo(first.readings());
  }

  /**
   * Stopped in its training (of three calls), in the first fit (of 30 epochs, a call each), in the
   * second order and in the fit to fewer windows, after that many steps: all is as in one go.
   */
  @ParameterizedTest
  @CsvSource({"2, 256", "20, 327", "50, 387", "85, 435"})
  void aStoppedRunGoesOnToTheSameNumbers(int calls, int steps) throws IOException {
    LanguageModel model =
        pretrained(decoder(widths(16)).layers(1).context(32))
            .on(words(PRIDE_AND_PREJUDICE, symbols(200)))
            .tokens(tokens(300_000));
    Hyperfitting brief =
        hyperfitting(model)
            .samples(16)
            .fewer(4)
            .updates(60)
            .learningRate(0.01)
            .given(8)
            .tokens(12)
            .prompts(4)
            .readAfter(1, 20);
    Thread caller = Thread.currentThread();
    Watchers.use(
        new Watcher() {
          private int seen;

          @Override
          public void progress(double fraction, double lastLoss) {
            if (++seen == calls) {
              caller.interrupt();
              // until the caller stops the plan, so that it does not end before
              while (caller.isInterrupted()) {
                Thread.onSpinWait();
              }
            }
          }
        });
    try {
      assertThatThrownBy(() -> run(brief, "a")).isInstanceOf(RunFailure.class);
    } finally {
      Watchers.use(null);
    }
    assertThat(Thread.interrupted()).isTrue();
    var resumed = run(brief, "a").finished().getFirst();
    Path record =
        folder.resolve("a").resolve(brief.plan().hash()).resolve("s1").resolve("run.json");
    int step =
        JsonParser.parseString(Files.readString(record))
            .getAsJsonObject()
            .getAsJsonArray("resumed")
            .get(0)
            .getAsJsonObject()
            .get("step")
            .getAsInt();
    assertThat(step).isGreaterThanOrEqualTo(steps);
    var whole = run(brief, "b").finished().getFirst();
    assertThat(resumed.digest()).isEqualTo(whole.digest());
    assertThat(resumed.readings()).isEqualTo(whole.readings());
    assertThat(resumed.curve()).isEqualTo(whole.curve());
    assertThat(resumed.loss()).isEqualTo(whole.loss());
  }

  @Test
  void aSetThatDoesNotFitTheTextFailsAndSaysWhy() {
    Hyperfitting large = ALONE.updates(400);
    Hyperfitting all =
        new Hyperfitting(
            MODEL,
            3200,
            1,
            large.fewer(),
            large.tuning(),
            large.epochs(),
            large.rules(),
            large.prompting(),
            1);
    var failed = engine("a").run(all.plan()).failed();
    assertThat(failed.getFirst().reason())
        .startsWith("3200 windows of 32 tokens do not fit into ")
        .endsWith("; give fewer windows, a shorter context or a longer text");
  }

  @Test
  void aFitThatBreaksNamesItsStep() {
    Hyperfitting broken = ALONE.updates(20).learningRate(1e38);
    var failed = engine("a").run(broken.plan()).failed();
    assertThat(failed.getFirst().reason())
        .matches("loss is (NaN|Infinity) at step \\d+ of 118; a lower learning rate may help");
  }

  @Test
  void decodersAreCompared() {
    var brief = decoding(MODEL).with(greedy(), nucleus(0.9)).prompts(8).given(8).tokens(16);
    var result = brief.result(engine("a").run(brief.plan()));
    assertThat(result.frame().rowCount()).isEqualTo(2);
    assertThat(result.frame().stringColumn("decoding").asList())
        .containsExactly("greedy", "nucleus 0.9");
    var diversity = result.frame().doubleColumn("type-token ratio");
    assertThat(diversity.get(1)).isGreaterThan(diversity.get(0));
    // what is drawn surprises the model more than what it finds most probable
    var surprise = result.frame().doubleColumn("surprise nats/token");
    assertThat(surprise.get(1)).isGreaterThan(surprise.get(0));
    assertThat(result.passages().rowCount()).isEqualTo(4);
    assertThat(result.charts()).hasSize(1);
    assertThat(result.toString()).startsWith("2 decoders; type-token ratio: greedy ");
  }

  @Test
  void theReproductionRunsAtSmokeScale() {
    Reproduced done =
        Reproductions.run(Reproductions.of(HyperfittingCard.CARD), Scale.SMOKE, engine("smoke"));
    for (Verdict verdict : done.verdicts()) {
      // one seed decides nothing
      assertThat(verdict.kind()).isIn("Inconclusive", "OutOfReach");
    }
    Verdict diversity = done.verdicts().getFirst();
    assertThat(diversity.claim()).isEqualTo(HyperfittingCard.DIVERSITY);
    assertThat(diversity.measured().orElseThrow().value()).isGreaterThan(1.2);
    assertThat(diversity.reason()).contains("1 seed finished");
  }
}
