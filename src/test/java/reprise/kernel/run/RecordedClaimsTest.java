package reprise.kernel.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reprise.dsl.Experiment;
import reprise.dsl.claim.Verdict;
import reprise.dsl.data.Corpus;
import reprise.dsl.plan.AnalysisTask;
import reprise.dsl.plan.Plan;
import reprise.dsl.plan.Task;
import reprise.dsl.plan.TrainTask;
import reprise.dsl.repro.Binding;
import reprise.dsl.repro.Part;
import reprise.dsl.repro.Reproduction;
import reprise.dsl.repro.Reproductions;
import reprise.dsl.repro.Scale;
import reprise.dsl.result.Finding;
import reprise.dsl.result.LossCurve;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Provenance;
import reprise.dsl.result.Result;
import reprise.dsl.result.RunOutcome;
import reprise.kernel.analysis.Csv;
import reprise.kernel.data.Home;
import reprise.kernel.data.MarkovChain;
import reprise.kernel.store.RunJson;

/**
 * The recorded verdicts follow from the recorded rows: every analysis is made again from {@code
 * <part>.csv} and every claim judged again.
 */
@Tag("claim")
class RecordedClaimsTest {
  /** A part of a reproduction with its recorded files. */
  record Recorded(Reproduction reproduction, Part<?> part) {
    @Override
    public String toString() {
      return reproduction.card().slug() + " " + part.name();
    }
  }

  static Stream<Recorded> parts() {
    return Reproductions.all().stream()
        .flatMap(r -> r.parts(Scale.LAPTOP).stream().map(p -> new Recorded(r, p)));
  }

  @ParameterizedTest
  @MethodSource("parts")
  void verdictsFollowFromTheRows(Recorded recorded) throws IOException {
    boolean trains = !recorded.part().experiment().plan().runs().isEmpty();
    assumeTrue(
        trains || Home.provided().isPresent(),
        "the published points are not part of Reprise: set REPRISE_DATA to check this part");
    Map<String, JsonObject> verdicts = verdicts(recorded.reproduction());
    for (Verdict verdict : judge(recorded.part(), recorded.reproduction())) {
      JsonObject known = verdicts.get(verdict.claim().id());
      assertThat(verdict.kind())
          .as(verdict.claim().id() + ": " + verdict.reason())
          .isEqualTo(known.get("verdict").getAsString());
      double measured = verdict.measured().orElseThrow().value();
      double before = known.get("measured").getAsDouble();
      if (before == 0) {
        assertThat(measured).as(verdict.claim().id()).isZero();
      } else {
        assertThat(measured / before).as(verdict.claim().id()).isCloseTo(1, within(1e-6));
      }
      assertThat(verdict.claim().rule().text()).isEqualTo(known.get("rule").getAsString());
    }
  }

  /** A record of another experiment than the present one is worth nothing. */
  @ParameterizedTest
  @MethodSource("parts")
  void theRecordIsOfThePresentPlan(Recorded recorded) throws IOException {
    Plan plan = recorded.part().experiment().plan();
    if (plan.runs().isEmpty()) {
      return;
    }
    Csv rows = rows(recorded.reproduction(), recorded.part());
    List<String> ids =
        lines(recorded.reproduction(), recorded.part())
            .map(lines -> List.copyOf(lines.keySet()))
            .orElseGet(() -> rows.rows().stream().map(row -> row.getFirst()).toList());
    assertThat(ids).isEqualTo(plan.runs().stream().map(Task::id).toList());
  }

  private static <R extends Result> List<Verdict> judge(Part<R> part, Reproduction reproduction)
      throws IOException {
    Experiment<R> experiment = part.experiment();
    Plan plan = experiment.plan();
    List<RunOutcome> runs = plan.runs().isEmpty() ? List.of() : runs(plan, reproduction, part);
    Analyst analyst = new Analyst();
    List<Finding> findings = new ArrayList<>();
    for (AnalysisTask task : plan.analyses()) {
      findings.add(analyst.analyse(task, runs));
    }
    R result =
        experiment.result(new Outcome(plan, runs, findings, entropies(plan), provenance(plan)));
    List<Verdict> verdicts = new ArrayList<>();
    for (Binding<R> binding : part.bindings()) {
      verdicts.add(binding.claim().rule().judge(binding.claim(), binding.reading().apply(result)));
    }
    return verdicts;
  }

  private static List<RunOutcome> runs(Plan plan, Reproduction reproduction, Part<?> part)
      throws IOException {
    var lines = lines(reproduction, part);
    if (lines.isPresent()) {
      return plan.runs().stream()
          .map(task -> RunJson.read(task, lines.get().get(task.id())))
          .toList();
    }
    Csv csv = rows(reproduction, part);
    int loss = csv.header().indexOf("loss nats/token");
    Map<String, Double> losses = new LinkedHashMap<>();
    for (List<String> row : csv.rows()) {
      if (!row.get(loss).isEmpty()) {
        losses.put(row.getFirst(), Double.parseDouble(row.get(loss)));
      }
    }
    LossCurve none = new LossCurve(new int[0], new double[0]);
    List<RunOutcome> runs = new ArrayList<>();
    for (TrainTask task : plan.runs(TrainTask.class)) {
      runs.add(
          losses.containsKey(task.id())
              ? new RunOutcome.Finished<>(task, losses.get(task.id()), none, 0, "")
              : new RunOutcome.Failed(task, "failed when it was recorded"));
    }
    return runs;
  }

  // each run's line by its id; empty for records from before they had one
  private static Optional<Map<String, String>> lines(Reproduction reproduction, Part<?> part)
      throws IOException {
    String file = part.name() + ".jsonl";
    if (reproduction.recorded(Scale.LAPTOP, file).isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> lines = new LinkedHashMap<>();
    for (String line : text(reproduction, file).lines().toList()) {
      lines.put(JsonParser.parseString(line).getAsJsonObject().get("id").getAsString(), line);
    }
    return Optional.of(lines);
  }

  private static Csv rows(Reproduction reproduction, Part<?> part) throws IOException {
    return Csv.parse(part.name() + ".csv", text(reproduction, part.name() + ".csv"));
  }

  private static String text(Reproduction reproduction, String file) throws IOException {
    URL url =
        reproduction
            .recorded(Scale.LAPTOP, file)
            .orElseThrow(() ->
                new AssertionError(
                    reproduction.card().slug()
                        + " has no recorded "
                        + file
                        + "; record it with ./reprise reproduce --record"));
    try (InputStream in = url.openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Map<String, JsonObject> verdicts(Reproduction reproduction) throws IOException {
    Map<String, JsonObject> byClaim = new HashMap<>();
    JsonObject record = JsonParser.parseString(text(reproduction, "record.json")).getAsJsonObject();
    for (JsonElement v : record.getAsJsonArray("verdicts")) {
      byClaim.put(v.getAsJsonObject().get("claim").getAsString(), v.getAsJsonObject());
    }
    return byClaim;
  }

  private static List<Outcome.EntropyRate> entropies(Plan plan) {
    return plan.runs(TrainTask.class).stream()
        .map(TrainTask::corpus)
        .distinct()
        .filter(Corpus.Markov.class::isInstance)
        .map(Corpus.Markov.class::cast)
        .map(m -> new Outcome.EntropyRate(m.label(), MarkovChain.of(m).entropyRate()))
        .toList();
  }

  private static Provenance provenance(Plan plan) {
    return new Provenance(
        plan.hash(),
        plan.text(),
        "recorded rows",
        "",
        Host.version(),
        "",
        Host.machine(),
        Instant.EPOCH,
        0,
        List.of(),
        List.of());
  }
}
