package reprise.kernel.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import reprise.dsl.law.AllocationEstimate;
import reprise.dsl.law.Estimate;
import reprise.dsl.law.Fit;
import reprise.dsl.law.FitWarning;
import reprise.dsl.law.FormComparison;
import reprise.dsl.law.Input;
import reprise.dsl.law.Interval;
import reprise.dsl.law.Profile;
import reprise.dsl.law.Sensitivity;
import reprise.dsl.unit.Numbers;

/** A fit as a table for people and as JSON for programs. */
final class FitReport {
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

  private FitReport() {}

  /** One JSON object on one line; a number that is not finite is null. */
  static String json(Fit fit, FitPredictions predictions, List<Profile> profiles) {
    JsonObject root = new JsonObject();
    root.addProperty("law", fit.plan().law().name());
    root.addProperty("formula", fit.plan().law().formula());
    root.add("constants", object(fit.constants(), e -> number(e.value())));
    root.add("objective", number(fit.objective()));
    root.addProperty("converged", fit.converged());
    root.addProperty("identified", fit.identified());
    root.addProperty("n", fit.n());
    root.add("intervals", object(fit.constants(), FitReport::interval));
    root.add("standardErrors", object(fit.constants(), e -> number(e.standardError())));
    root.add("derived", object(fit.derived(), e -> number(e.value())));
    root.add("derivedIntervals", object(fit.derived(), FitReport::interval));
    root.addProperty("cost", fit.plan().objective().text());
    root.addProperty("confidence", fit.plan().confidence());
    root.addProperty("bootstrap", fit.plan().bootstrap().replicates());
    root.addProperty("seed", fit.plan().bootstrap().seed());
    root.addProperty("starts", fit.convergence().starts());
    root.addProperty("startsReached", fit.convergence().reached());
    if (predictions.flops() != null) {
      root.addProperty("flops", predictions.flops());
      List<Estimate> best = estimates(fit.allocation(predictions.flops()));
      root.add("allocation", object(best, e -> number(e.value())));
      root.add("allocationIntervals", object(best, FitReport::interval));
    }
    List<FitPredictions.At> at = predictions.of(fit);
    if (!at.isEmpty()) {
      root.add("predictions", predictions(fit, at));
    }
    if (!profiles.isEmpty()) {
      JsonObject intervals = new JsonObject();
      for (Profile profile : profiles) {
        Interval interval = profile.interval(fit.n(), .95);
        JsonArray ends = new JsonArray();
        ends.add(number(interval.low()));
        ends.add(number(interval.high()));
        intervals.add(profile.constant(), ends);
      }
      root.add("profileIntervals", intervals);
    }
    root.addProperty("resampled", fit.plan().bootstrap().of().text());
    JsonArray warnings = new JsonArray();
    fit.warnings().stream().map(FitWarning::message).forEach(warnings::add);
    root.add("warnings", warnings);
    return GSON.toJson(root);
  }

