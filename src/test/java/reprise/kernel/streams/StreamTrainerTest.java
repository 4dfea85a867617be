package reprise.kernel.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static reprise.dsl.Reprise.decoder;
import static reprise.dsl.Reprise.markov;
import static reprise.dsl.Reprise.order;
import static reprise.dsl.Reprise.parallelScaling;
import static reprise.dsl.Reprise.symbols;
import static reprise.dsl.Reprise.tokens;
import static reprise.dsl.Reprise.widths;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.RunOutcome;
import reprise.dsl.streams.ParallelScaling;
import reprise.dsl.streams.StreamTask;
import reprise.kernel.run.LocalEngine;
import reprise.kernel.store.RunStore;
import reprise.tensor.Backends;

/** Plain decoders and streams train side by side and are read again from the store. */
@Tag("backend")
class StreamTrainerTest {
  @TempDir Path folder;

  @Test
  void streamsTrainAndAreKept() {
    ParallelScaling experiment =
        parallelScaling(decoder(widths(8)).layers(1).context(16))
            .streams(1, 2)
            .corpus(markov(symbols(16), order(1)))
            .tokens(tokens(65_536))
            .prefix(2);
    Outcome first =
        new LocalEngine(Backends.best(), new RunStore(folder), 1).run(experiment.plan());
    assertThat(first.failed()).isEmpty();
    for (RunOutcome.Finished<StreamTask> run : first.finished(StreamTask.class)) {
      // better than the symbols' frequencies alone, not better than the source
      assertThat(run.loss()).isBetween(1.0, 2.45);
      assertThat(run.curve().losses()[0]).isGreaterThan(run.loss());
    }
    Outcome again =
        new LocalEngine(Backends.best(), new RunStore(folder), 1).run(experiment.plan());
    assertThat(again.finished(StreamTask.class).get(1).digest())
        .isEqualTo(first.finished(StreamTask.class).get(1).digest());
  }
}
