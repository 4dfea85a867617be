package reprise.kernel.render;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Optional;
import reprise.dsl.claim.Measured;
import reprise.dsl.claim.Verdict;
import reprise.dsl.repro.Reproduced;
import reprise.dsl.result.Provenance;

/** The record of a reproduction as JSON. */
final class ReportJson {
  private static final Gson GSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().setPrettyPrinting().create();

  private ReportJson() {}

  static String of(Reproduced r) {
    JsonObject root = new JsonObject();
    root.addProperty("paper", r.card().slug());
    root.addProperty("title", r.card().citation().title());
    root.addProperty("arxiv", r.card().citation().arxiv());
    root.addProperty("scale", r.scale().word());
    root.addProperty("backend", ReportWords.backend(r));
    root.add("seconds", number(r.seconds()));
    JsonArray verdicts = new JsonArray();
    r.verdicts().forEach(v -> verdicts.add(verdict(v)));
    root.add("verdicts", verdicts);
    JsonArray runs = new JsonArray();
    r.records().forEach(p -> p.runs().forEach(run -> runs.add(run(run))));
    root.add("runs", runs);
    JsonArray provenance = new JsonArray();
    r.parts().forEach(done -> provenance.add(part(done)));
    root.add("provenance", provenance);
    return GSON.toJson(root);
  }

  private static JsonObject verdict(Verdict verdict) {
    JsonObject out = new JsonObject();
    Optional<Measured> measured = verdict.measured();
    out.addProperty("claim", verdict.claim().id());
    out.addProperty("verdict", verdict.kind());
    out.add("paper", number(verdict.claim().expected().map(e -> e.value())));
    out.add("measured", number(measured.map(Measured::value)));
    out.add("low", number(measured.flatMap(Measured::interval).map(i -> i.low())));
    out.add("high", number(measured.flatMap(Measured::interval).map(i -> i.high())));
    out.addProperty("rule", verdict.claim().rule().text());
    out.addProperty("reason", verdict.reason());
    out.addProperty("sentence", verdict.claim().sentence());
    return out;
  }

  private static JsonObject part(Reproduced.Done done) {
    JsonObject out = new JsonObject();
    out.addProperty("part", done.part().name());
    if (done.result().isEmpty()) {
      out.addProperty("failure", done.failure());
      return out;
    }
    Provenance p = done.result().get().record();
    out.addProperty("planHash", p.planHash());
    out.addProperty("plan", p.planText());
    out.addProperty("backend", p.backend());
    out.addProperty("backendNote", p.backendNote());
    out.addProperty("libraryVersion", p.libraryVersion());
    out.addProperty("libraryDigest", p.libraryDigest());
    JsonObject machine = new JsonObject();
    machine.addProperty("cpu", p.machine().cpu());
    machine.addProperty("cores", p.machine().cores());
    machine.addProperty("os", p.machine().os());
    machine.addProperty("jdk", p.machine().jdk());
    out.add("machine", machine);
    out.addProperty("started", p.started().toString());
    out.add("seconds", number(p.seconds()));
    JsonArray data = new JsonArray();
    for (Provenance.Data set : p.data()) {
      JsonObject one = new JsonObject();
      one.addProperty("id", set.id());
      one.addProperty("sha256", set.sha256());
      one.addProperty("origin", set.origin());
      one.addProperty("licence", set.licence());
      data.add(one);
    }
    out.add("data", data);
    JsonArray runs = new JsonArray();
    p.runs().forEach(run -> runs.add(run(run)));
    out.add("runs", runs);
    JsonArray warnings = new JsonArray();
    p.warnings().forEach(warnings::add);
    out.add("warnings", warnings);
    return out;
  }

  private static JsonObject run(Provenance.Run run) {
    JsonObject out = new JsonObject();
    out.addProperty("id", run.id());
    out.add("digest", run.digest().isEmpty() ? JsonNull.INSTANCE : new JsonPrimitive(run.digest()));
    return out;
  }

  private static JsonElement number(Optional<Double> value) {
    return value.map(ReportJson::number).orElse(JsonNull.INSTANCE);
  }

  /** JSON has no NaN and no infinity: they are null. */
  private static JsonElement number(double value) {
    return Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
  }
}
