package reprise.kernel.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import reprise.dsl.law.Column;
import reprise.dsl.law.Fit;
import reprise.dsl.law.FitPlan;
import reprise.dsl.law.FitWarning;
import reprise.dsl.law.Input;
import reprise.dsl.law.Law;
import reprise.dsl.law.Laws;
import reprise.dsl.law.Nearest;
import reprise.dsl.law.Objective;
import reprise.dsl.law.Points;
import reprise.kernel.analysis.Csv;
import reprise.kernel.analysis.Fitter;

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
  private static final List<String> OBJECTIVES = List.of("huber", "lad", "squared");

  @Spec private CommandSpec spec;

  @Option(names = "--law", defaultValue = "chinchilla", description = "Default: ${DEFAULT-VALUE}.")
  private String law;

  @Option(names = "--csv", required = true, description = "Lines that begin with # are comments.")
  private Path csv;

  @Option(names = "--params", description = "Column of model sizes N.")
  private String params;

  @Option(names = "--tokens", description = "Column of training tokens D.")
  private String tokens;

  @Option(
      names = "--compute",
      description = "Column of training FLOP C; in place of --tokens, D = C/(6 N).")
  private String compute;

  @Option(names = "--loss", required = true, description = "Column of what the law predicts.")
  private String loss;

  @Option(
      names = "--input",
      description = "Column of any other input, as NAME=COLUMN, for example P=streams.")
  private Map<String, String> inputs = new LinkedHashMap<>();

  @Option(
      names = "--objective",
      defaultValue = "huber",
      description = "huber, lad (least absolute deviations) or squared. Default: huber.")
  private String objective;

  @Option(names = "--delta", description = "Where Huber turns linear. Default: 0.001.")
  private Double delta;

  @Option(names = "--raw-loss", description = "Residuals of the loss, not of its logarithm.")
  private boolean rawLoss;

  @Option(names = "--drop", defaultValue = "0", description = "Leave out the K highest losses.")
  private int drop;

  @Option(names = "--bootstrap", defaultValue = "1000", description = "Replicates. Default: 1000.")
  private int bootstrap;

  @Option(names = "--seed", defaultValue = "42", description = "Of the bootstrap. Default: 42.")
  private long seed;

  @Option(names = "--confidence", defaultValue = ".95", description = "Default: ${DEFAULT-VALUE}.")
  private double confidence;

  @Option(names = "--flops", description = "Also give the compute-optimal model at this budget.")
  private Double flops;

  @Option(names = "--json", description = "One JSON object on standard output.")
  private boolean json;

  /** Fits from the command line. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new FitCommand()).execute(arguments));
  }

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    Fit fit;
    try {
      fit = Fitter.fit(plan());
    } catch (IllegalArgumentException | IOException e) {
      err.println("fit: " + e.getMessage());
      err.flush();
      return 2;
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? FitReport.json(fit, flops) : FitReport.table(fit, csv, flops));
    out.flush();
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

  private FitPlan plan() throws IOException {
    Law chosen = Laws.named(law);
    Objective cost = objective();
    if (!Files.isRegularFile(csv)) {
      throw new IllegalArgumentException(
          "no file " + csv + " (looked in " + csv.toAbsolutePath().getParent() + ")");
    }
    Csv table = Csv.read(csv);
    List<Column> columns = new ArrayList<>();
    for (Input input : chosen.inputs()) {
      columns.add(new Column(input.name(), input(table, chosen, input)));
    }
    columns.add(new Column(chosen.output(), table.positive(loss)));
    List<String> labels = table.lines().stream().map(l -> table.name() + ", row " + l).toList();
    Points points = new Points(columns, labels).dropHighest(drop, chosen.output());
    if (flops != null && !(flops > 0)) {
      throw new IllegalArgumentException("--flops must be positive, got " + flops);
    }
    return FitPlan.of(chosen, points)
        .objective(cost)
        .bootstrap(bootstrap, seed)
        .confidence(confidence);
  }

  private double[] input(Csv table, Law chosen, Input input) {
    String option =
        switch (input.name()) {
          case "N" -> params;
          case "D" -> tokens;
          case "C" -> compute;
          default -> null;
        };
    String column = inputs.getOrDefault(input.name(), option);
    if (column != null) {
      return table.positive(column);
    }
    if (input.name().equals("D") && compute != null && params != null) {
      double[] c = table.positive(compute);
      double[] n = table.positive(params);
      for (int i = 0; i < c.length; i++) {
        c[i] /= 6 * n[i]; // C = 6 N D
      }
      return c;
    }
    String flag =
        switch (input.name()) {
          case "N" -> "--params COLUMN";
          case "D" -> "--tokens COLUMN (or --compute COLUMN, from which D = C/(6 N))";
          case "C" -> "--compute COLUMN";
          default -> "--input " + input.name() + "=COLUMN";
        };
    throw new IllegalArgumentException(
        chosen.name()
            + " needs "
            + input.name()
            + ", "
            + input.unit()
            + ": add "
            + flag
            + ". Columns: "
            + String.join(", ", table.header()));
  }

  private Objective objective() {
    double d = delta == null ? 1e-3 : delta;
    Objective cost =
        switch (objective.toLowerCase(Locale.ROOT)) {
          case "huber" -> Objective.huber(d);
          case "lad" -> Objective.leastAbsolute();
          case "squared" -> Objective.squared();
          default ->
              throw new IllegalArgumentException(
                  "no objective is called "
                      + objective
                      + Nearest.hint(objective, OBJECTIVES)
                      + " Objectives: "
                      + String.join(", ", OBJECTIVES));
        };
    if (delta != null && !(cost instanceof Objective.Huber)) {
      throw new IllegalArgumentException("--delta belongs to --objective huber, not " + objective);
    }
    return rawLoss ? cost.onRawLoss() : cost;
  }
}
