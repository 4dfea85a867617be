package reprise.kernel.ladder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static reprise.dsl.Reprise.INT8;
import static reprise.dsl.Reprise.PRIDE_AND_PREJUDICE;
import static reprise.dsl.Reprise.decoder;
import static reprise.dsl.Reprise.density;
import static reprise.dsl.Reprise.densityLadder;
import static reprise.dsl.Reprise.params;
import static reprise.dsl.Reprise.symbols;
import static reprise.dsl.Reprise.tokens;
import static reprise.dsl.Reprise.width;
import static reprise.dsl.Reprise.widths;
import static reprise.dsl.Reprise.words;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.dsl.Experiment;
import reprise.dsl.RunFailure;
import reprise.dsl.ladder.ClozeBenchmark;
import reprise.dsl.ladder.DensityLadder;
import reprise.dsl.ladder.LadderMeasures;
import reprise.dsl.ladder.LadderResult;
import reprise.dsl.ladder.LadderTask;
import reprise.dsl.ladder.PlacedResult;
import reprise.dsl.ladder.Rung;
import reprise.dsl.result.Result;
import reprise.kernel.run.LocalEngine;
import reprise.kernel.store.RunStore;
import reprise.tensor.Backends;

/** A small ladder is trained, asked, compressed, and one of its files put back on it. */
@Tag("backend")
class LadderTrainerTest {
  private static final DensityLadder SMALL =
      densityLadder(decoder(widths(4, 8, 16)).layers(1).context(16))
          .corpus(words(PRIDE_AND_PREJUDICE, symbols(200)))
          .tokens(tokens(65_536), tokens(131_072))
          .learningRate(0.02)
          .benchmark(new ClozeBenchmark(2000, 4, 1))
          .subject(width(16))
          .pruned(0.5)
          .rounded(INT8);

  @TempDir Path folder;

  private <R extends Result> R run(Experiment<R> experiment) {
    LocalEngine engine = new LocalEngine(Backends.best(), new RunStore(folder), 1);
    return experiment.result(engine.run(experiment.plan()));
  }

  @Test
  void aLadderMeasuresItsOwnCheckpointAsItDidInTheRun() {
    LadderResult ladder = run(SMALL);
    List<Rung> rungs = ladder.rungs();
    assertThat(rungs).hasSize(6 + 2);
    for (Rung rung : rungs) {
      assertThat(rung.score()).isBetween(0.25, 0.9);
      // pruned, it may be worse than the uniform distribution, ln 200 = 5.3
      assertThat(rung.loss()).isBetween(2.0, 6.0);
    }
    Rung whole =
        rungs.stream()
            .filter(r -> r.run().task().id().equals("d16-t131072-s1"))
            .toList()
            .getFirst();
    // rounding to eight bits moves next to nothing, but something
    Rung int8 = rungs.stream().filter(r -> r.kind().equals("int8")).findFirst().orElseThrow();
    assertThat(Math.abs(int8.loss() - whole.loss())).isBetween(1e-7, 0.02);
    Rung half =
        rungs.stream().filter(r -> r.kind().equals("pruned 50 %")).findFirst().orElseThrow();
    assertThat(half.loss()).isGreaterThan(whole.loss());
    assertThat(half.params().count()).isEqualTo(whole.params().count() / 2);

    Path weights =
        folder
            .resolve(SMALL.plan().hash())
            .resolve(whole.run().task().id())
            .resolve(LadderTask.WEIGHTS);
    PlacedResult placed =
        run(
            density(ladder)
                .checkpoint("file", decoder(widths(16)).layers(1).context(16), weights)
                .model("score", params(whole.params().count()).matrix(), whole.score()));
    assertThat(
            placed.runs().getFirst().reached().orElseThrow().readings().value(LadderMeasures.SCORE))
        .isEqualTo(whole.score());
    assertThat(placed.frame().doubleColumn("density").asList())
        .containsExactly(whole.placement().density(), whole.placement().density());

    assertThatThrownBy(() ->
            run(density(ladder)
                    .checkpoint("wide", decoder(widths(32)).layers(1).context(16), weights))
                .frame())
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("expected a tensor 'embedding' of shape [200, 32], got [200, 16]")
        .hasMessageContaining("must be those of the checkpoint");
  }

  @Test
  void exactlyTheSmallestWeightsArePruned() {
    float[] weights = {3, -1, 0.5f, -4, 0.25f, 2};
    assertThat(Compressor.pruned(weights, 0.5)).containsExactly(3, 0, 0, -4, 0, 2);
    assertThat(weights).containsExactly(3, -1, 0.5f, -4, 0.25f, 2);
    float[] equal = new float[10];
    java.util.Arrays.fill(equal, 1);
    assertThat(IntStream.range(0, 10).filter(i -> Compressor.pruned(equal, 0.3)[i] == 0).count())
        .isEqualTo(3);
  }
}
