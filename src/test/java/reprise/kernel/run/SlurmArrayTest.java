package reprise.kernel.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.dsl.RunFailure;
import reprise.dsl.plan.Place;

@Tag("unit")
class SlurmArrayTest {
  @TempDir Path folder;

  @Test
  void runsArePackedAndTheArrayStaysWithinTheClustersLimit() {
    assertThat(SlurmArray.tasks(100, 8, 1001)).isEqualTo(13);
    assertThat(SlurmArray.tasks(100, 1, 1001)).isEqualTo(100);
    assertThat(SlurmArray.tasks(5000, 1, 1001)).isEqualTo(1001);
    assertThat(SlurmArray.tasks(3, 10, 1001)).isEqualTo(1);
  }

  @Test
  void aTaskIsAWorkerOverItsSliceThatIsQueuedAgainWhenItIsKilled() {
    Path odd = folder.resolve("it's a folder");
    String script = new SlurmArray(odd).script(13, WorkOrder.ALL);
    assertThat(script)
        .startsWith("#!/bin/sh\n")
        .contains("'worker' '" + folder + "/it'\\''s a folder'")
        .contains("--slice \"$SLURM_ARRAY_TASK_ID/13\" &")
        .contains("REPRISE_NODE_LOCAL=${REPRISE_NODE_LOCAL:-${TMPDIR:-/tmp}/reprise-$(id -u)}\n")
        .contains("scontrol requeue \"$SLURM_JOB_ID\"");
  }

  @Test
  void withoutASubmittedJobThereIsNothingToCancel() {
    SlurmArray array = new SlurmArray(folder);
    assertThat(array.job()).isEqualTo(Optional.empty());
    assertThatThrownBy(array::cancel)
        .isInstanceOf(RunFailure.class)
        .hasMessage("no job was submitted for " + folder + "; './reprise sweep submit' does");
    assertThatThrownBy(() -> new Place.Slurm("gpu", 1).pack(0))
        .hasMessage("a task packs at least one run, got 0");
  }
}
