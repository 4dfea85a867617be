package reprise.kernel.run;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import reprise.dsl.Engine;
import reprise.dsl.RunFailure;
import reprise.dsl.plan.AnalysisTask;
import reprise.dsl.plan.Plan;
import reprise.dsl.repro.Part;
import reprise.dsl.repro.Reproduction;
import reprise.dsl.repro.Scale;
import reprise.dsl.result.Finding;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Provenance;
import reprise.dsl.result.RunOutcome;

/**
 * Carries out the plans of a reproduction from what was recorded when it was run: trains nothing,
 * makes every analysis again. Verdicts and charts follow on any machine.
 */
public final class RecordedEngine implements Engine {
  private final Reproduction reproduction;
  private final Scale scale;
  private final RecordedRows rows;

  /** From the records at that scale. */
  public RecordedEngine(Reproduction reproduction, Scale scale) {
    this.reproduction = reproduction;
    this.scale = scale;
    this.rows = new RecordedRows(reproduction, scale);
  }

  /** The same plan: it costs nothing to read. */
  @Override
  public Plan cost(Plan plan) {
    return plan;
  }

  /**
   * What came out of a part's plan.
   *
   * @throws RunFailure when the plan is no part's, or its rows were not recorded or are of another
   *     plan
   */
  @Override
  public Outcome run(Plan plan) {
    Part<?> part = part(plan);
    List<RunOutcome> runs = plan.runs().isEmpty() ? List.of() : rows.of(part.name(), plan);
    Analyst analyst = new Analyst();
    List<Finding> findings = new ArrayList<>();
    for (AnalysisTask task : plan.analyses()) {
      findings.add(analyst.analyse(task, runs));
    }
    return new Outcome(
        plan,
        runs,
        findings,
        new Trainers().entropyRates(plan.runs()),
        record(part.name(), plan, analyst, runs));
  }

  private Part<?> part(Plan plan) {
    return reproduction.parts(scale).stream()
        .filter(p -> p.experiment().plan().hash().equals(plan.hash()))
        .findFirst()
        .orElseThrow(() ->
            new RunFailure(
                "the plan '"
                    + plan.title()
                    + "' is no part of "
                    + reproduction.card().slug()
                    + " at "
                    + scale.word()
                    + " scale"));
  }

  // who computed the rows, as the record says
  private Provenance record(String part, Plan plan, Analyst analyst, List<RunOutcome> runs) {
    Optional<JsonObject> known = rows.provenance(part);
    List<Provenance.Run> digests = new ArrayList<>();
    for (RunOutcome run : runs) {
      String digest = run instanceof RunOutcome.Finished<?> done ? done.digest() : "";
      digests.add(new Provenance.Run(run.task().id(), digest));
    }
    return new Provenance(
        plan.hash(),
        plan.text(),
        text(known, "backend", "recorded rows"),
        text(known, "backendNote", ""),
        text(known, "libraryVersion", Host.version()),
        text(known, "libraryDigest", ""),
        known.map(RecordedEngine::machine).orElseGet(Host::machine),
        known.map(json -> Instant.parse(json.get("started").getAsString())).orElse(Instant.EPOCH),
        known.map(json -> json.get("seconds").getAsDouble()).orElse(0.0),
        analyst.data(),
        digests);
  }

  private static String text(Optional<JsonObject> json, String name, String otherwise) {
    return json.map(j -> j.get(name)).map(JsonElement::getAsString).orElse(otherwise);
  }

  private static Provenance.Machine machine(JsonObject record) {
    JsonObject machine = record.getAsJsonObject("machine");
    return new Provenance.Machine(
        machine.get("cpu").getAsString(),
        machine.get("cores").getAsInt(),
        machine.get("os").getAsString(),
        machine.get("jdk").getAsString());
  }
}