  /** A readable table. */
  static String table(Fit fit, Path csv, FitPredictions predictions, List<Profile> profiles) {
    StringBuilder text = new StringBuilder();
    String percent = String.format(Locale.ROOT, "%.4g %%", 100 * fit.plan().confidence());
    text.append(fit.plan().law().formula()).append("    ").append(fit.plan().law().source());
    text.append('\n').append(fit.n()).append(" points of ").append(csv.getFileName());
    text.append("; ").append(fit.plan().objective().text()).append("\n\n");
    line(text, "", "value", "std. error", percent + " low", "high", "unit");
    fit.constants().forEach(e -> line(text, e));
    fit.derived().forEach(e -> line(text, e));
    if (predictions.flops() != null) {
      text.append("\ncompute-optimal at ")
          .append(Numbers.significant(predictions.flops(), 4))
          .append(" FLOP\n");
      estimates(fit.allocation(predictions.flops())).forEach(e -> line(text, e));
    }
    for (FitPredictions.At at : predictions.of(fit)) {
      text.append("\npredicted at ").append(at.inputs()).append('\n');
      line(text, at.loss());
    }
    for (Profile profile : profiles) {
      Interval interval = profile.interval(fit.n(), .95);
      text.append(
          String.format(
              Locale.ROOT,
              "%nprofile of %s: 95 %% interval %s to %s",
              profile.constant(),
              open(interval.low()),
              open(interval.high())));
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%nobjective %.12g; %s; %d of %d starts reach it",
            fit.objective(),
            fit.converged() ? "converged" : "NOT converged",
            fit.convergence().reached(),
            fit.convergence().starts()));
    return text.toString();
  }

  /** One JSON object on one line: a list of forms with their scores. */
  static String json(FormComparison comparison) {
    JsonArray forms = new JsonArray();
    for (FormComparison.Row row : comparison.rows()) {
      JsonObject form = new JsonObject();
      form.addProperty("law", row.law().name());
      form.addProperty("formula", row.law().formula());
      form.add("constants", object(row.fit().constants(), e -> number(e.value())));
      form.add("objective", number(row.fit().objective()));
      form.addProperty("converged", row.fit().converged());
      form.addProperty("identified", row.fit().identified());
      form.add("aic", number(row.aic()));
      form.add("bic", number(row.bic()));
      form.add("fittedError", number(row.fitted()));
      form.add("crossValidatedError", number(row.crossValidated()));
      form.add("heldOutError", number(row.heldOut()));
      form.add("heldOutLargestError", number(row.heldOutLargest()));
      forms.add(form);
    }
    JsonObject root = new JsonObject();
    root.add("forms", forms);
    root.addProperty("cost", comparison.plan().objective().text());
    root.addProperty("folds", comparison.plan().folds());
    root.addProperty("n", comparison.rows().getFirst().fit().n());
    comparison.plan().heldOut().ifPresent(h -> root.addProperty("heldOut", h.toString()));
    return GSON.toJson(root);
  }

  /** One JSON object on one line: a list of fits with what was left out and minimised. */
  static String json(Sensitivity sensitivity) {
    JsonArray rows = new JsonArray();
    for (Sensitivity.Row row : sensitivity.rows()) {
      JsonObject one = new JsonObject();
      one.addProperty("counting", row.counting().rule());
      one.addProperty("dropped", row.dropped());
      one.addProperty("cost", row.fit().plan().objective().text());
      one.add("constants", object(row.fit().constants(), e -> number(e.value())));
      one.add("derived", object(row.fit().derived(), e -> number(e.value())));
      one.add("objective", number(row.fit().objective()));
      one.addProperty("converged", row.fit().converged());
      one.addProperty("identified", row.fit().identified());
      one.addProperty("n", row.fit().n());
      rows.add(one);
    }
    JsonObject root = new JsonObject();
    root.add("fits", rows);
    return GSON.toJson(root);
  }

  private static JsonArray predictions(Fit fit, List<FitPredictions.At> at) {
    JsonArray all = new JsonArray();
    List<Input> inputs = fit.plan().law().inputs();
    for (FitPredictions.At one : at) {
      JsonObject point = new JsonObject();
      for (int i = 0; i < inputs.size(); i++) {
        point.add(inputs.get(i).name(), number(one.values()[i]));
      }
      JsonObject prediction = new JsonObject();
      prediction.add("at", point);
      prediction.add("value", number(one.loss().value()));
      prediction.add("standardError", number(one.loss().standardError()));
      prediction.add("interval", interval(one.loss()));
      all.add(prediction);
    }
    return all;
  }

  private static String open(double end) {
    return Double.isInfinite(end) ? "open" : String.format(Locale.ROOT, "%.5g", end);
  }

  private static List<Estimate> estimates(AllocationEstimate a) {
    return List.of(a.params(), a.tokens(), a.tokensPerParameter(), a.loss());
  }

  static void line(StringBuilder text, Estimate e) {
    line(
        text,
        e.name(),
        String.format(Locale.ROOT, "%.7g", e.value()),
        known(e.standardError()),
        known(e.interval().low()),
        known(e.interval().high()),
        e.unit().equals("1") ? "" : e.unit());
  }

  static void line(StringBuilder text, Object... cells) {
    text.append(String.format("%-8s %14s %12s %14s %12s  %s", cells).stripTrailing()).append('\n');
  }

  private static String known(double v) {
    return Double.isNaN(v) ? "-" : String.format(Locale.ROOT, "%.4g", v);
  }

  static JsonObject object(List<Estimate> of, Function<Estimate, JsonElement> value) {
    JsonObject object = new JsonObject();
    of.forEach(e -> object.add(e.name(), value.apply(e)));
    return object;
  }

  static JsonElement interval(Estimate e) {
    if (!e.interval().known()) {
      return JsonNull.INSTANCE;
    }
    JsonArray ends = new JsonArray();
    ends.add(number(e.interval().low()));
    ends.add(number(e.interval().high()));
    return ends;
  }

  static JsonElement number(double v) {
    return Double.isFinite(v) ? new JsonPrimitive(v) : JsonNull.INSTANCE;
  }
}
