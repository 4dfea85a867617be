package reprise.kernel.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static reprise.dsl.Reprise.FLOAT32;
import static reprise.dsl.Reprise.GPTQ_INT4;
import static reprise.dsl.Reprise.GPTQ_INT8;
import static reprise.dsl.Reprise.INT4;
import static reprise.dsl.Reprise.INT8;
import static reprise.dsl.Reprise.PHYSICS_3_3;
import static reprise.dsl.Reprise.bioS;
import static reprise.dsl.Reprise.gpt2;
import static reprise.dsl.Reprise.heads;
import static reprise.dsl.Reprise.junk;
import static reprise.dsl.Reprise.knowledgeCapacity;
import static reprise.dsl.Reprise.layers;
import static reprise.dsl.Reprise.llama;
import static reprise.dsl.Reprise.width;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.dsl.knowledge.CapacityReading;
import reprise.dsl.knowledge.CapacityResult;
import reprise.dsl.knowledge.KnowledgeCapacity;
import reprise.dsl.knowledge.Precision;
import reprise.dsl.model.TransformerModel;
import reprise.dsl.result.RunOutcome;
import reprise.dsl.unit.Counting;
import reprise.kernel.run.LocalEngine;
import reprise.kernel.store.RunStore;
import reprise.tensor.Backends;

/** Models are taught and read: what they know, how exactly, and what rounding takes. */
@Tag("backend")
class CapacityRunTest {
  private static final TransformerModel SMALL = gpt2(layers(2), width(32), heads(2));

  @TempDir Path folder;

  private CapacityResult run(KnowledgeCapacity experiment) {
    LocalEngine engine = new LocalEngine(Backends.best(), new RunStore(folder), 1);
    return experiment.result(engine.run(experiment.plan()));
  }

  /**
   * Twenty people, 200 exposures: nearly all is known, and no name can be known better than ln N.
   */
  @Test
  void fewPeopleAreLearnedWhole() {
    KnowledgeCapacity experiment =
        knowledgeCapacity(PHYSICS_3_3)
            .people(20)
            .models(SMALL)
            .exposures(10, 200)
            .batch(4)
            .readAt(FLOAT32, INT8, INT4, GPTQ_INT8, GPTQ_INT4);
    CapacityResult result = run(experiment);
    CapacityReading little = result.readings(t -> t.exposures() == 10).getFirst();
    CapacityReading much = result.readings(t -> t.exposures() == 200).getFirst();
    assertThat(much.right()).isGreaterThan(0.99);
    assertThat(much.share()).isBetween(0.97, 1.0);
    assertThat(much.losses().name()).isGreaterThan(Math.log(20) - 0.02);
    assertThat(little.share()).isLessThan(0.2);
    // R by definition 4.1: 20 (20 - p1 / ln 2) + 120 (10 - p2 / ln 2) bits
    double bits =
        20 * (20 - much.losses().name() / Math.log(2))
            + 120 * (10 - much.losses().value() / Math.log(2));
    assertThat(much.bits()).isCloseTo(bits, within(1e-6));
    assertThat(much.task().params().count()).isEqualTo(26_144);
    List<CapacityReading> reads =
        result.readings().stream().filter(r -> r.task().exposures() == 200).toList();
    assertThat(reads).extracting(CapacityReading::precision).containsExactly(Precision.values());
    assertThat(reads.get(1).ratio()).isCloseTo(much.ratio(), within(0.02 * much.ratio()));
    assertThat(reads.get(2).losses().value()).isGreaterThan(reads.get(1).losses().value());
    assertThat(reads.get(3).ratio()).isCloseTo(much.ratio(), within(0.02 * much.ratio()));
    assertThat(reads.get(4).ratio()).isGreaterThan(reads.get(2).ratio());
    assertThat(result.claims()).extracting(v -> v.word()).containsOnly("supported");
    assertThat(result.charts()).hasSize(3);
    // read back from the store: the same numbers
    assertThat(run(experiment).runs()).isEqualTo(result.runs());
  }

