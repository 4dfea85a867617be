package reprise.kernel.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static reprise.dsl.Reprise.PHASE_ZOOS;
import static reprise.dsl.Reprise.batches;
import static reprise.dsl.Reprise.digits;
import static reprise.dsl.Reprise.labelNoise;
import static reprise.dsl.Reprise.mlp;
import static reprise.dsl.Reprise.mnist1d;
import static reprise.dsl.Reprise.modelZoo;
import static reprise.dsl.Reprise.widths;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.dsl.RunFailure;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.RunOutcome.Finished;
import reprise.dsl.zoo.LabelNoise;
import reprise.dsl.zoo.ModelZoo;
import reprise.dsl.zoo.Probing;
import reprise.dsl.zoo.ZooData;
import reprise.dsl.zoo.ZooMeasures;
import reprise.dsl.zoo.ZooResult;
import reprise.dsl.zoo.ZooTask;
import reprise.kernel.run.LocalEngine;
import reprise.kernel.store.RunStore;
import reprise.tensor.Backends;
import tech.tablesaw.api.Table;

/** A small zoo from its description to its files, and the examples it is trained on. */
@Tag("backend")
class ZooTrainerTest {
  @TempDir Path folder;

  private final ModelZoo zoo =
      modelZoo(PHASE_ZOOS)
          .models(mlp(widths(6)))
          .data(digits())
          .temperature(batches(64))
          .epochs(12)
          .probing(Probing.STANDARD.hessian(20, 20).curveEpochs(2))
          .seeds(3);

  private Outcome run() {
    return new LocalEngine(Backends.best(), new RunStore(folder), 2).run(zoo.plan());
  }

  @Test
  void aZooIsTrainedMeasuredKeptAndResumedToTheSameBits() throws IOException {
    ZooResult result = zoo.result(run());
    List<Finished<ZooTask>> models = result.models();
    assertThat(models).hasSize(3);
    for (Finished<ZooTask> m : models) {
      assertThat(m.readings().value(ZooMeasures.TRAIN_LOSS)).isLessThan(Math.log(10));
      assertThat(m.readings().value(ZooMeasures.TRACE)).isPositive();
    }
    var first = models.getFirst().readings();
    assertThat(first.value(ZooMeasures.LINE, "seed 3")).isLessThan(-5);
    assertThat(first.value(ZooMeasures.LOGIT_CKA, "seed 2")).isBetween(0.1, 0.99);
    assertThat(first.stages()).contains("seed 2", "seed 3", "node 0");
    assertThat(models.getLast().readings().stages()).containsExactly("");
    assertThat(result.map().cells()).hasSize(1);
    assertThat(result.frame().rowCount()).isEqualTo(3);
    assertThat(result.spectrum(6, 64)).isPresent();

    // the second model is lost: it is trained again with the third, to the same bits
    Path plan = folder.resolve(zoo.plan().hash());
    delete(plan.resolve("w6-b64-s2"));
    ZooResult again = zoo.result(run());
    Finished<ZooTask> second = again.models().get(1);
    assertThat(second.seconds()).isNotEqualTo(models.get(1).seconds());
    assertThat(second.digest()).isEqualTo(models.get(1).digest());
    assertThat(second.readings()).isEqualTo(models.get(1).readings());
    assertThat(second.readings().stages()).contains("seed 3");
    assertThat(again.models().getLast()).isEqualTo(models.getLast());

    dataSet(plan, models);
  }

