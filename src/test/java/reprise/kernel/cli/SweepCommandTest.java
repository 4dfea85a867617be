package reprise.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.Spawned;
import reprise.dsl.plan.Plan;
import reprise.dsl.plan.Task;
import reprise.dsl.repro.Reproductions;
import reprise.dsl.repro.Scale;
import reprise.kernel.run.WorkOrder;

/**
 * Limits of a submitted sweep, over a Slurm whose commands only answer; .ci/slurm has a real one.
 */
@Tag("backend")
class SweepCommandTest {
  private static final String PAPER = "chinchilla";

  @TempDir Path folder;

  @BeforeEach
  void answering() throws Exception {
    tool("sbatch", "echo \"$@\" >> '" + folder.resolve("sbatch.txt") + "'; echo 77");
    tool("scontrol", "echo 'MaxArraySize = 1001'");
    tool("squeue", "");
  }

  private void tool(String name, String does) throws Exception {
    Path tool = Files.createDirectories(folder.resolve("bin")).resolve(name);
    Files.writeString(tool, "#!/bin/sh\n" + does + "\n");
    assertThat(tool.toFile().setExecutable(true)).isTrue();
  }

  private Spawned reprise(String... words) throws Exception {
    String path = folder.resolve("bin") + ":" + System.getenv("PATH");
    return Spawned.java(
        folder,
        Map.of("REPRISE_HOME", folder.toString(), "PATH", path),
        Stream.concat(Stream.of("reprise.kernel.cli.Main"), Stream.of(words))
            .toArray(String[]::new));
  }

  private static Plan plan() {
    return Reproductions.named(PAPER).parts(Scale.SMOKE).stream()
        .map(part -> part.experiment().plan())
        .filter(plan -> !plan.runs().isEmpty())
        .findFirst()
        .orElseThrow();
  }

  private WorkOrder order(Path runs) throws Exception {
    try (Stream<Path> files = Files.list(runs)) {
      List<Path> orders =
          files.filter(file -> file.getFileName().toString().startsWith("order-")).toList();
      assertThat(orders).hasSize(1);
      return WorkOrder.read(orders.getFirst());
    }
  }

  @Test
  void theWorkLeavesOutRunsAndTheTimeEndsWorkersThatNobodyWaitsFor() throws Exception {
    Plan plan = plan();
    Path runs = folder.resolve("runs").resolve(plan.hash());
    double smallest =
        plan.runs().stream().mapToDouble(task -> task.flops().count()).min().orElseThrow();

    Spawned nothing = reprise("sweep", "submit", PAPER, "--scale", "smoke", "--flops", "1");
    assertThat(nothing.status()).isEqualTo(1);
    assertThat(nothing.out())
        .startsWith(plan.hash() + " not submitted: the work left suffices for none of its runs\n");
    assertThat(nothing.err())
        .isEqualTo(
            "reprise: nothing was submitted; './reprise plan chinchilla' says what its runs take\n");
    assertThat(folder.resolve("sbatch.txt")).doesNotExist();

    Instant before = Instant.now();
    String[] limited = {
      "sweep",
      "submit",
      PAPER,
      "--scale",
      "smoke",
      "--flops",
      Double.toString(smallest),
      "--minutes",
      "0.001"
    };
    Spawned submitted = reprise(limited);
    assertThat(submitted.status()).as(submitted.err()).isZero();
    int left = plan.runs().size() - 1;
    assertThat(submitted.out().lines().findFirst().orElseThrow())
        .startsWith(
            plan.hash()
                + " job 77: 1 runs, "
                + left
                + " left out beyond the work given, until "
                + Instant.now().toString().substring(0, 11));
    WorkOrder order = order(runs);
    assertThat(order.leave()).hasSize(left);
    assertThat(order.of(plan))
        .singleElement()
        .extracting(Task::flops)
        .isEqualTo(
            plan.runs().stream()
                .map(Task::flops)
                .filter(f -> f.count() == smallest)
                .findFirst()
                .orElseThrow());
    assertThat(order.until().orElseThrow()).isBetween(before, before.plus(Duration.ofMinutes(10)));
    assertThat(Files.readAllLines(folder.resolve("sbatch.txt")).getFirst())
        .contains("--array=0-0", "--requeue", "--signal=B:TERM@60");

    try (Stream<Path> files = Files.list(runs)) {
      Path file = files.filter(f -> f.toString().contains("order-")).findFirst().orElseThrow();
      Spawned late = reprise("worker", runs.toString(), "--order", file.toString());
      assertThat(late.status()).as(late.err()).isZero();
      assertThat(late.out()).startsWith("nothing begun: the time was over at ");
    }
    assertThat(reprise("sweep", "status", plan.hash()).out())
        .endsWith(
            " 0 done, 0 failed, 0 begun, " + plan.runs().size() + " left; job 77 has ended\n");
  }
}
