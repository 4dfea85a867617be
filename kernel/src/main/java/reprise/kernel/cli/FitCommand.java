package reprise.kernel.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import reprise.dsl.law.Bootstrap;
import reprise.dsl.law.Bound;
import reprise.dsl.law.Fit;
import reprise.dsl.law.FitPlan;
import reprise.dsl.law.FitWarning;
import reprise.dsl.law.FormComparison;
import reprise.dsl.law.FormPlan;
import reprise.dsl.law.HeldOut;
import reprise.dsl.law.IsoFlop;
import reprise.dsl.law.IsoFlopPlan;
import reprise.dsl.law.Law;
import reprise.dsl.law.Laws;
import reprise.dsl.law.Nearest;
import reprise.dsl.law.Objective;
import reprise.dsl.law.Points;
import reprise.dsl.law.Profile;
import reprise.dsl.law.Sensitivity;
import reprise.kernel.analysis.Fitter;
import reprise.kernel.analysis.FormComparer;
import reprise.kernel.analysis.IsoFlopFitter;
import reprise.kernel.analysis.ProfileFitter;
import reprise.kernel.analysis.SensitivityFitter;

/**
 * Fits a law to a CSV file.
 *
 * <p>Exit status: 0 for a fit whose constants can be taken at face value, 1 for one that did not
 * converge or does not identify its constants, 2 for arguments or data it cannot use.
 */
