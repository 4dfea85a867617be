package reprise.dsl.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static reprise.dsl.Reprise.again;
import static reprise.dsl.Reprise.flops;
import static reprise.dsl.Reprise.hours;
import static reprise.dsl.Reprise.minutes;
import static reprise.dsl.Reprise.on;
import static reprise.dsl.Reprise.partition;
import static reprise.dsl.Reprise.processes;
import static reprise.dsl.Reprise.slurm;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.dsl.Reprise;

@Tag("plan")
class TermsTest {
  @Test
  void theLastOfAKindCounts() {
    Terms terms =
        Terms.of(
            Reprise.within(hours(2)),
            on(processes(4)),
            Reprise.within(flops(1e12)),
            Reprise.within(minutes(5)),
            on(slurm(partition("gpu")).pack(20)));
    assertThat(terms.time()).contains(Duration.ofMinutes(5));
    assertThat(terms.work()).contains(flops(1e12));
    assertThat(terms.place()).isEqualTo(new Place.Slurm("gpu", 20));
    assertThat(terms.again()).isFalse();
    assertThat(Terms.of(again()).again()).isTrue();
    assertThat(Terms.of()).isEqualTo(Terms.PLAIN);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> Reprise.within(minutes(0)))
        .hasMessage("a budget of time must be positive, got PT0S");
    assertThatThrownBy(() -> processes(0)).hasMessage("processes must be between 1 and 256, got 0");
  }
}