  @Test
  void everyKindOfModelAndTextLearns() {
    CapacityResult kinds =
        run(
            knowledgeCapacity(PHYSICS_3_3)
                .people(8)
                .models(
                    SMALL.mlp(width(32)),
                    SMALL.withoutMlp(),
                    SMALL.experts(4),
                    llama(layers(2), width(32), heads(2)).keyValueHeads(heads(1)))
                .exposures(60)
                .batch(4));
    assertThat(kinds.readings()).hasSize(4).allMatch(r -> r.share() > 0.2 && r.share() < 1);
    CapacityResult words =
        run(
            knowledgeCapacity(PHYSICS_3_3)
                .facts(bioS(4).inFixedWords())
                .models(gpt2(layers(1), width(16), heads(1)))
                .exposures(40)
                .learningRate(0.01)
                .batch(4));
    CapacityReading read = words.readings().getFirst();
    assertThat(read.losses().value()).isLessThan(38);
    assertThat(words.frame().rowCount()).isEqualTo(1);
  }

  /** Error feedback reaches the matrices of experts, each by its own tokens. */
  @Test
  void expertsAreRoundedWithErrorFeedbackToo() {
    CapacityResult result =
        run(
            knowledgeCapacity(PHYSICS_3_3)
                .people(16)
                .models(SMALL.experts(4))
                .exposures(200)
                .batch(4)
                .readAt(FLOAT32, INT4, GPTQ_INT4));
    List<CapacityReading> reads = result.readings();
    assertThat(reads)
        .extracting(CapacityReading::precision)
        .containsExactly(FLOAT32, INT4, GPTQ_INT4);
    assertThat(reads.get(0).share()).isGreaterThan(0.9);
    assertThat(reads.get(1).ratio()).isLessThan(reads.get(2).ratio());
    assertThat(reads.get(2).ratio()).isLessThan(reads.get(0).ratio());
  }

  @Test
  void junkTakesItsShareOfTheModel() {
    CapacityResult result =
        run(
            knowledgeCapacity(PHYSICS_3_3)
                .people(8)
                .models(gpt2(layers(1), width(16), heads(1)))
                .exposures(80)
                .learningRate(0.008)
                .batch(2)
                .among(reprise.dsl.Reprise.alone(), junk(3)));
    assertThat(result.readings()).hasSize(2);
    CapacityReading alone = result.readings().get(0);
    CapacityReading among = result.readings().get(1);
    assertThat(among.task().tokens().count()).isEqualTo(4 * alone.task().tokens().count());
    assertThat(among.ratio()).isLessThan(alone.ratio());
  }

  /** A rate that breaks it is a failed run with a reason, not a number. */
  @Test
  void aRunThatBreaksSaysWhere() {
    CapacityResult result =
        run(
            knowledgeCapacity(PHYSICS_3_3)
                .people(8)
                .models(gpt2(layers(1), width(16), heads(1)))
                .exposures(40)
                .learningRate(1e30)
                .batch(4));
    assertThat(result.runs().getFirst()).isInstanceOf(RunOutcome.Failed.class);
    assertThat(((RunOutcome.Failed) result.runs().getFirst()).reason())
        .contains("at step")
        .contains("a lower learning rate than");
    assertThat(result.frame().stringColumn("status").get(0)).contains("a lower learning rate");
    assertThat(result.charts()).isEmpty();
  }

  /** The description's count is that of the program, for every kind. */
  @Test
  void parametersAreCountedAsTheyAre() {
    TransformerModel llama = llama(layers(3), width(48), heads(4));
    for (TransformerModel model :
        List.of(
            SMALL,
            SMALL.mlp(width(32)),
            SMALL.withoutMlp(),
            SMALL.experts(8),
            llama,
            llama.keyValueHeads(heads(2)),
            llama.withoutGate())) {
      assertThat(model.params(Counting.ALL, 40).count())
          .as(model.label())
          .isEqualTo(CapacityCompiler.config(model, 40, 22).parameters());
    }
  }
}