  private static void dataSet(Path plan, List<Finished<ZooTask>> models) throws IOException {
    ZooFolder data = ZooFolder.open(plan);
    assertThat(data.trials()).containsExactly("w6-b64-s1", "w6-b64-s2", "w6-b64-s3");
    assertThat(data.epochs("w6-b64-s1")).containsExactly(2, 4, 6, 8, 10, 12);
    Table index = data.index();
    assertThat(index.rowCount()).isEqualTo(18);
    assertThat(index.column("model::width").getString(0)).isEqualTo("6");
    assertThat(index.doubleColumn("test_loss").get(5))
        .isCloseTo(models.getFirst().loss(), within(1e-9));
    assertThat(index.doubleColumn("hessian_trace_train").isMissing(0)).isTrue();
    assertThat(index.doubleColumn("hessian_trace_train").get(5))
        .isCloseTo(models.getFirst().readings().value(ZooMeasures.TRACE), within(1e-9));
    assertThat(data.splits().values()).contains(ZooFolder.Split.TRAIN);
    assertThat(data.model("w6-b64-s1", 12).norm())
        .isCloseTo(models.getFirst().readings().value(ZooMeasures.NORM), within(1e-9));
    assertThat(data.model("w6-b64-s1", 2).norm())
        .isNotCloseTo(data.model("w6-b64-s1", 12).norm(), within(1e-4));
    assertThatThrownBy(() -> data.model("w6-b64-s1", 3))
        .isInstanceOf(RunFailure.class)
        .hasMessage("trial w6-b64-s1 has no checkpoint of epoch 3; it has [2, 4, 6, 8, 10, 12]");
    Path out = plan.resolve("index");
    data.writeIndex(out);
    assertThat(out.resolve("index_dict.json")).content().contains("\"trainset\":[\"w6-b64-s");
    assertThatThrownBy(() -> ZooFolder.open(out))
        .hasMessageStartingWith("no zoo in ")
        .hasMessageEndingWith("no folder in it has params.json and result.jsonl");
  }

  private static void delete(Path run) throws IOException {
    try (Stream<Path> all = Files.walk(run)) {
      for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(p);
      }
    }
  }

  @Test
  void digitsAndTheirNoise() {
    ZooExamples clean = ZooSource.read(new ZooData.Digits(LabelNoise.NONE));
    assertThat(clean.train()).isEqualTo(1400);
    assertThat(clean.test()).isEqualTo(397);
    int[] counts = new int[10];
    for (int y : clean.trainY()) {
      counts[y]++;
    }
    for (int n : counts) {
      assertThat(n).isBetween(110, 170);
    }
    for (float x : clean.trainX()) {
      assertThat(x).isBetween(0f, 1f);
    }
    ZooExamples noisy = ZooSource.read(digits().labelNoise(labelNoise(0.5)));
    int changed = 0;
    for (int i = 0; i < clean.train(); i++) {
      changed += clean.trainY()[i] == noisy.trainY()[i] ? 0 : 1;
    }
    // half are drawn, a tenth of those to what they were
    assertThat(changed / 1400.0).isCloseTo(0.45, within(0.04));
    assertThat(noisy.testY()).isEqualTo(clean.testY());
  }

  @Test
  void signalsAreStandardisedAndDifferByClass() {
    ZooExamples signals = ZooSource.read(mnist1d());
    assertThat(signals.train()).isEqualTo(4000);
    assertThat(signals.test()).isEqualTo(1000);
    double sum = 0;
    double square = 0;
    for (float x : signals.trainX()) {
      sum += x;
      square += x * x;
    }
    int n = signals.trainX().length;
    assertThat(sum / n).isCloseTo(0, within(0.02));
    assertThat(square / n).isCloseTo(1, within(0.03));
    // neighbours of a signal are alike: the correlation in the frozen file is .81
    double product = 0;
    int pairs = 0;
    for (int i = 0; i < 4000; i++) {
      for (int k = 1; k < 40; k++) {
        product += signals.trainX()[i * 40 + k] * signals.trainX()[i * 40 + k - 1];
        pairs++;
      }
    }
    assertThat(product / pairs).isCloseTo(0.81, within(0.02));
  }

  @Test
  void mixedExamplesLieBetweenTwo() {
    ZooExamples digits = ZooSource.read(digits());
    float[] mixed = Mixup.rows(digits, 200, 16);
    double spread = 0;
    for (int r = 0; r < 200; r++) {
      boolean grey = false;
      for (int k = 0; k < 64; k++) {
        float x = mixed[r * 64 + k];
        assertThat(x).isBetween(0f, 1f);
        grey |= Math.abs(x * 16 - Math.rint(x * 16)) > 1e-3;
      }
      spread += grey ? 1 : 0;
    }
    assertThat(spread / 200).isGreaterThan(0.9);
  }
}
