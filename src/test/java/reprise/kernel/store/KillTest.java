package reprise.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A few kills: {@link KillHarness} throws at the first run that is lost or comes out different, and
 * does hundreds by command.
 */
@Tag("backend")
class KillTest {
  @Test
  void killedWorkersLoseNothingThatEndedAndGoOnToTheSameBits(@TempDir Path folder)
      throws Exception {
    KillHarness.Report report = new KillHarness(folder, 7).kill(8);
    assertThat(report.kills()).isEqualTo(8);
    assertThat(report.resumed()).isPositive();
  }
}
