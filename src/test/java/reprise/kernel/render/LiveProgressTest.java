package reprise.kernel.render;

import static org.assertj.core.api.Assertions.assertThat;
import static reprise.dsl.Reprise.CHINCHILLA;
import static reprise.dsl.Reprise.decoder;
import static reprise.dsl.Reprise.markov;
import static reprise.dsl.Reprise.order;
import static reprise.dsl.Reprise.scalingLaw;
import static reprise.dsl.Reprise.symbols;
import static reprise.dsl.Reprise.tokens;
import static reprise.dsl.Reprise.widths;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.RunOutcome;
import reprise.kernel.display.Display;
import reprise.kernel.display.DisplaySink;
import reprise.kernel.display.MimeBundle;

@Tag("unit")
class LiveProgressTest {
  private static final Plan PLAN =
      scalingLaw(CHINCHILLA)
          .models(decoder(widths(4, 8)).layers(1).context(32))
          .corpus(markov(symbols(32), order(1)))
          .tokens(tokens(2048))
          .plan();

  private final List<MimeBundle> views = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private DisplaySink before;

  @BeforeEach
  void listen() {
    before =
        Display.sendTo(
            new DisplaySink() {
              @Override
              public void show(MimeBundle bundle, String id) {
                update(bundle, id);
              }

              @Override
              public void update(MimeBundle bundle, String id) {
                views.add(bundle);
                ids.add(id);
              }

              @Override
              public void clear(boolean wait) {}
            });
  }

  @AfterEach
  void restore() {
    Display.sendTo(before);
  }

  @Test
  void oneOutputIsUpdatedInPlaceAndStaysReadable() throws InterruptedException {
    LiveProgress progress = new LiveProgress();
    progress.started(PLAN, 0);
    for (int i = 0; i < 100; i++) {
      progress.progress(0.25, 3.5);
    }
    assertThat(views).as("throttled").hasSize(1);
    Thread.sleep(250);
    progress.progress(0.5, 3.25);
    assertThat(views).hasSize(2);
    assertThat(views.getLast().plain()).contains("0 of 2 runs", " left", "loss 3.250", "█▁");
    progress.ended(new RunOutcome.Failed(PLAN.runs().getFirst(), "NaN"), 1, 2);
    progress.ended(new RunOutcome.Failed(PLAN.runs().getLast(), "NaN"), 2, 2);
    progress.finished();
    assertThat(ids.stream().distinct()).hasSize(1);
    assertThat(views.getLast().plain())
        .startsWith(PLAN.title() + ": 2 of 2 runs, 2 failed")
        .contains(" in ")
        .doesNotContain("left");
  }

  @Test
  void aPlanThatWasStoppedSaysSo() {
    LiveProgress progress = new LiveProgress();
    progress.started(PLAN, 1);
    progress.finished();
    assertThat(views.getLast().plain())
        .contains("1 of 2 runs", "stopped; the runs that ended are kept");
  }
}
