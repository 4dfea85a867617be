package reprise.kernel.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import reprise.dsl.law.Estimate;
import reprise.dsl.law.IsoFlop;
import reprise.dsl.law.IsoFlopPlan;
import reprise.dsl.law.Valley;
import reprise.dsl.unit.Numbers;

/** An IsoFLOP analysis as a table for people and as JSON for programs. */
final class ValleyReport {
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

  private ValleyReport() {}

  /** One JSON object on one line; a number that is not finite is null. */
  static String json(IsoFlop found, Double flops) {
    JsonObject root = new JsonObject();
    root.addProperty("method", method(found.plan()));
    JsonArray valleys = new JsonArray();
    for (Valley valley : found.valleys()) {
      JsonObject one = new JsonObject();
      one.add("flops", FitReport.number(valley.flops()));
      one.addProperty("sizes", valley.sizes());
      one.add("N_opt", FitReport.number(valley.params()));
      one.add("D_opt", FitReport.number(valley.tokens()));
      one.add("loss", FitReport.number(valley.loss()));
      one.addProperty("interior", valley.interior());
      valleys.add(one);
    }
    root.add("valleys", valleys);
    root.addProperty("interior", found.interior());
    List<Estimate> lines = lines(found);
    root.add("constants", FitReport.object(lines, e -> FitReport.number(e.value())));
    root.add("standardErrors", FitReport.object(lines, e -> FitReport.number(e.standardError())));
    root.add("intervals", FitReport.object(lines, FitReport::interval));
    if (flops != null) {
      root.addProperty("flops", flops);
      List<Estimate> best = best(found.at(flops));
      root.add("allocation", FitReport.object(best, e -> FitReport.number(e.value())));
      root.add("allocationIntervals", FitReport.object(best, FitReport::interval));
    }
    root.addProperty("confidence", found.plan().confidence());
    root.addProperty("bootstrap", found.plan().bootstrap().replicates());
    root.addProperty("seed", found.plan().bootstrap().seed());
    root.addProperty("n", found.plan().points().size());
    JsonArray warnings = new JsonArray();
    found.warnings().forEach(warnings::add);
    root.add("warnings", warnings);
    return GSON.toJson(root);
  }

  /** A readable table. */
  static String table(IsoFlop found, Path csv, Double flops) {
    StringBuilder text = new StringBuilder("N_opt = k_N C^a, D_opt = k_D C^b\n");
    text.append(found.plan().points().size())
        .append(" points of ")
        .append(csv.getFileName())
        .append("; ")
        .append(method(found.plan()))
        .append("\n\n");
    row(text, "C FLOP", "sizes", "N_opt", "D_opt", "D/N", "loss", "");
    for (Valley valley : found.valleys()) {
      row(
          text,
          Numbers.scientific(valley.flops()),
          String.valueOf(valley.sizes()),
          Numbers.significant(valley.params(), 4),
          Numbers.significant(valley.tokens(), 4),
          Numbers.significant(valley.tokens() / valley.params(), 3),
          Numbers.significant(valley.loss(), 5),
          valley.interior() ? "" : "no minimum inside the sizes");
    }
    String level = Numbers.significant(100 * found.plan().confidence(), 4) + " % low";
    text.append('\n');
    FitReport.line(text, "", "value", "std. error", level, "high", "unit");
    lines(found).forEach(e -> FitReport.line(text, e));
    if (flops != null) {
      text.append("\nbest at ").append(Numbers.significant(flops, 4)).append(" FLOP\n");
      best(found.at(flops)).forEach(e -> FitReport.line(text, e));
    }
    return text.toString().stripTrailing();
  }

  private static String method(IsoFlopPlan plan) {
    return plan.interpolated().isPresent()
        ? "Akima splines of log loss in log N, bootstrap over the noise of seeds"
        : plan.window() == IsoFlopPlan.ALL_SIZES
            ? "parabolas in log N"
            : "parabolas in log N through " + plan.window() + " sizes";
  }

  // both lines have a constant k
  private static List<Estimate> lines(IsoFlop found) {
    return List.of(
        named("a", found.params().exponent()),
        named("k_N", found.params().coefficient()),
        named("b", found.tokens().exponent()),
        named("k_D", found.tokens().coefficient()));
  }

  private static Estimate named(String name, Estimate e) {
    return new Estimate(name, e.unit(), e.value(), e.standardError(), e.interval());
  }

  private static List<Estimate> best(IsoFlop.Optimum best) {
    return List.of(best.params(), best.tokens(), best.tokensPerParameter());
  }

  private static void row(StringBuilder text, Object... cells) {
    text.append(String.format(Locale.ROOT, "%9s %6s %12s %12s %8s %9s  %s", cells).stripTrailing())
        .append('\n');
  }
}