@Command(
    name = "fit",
    description = "Fit a scaling law to the columns of a CSV file.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
public final class FitCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--law", defaultValue = "chinchilla", description = "Default: ${DEFAULT-VALUE}.")
  private String law;

  @Mixin private FitPoints data = new FitPoints();

  @Option(
      names = "--objective",
      description =
          "huber, lad (least absolute deviations), squared or soft_l1. Default: the law's own, mostly"
              + " huber.")
  private String objective;

  @Option(
      names = "--delta",
      description = "Where Huber turns linear, .001 by default, and soft_l1, 1 by default.")
  private Double delta;

  @Option(names = "--raw-loss", description = "Residuals of the loss, not of its logarithm.")
  private boolean rawLoss;

  @Option(names = "--bootstrap", defaultValue = "1000", description = "Replicates. Default: 1000.")
  private int bootstrap;

  @Option(names = "--seed", defaultValue = "42", description = "Of the bootstrap. Default: 42.")
  private long seed;

  @Option(
      names = "--resample",
      defaultValue = "cases",
      description = "What the bootstrap redraws: cases, cells, seeds, residuals. Default: cases.")
  private String resample;

  @Option(
      names = "--bound",
      description = "Limits of a constant: alpha=0..1, E=1.5.. or beta=..1; may be repeated.")
  private Map<String, String> bounds = new LinkedHashMap<>();

  @Option(
      names = "--compare",
      split = ",",
      description = "Compare the form with these laws too: AIC, BIC, folds, held-out points.")
  private List<String> compare = new ArrayList<>();

  @Option(
      names = "--held-out",
      description = "With --compare: predict the rows with COLUMN>NUMBER.")
  private String heldOut;

  @Option(names = "--folds", defaultValue = "10", description = "With --compare. Default: 10.")
  private int folds;

  @Option(
      names = "--profile",
      split = ",",
      description = "Profile intervals of these constants, open where the points give no bound.")
  private List<String> profiles = new ArrayList<>();

  @Option(
      names = "--sensitivity",
      split = ",",
      description =
          "A table instead: how the constants move when these numbers of highest losses are left"
              + " out, under huber of several deltas, lad and squared, and with every --counting."
              + " Example: 0,5,10.")
  private List<Integer> sensitivity = new ArrayList<>();

  @Mixin private FitCounting counting = new FitCounting();

  @Mixin private FitValleys isoFlop = new FitValleys();

  @Mixin private ChartFiles charts = new ChartFiles();

  @Option(names = "--confidence", defaultValue = ".95", description = "Default: ${DEFAULT-VALUE}.")
  private double confidence;

  @Mixin private FitPredictions predictions = new FitPredictions();

  @Option(names = "--json", description = "One JSON object on standard output.")
  private boolean json;

  /** Fits from the command line. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new FitCommand()).execute(arguments));
  }

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    try {
      isoFlop.check();
      charts.check();
      if (counting.any() && sensitivity.isEmpty()) {
        throw new IllegalArgumentException(
            "--counting belongs to --sensitivity: add --sensitivity 0");
      }
      if (isoFlop.wanted()) {
        return valleys(err);
      }
      if (!compare.isEmpty()) {
        return compared();
      }
      if (!sensitivity.isEmpty()) {
        return moved();
      }
      FitPlan plan = plan(List.of());
      predictions.check(plan.law());
      Fit fit = Fitter.fit(plan);
      List<Profile> profiled =
          profiles.stream().map(constant -> ProfileFitter.around(fit, constant)).toList();
      String report =
          json
              ? FitReport.json(fit, predictions, profiled)
              : FitReport.table(fit, data.csv(), predictions, profiled);
      spec.commandLine().getOut().println(report);
      spec.commandLine().getOut().flush();
      charts.write(fit, profiled, err);
      return verdict(fit, err);
    } catch (IllegalArgumentException | IOException e) {
      err.println("fit: " + e.getMessage());
      err.flush();
      return 2;
    }
  }

  private static int verdict(Fit fit, PrintWriter err) {
    boolean sound = fit.converged() && fit.identified();
    if (!sound) {
      err.println(
          "fit: "
              + (fit.converged()
                  ? "the points do not identify the constants of "
                  : "no reliable optimum for ")
              + fit.plan().law().name());
    }
    for (FitWarning warning : fit.warnings()) {
      err.println((warning.unidentified() ? "fit: " : "note: ") + warning.message());
    }
    err.flush();
    return sound ? 0 : 1;
  }

  private int valleys(PrintWriter err) throws IOException {
    IsoFlopPlan plan =
        isoFlop.of(
            IsoFlopPlan.of(data.ofBudgets()).bootstrap(bootstrap, seed).confidence(confidence));
    IsoFlop found = IsoFlopFitter.fit(plan);
    Double budget = predictions.flops();
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        json ? ValleyReport.json(found, budget) : ValleyReport.table(found, data.csv(), budget));
    out.flush();
    charts.write(found, err);
    found.warnings().forEach(warning -> err.println("note: " + warning));
    err.flush();
    return found.interior() < 3 ? 1 : 0;
  }

  // every way to count, every number of dropped points, every objective
  private int moved() throws IOException {
    List<Objective> objectives = new ArrayList<>();
    for (double width : new double[] {1e-4, 1e-3, 1e-2, 1}) {
      objectives.add(Objective.huber(width));
    }
    objectives.add(Objective.leastAbsolute());
    objectives.add(Objective.squared());
    Sensitivity table =
        SensitivityFitter.fit(
            plan(counting.columns()),
            counting.counts(),
            sensitivity,
            rawLoss ? objectives.stream().map(Objective::onRawLoss).toList() : objectives);
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? FitReport.json(table) : table.toString());
    out.flush();
    return 0;
  }

  private int compared() throws IOException {
    List<Law> laws = new ArrayList<>();
    laws.add(Laws.named(law));
    compare.forEach(name -> laws.add(Laws.named(name)));
    Points points = data.points(laws, List.of());
    FormPlan plan =
        FormPlan.of(points, laws.toArray(Law[]::new))
            .objective(objective(laws.getFirst()))
            .folds(Math.min(folds, points.size()), seed);
    if (heldOut != null) {
      RowFilter limit = RowFilter.parse(heldOut);
      if (!limit.relation().equals(">") || !points.has(limit.column())) {
        throw new IllegalArgumentException(
            "--held-out " + heldOut + ": write COLUMN>NUMBER with a column of " + points.names());
      }
      plan = plan.heldOut(HeldOut.above(limit.column(), Double.parseDouble(limit.value())));
    }
    FormComparison comparison = FormComparer.compare(plan);
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? FitReport.json(comparison) : comparison.toString());
    out.flush();
    return 0;
  }

  private FitPlan plan(List<String> more) throws IOException {
    Law chosen = Laws.named(law);
    Objective cost = objective(chosen);
    FitPlan plan =
        FitPlan.of(chosen, data.points(List.of(chosen), more))
            .objective(cost)
            .bootstrap(new Bootstrap(bootstrap, seed, resampling()))
            .confidence(confidence);
    for (var bound : bounds.entrySet()) {
      plan = plan.bound(bound(bound.getKey(), bound.getValue()));
    }
    return data.weights().isPresent() ? plan.weights(data.weights().get()) : plan;
  }

  private Bootstrap.Resampling resampling() {
    List<String> names = new ArrayList<>();
    for (Bootstrap.Resampling one : Bootstrap.Resampling.values()) {
      String name = one.name().toLowerCase(Locale.ROOT);
      if (name.equals(resample.toLowerCase(Locale.ROOT))) {
        return one;
      }
      names.add(name);
    }
    throw new IllegalArgumentException(
        "--resample "
            + resample
            + Nearest.hint(resample, names)
            + " Choose one of "
            + String.join(", ", names));
  }

  private static Bound bound(String constant, String limits) {
    String[] ends = limits.split("\\.\\.", -1);
    try {
      if (ends.length == 2) {
        return new Bound(
            constant,
            ends[0].isBlank() ? Double.NEGATIVE_INFINITY : Double.parseDouble(ends[0]),
            ends[1].isBlank() ? Double.POSITIVE_INFINITY : Double.parseDouble(ends[1]));
      }
    } catch (NumberFormatException ignored) {
      // said below
    }
    throw new IllegalArgumentException(
        "--bound " + constant + "=" + limits + ": write LOW..HIGH, LOW.. or ..HIGH");
  }

  private Objective objective(Law chosen) throws IOException {
    String named = data.objective().orElse(objective);
    if (named == null && delta == null) {
      Objective own = chosen.objective();
      return rawLoss ? own.onRawLoss() : own;
    }
    double d = delta == null ? 1e-3 : delta;
    Objective cost =
        switch (named == null ? "huber" : named.toLowerCase(Locale.ROOT)) {
          case "huber" -> Objective.huber(d);
          case "lad" -> Objective.leastAbsolute();
          case "squared" -> Objective.squared();
          case "soft_l1" -> Objective.softL1(delta == null ? 1 : delta);
          default ->
              throw new IllegalArgumentException(
                  "no objective is called "
                      + named
                      + Nearest.hint(named, FitPoints.OBJECTIVES)
                      + " Objectives: "
                      + String.join(", ", FitPoints.OBJECTIVES));
        };
    boolean turns = cost instanceof Objective.Huber || cost instanceof Objective.SoftL1;
    if (delta != null && !turns) {
      throw new IllegalArgumentException(
          "--delta belongs to --objective huber and soft_l1, not " + named);
    }
    return rawLoss ? cost.onRawLoss() : cost;
  }
}
