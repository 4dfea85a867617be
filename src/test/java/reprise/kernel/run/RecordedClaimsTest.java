package reprise.kernel.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reprise.dsl.RunFailure;
import reprise.dsl.claim.Verdict;
import reprise.dsl.plan.Plan;
import reprise.dsl.plan.TrainTask;
import reprise.dsl.repro.Part;
import reprise.dsl.repro.Reproduced;
import reprise.dsl.repro.Reproduction;
import reprise.dsl.repro.Reproductions;
import reprise.dsl.repro.Scale;
import reprise.kernel.data.Home;

/**
 * The recorded verdicts follow from the recorded rows: every analysis is made again and every claim
 * judged again.
 */
@Tag("claim")
class RecordedClaimsTest {
  static List<Reproduction> reproductions() {
    return Reproductions.all();
  }

  @ParameterizedTest
  @MethodSource("reproductions")
  void verdictsFollowFromTheRows(Reproduction reproduction) throws IOException {
    Map<String, JsonObject> recorded = verdicts(reproduction);
    Reproduced again =
        Reproductions.run(
            reproduction, Scale.LAPTOP, new RecordedEngine(reproduction, Scale.LAPTOP));
    int judged = 0;
    for (Verdict verdict : again.verdicts()) {
      JsonObject known = recorded.get(verdict.claim().id());
      assertThat(known).as("recorded verdict on " + verdict.claim().id()).isNotNull();
      assertThat(verdict.claim().rule().text()).isEqualTo(known.get("rule").getAsString());
      if (ofMissingData(again, verdict)) {
        continue;
      }
      judged++;
      assertThat(verdict.kind())
          .as(verdict.claim().id() + ": " + verdict.reason())
          .isEqualTo(known.get("verdict").getAsString());
      if (verdict.measured().isPresent()) {
        double before = known.get("measured").getAsDouble();
        assertThat(verdict.measured().get().value())
            .as(verdict.claim().id())
            .isCloseTo(before, within(1e-6 * Math.abs(before) + 1e-12));
      }
    }
    assertThat(judged).isPositive();
  }

  // the published points are not part of Reprise
  private static boolean ofMissingData(Reproduced again, Verdict verdict) {
    return Home.provided().isEmpty()
        && again.parts().stream()
            .filter(done -> done.result().isEmpty())
            .flatMap(done -> done.part().bindings().stream())
            .anyMatch(binding -> binding.claim().equals(verdict.claim()));
  }

  /** A record of another experiment than the present one is worth nothing. */
  @Test
  void aPlanThatWasNotRecordedIsRefused() {
    Reproduction chinchilla = Reproductions.named("chinchilla");
    Part<?> trained =
        chinchilla.parts(Scale.LAPTOP).stream()
            .filter(p -> !p.experiment().plan().runs().isEmpty())
            .findFirst()
            .orElseThrow();
    List<TrainTask> fewer = trained.experiment().plan().runs(TrainTask.class).subList(0, 2);
    Plan other = new Plan("another", fewer, List.of());
    assertThatThrownBy(() -> new RecordedRows(chinchilla, Scale.LAPTOP).of(trained.name(), other))
        .isInstanceOf(RunFailure.class)
        .hasMessage(
            "the record of chinchilla, retrain-valleys, at laptop scale is of another plan: its"
                + " runs are not the plan's");
    assertThatThrownBy(() -> new RecordedRows(chinchilla, Scale.FULL).of(trained.name(), other))
        .hasMessage(
            "nothing was recorded of chinchilla, retrain-valleys, at full scale; ./reprise"
                + " reproduce chinchilla --record does");
    assertThatThrownBy(() -> new RecordedEngine(chinchilla, Scale.LAPTOP).run(other))
        .hasMessage("the plan 'another' is no part of chinchilla at laptop scale");
  }

  private static Map<String, JsonObject> verdicts(Reproduction reproduction) throws IOException {
    URL url =
        reproduction
            .recorded(Scale.LAPTOP, "record.json")
            .orElseThrow(() ->
                new AssertionError(
                    reproduction.card().slug()
                        + " has no record; make it with ./reprise reproduce --record"));
    Map<String, JsonObject> byClaim = new HashMap<>();
    try (InputStream in = url.openStream()) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (JsonElement v :
          JsonParser.parseString(text).getAsJsonObject().getAsJsonArray("verdicts")) {
        byClaim.put(v.getAsJsonObject().get("claim").getAsString(), v.getAsJsonObject());
      }
    }
    return byClaim;
  }
}
