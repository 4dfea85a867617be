package reprise.kernel.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import reprise.dsl.law.Column;
import reprise.dsl.law.Input;
import reprise.dsl.law.Law;
import reprise.dsl.law.Points;
import reprise.kernel.analysis.Csv;

/** Which columns and rows of a CSV file are the points of a fit. */
final class FitPoints {
  static final List<String> OBJECTIVES = List.of("huber", "lad", "squared", "soft_l1");
  private static final String WEIGHT = "weight";

  @Option(names = "--csv", required = true, description = "Lines that begin with # are comments.")
  private Path csv;

  @Option(names = "--params", description = "Column of model sizes N. Default: N.")
  private String params;

  @Option(names = "--tokens", description = "Column of training tokens D. Default: D.")
  private String tokens;

  @Option(
      names = "--compute",
      description = "Column of training FLOP C; in place of --tokens, D = C/(6 N).")
  private String compute;

  @Option(
      names = "--loss",
      description =
          "Column of what the law predicts, by default the law's own name for it; or an objective:"
              + " huber, lad, squared, soft_l1.")
  private String loss;

  @Option(
      names = "--input",
      description = "Column of any other input, as NAME=COLUMN, for example P=streams.")
  private Map<String, String> inputs = new LinkedHashMap<>();

  @Option(
      names = "--where",
      description =
          "Only rows with COLUMN=TEXT, COLUMN!=TEXT, COLUMN<NUMBER or COLUMN>NUMBER; may be given"
              + " several times.")
  private List<String> where = new ArrayList<>();

  @Option(names = "--drop", defaultValue = "0", description = "Leave out the K highest losses.")
  private int drop;

  @Option(names = "--weights", description = "Column of weights of the points.")
  private String weights;

  Path csv() {
    return csv;
  }

  /** The objective that --loss names, if it names one and not a column. */
  Optional<String> objective() throws IOException {
    boolean named = loss != null && OBJECTIVES.contains(loss);
    return named && !table().header().contains(loss) ? Optional.of(loss) : Optional.empty();
  }

  /** The column of weights in the points, if any was asked for. */
  Optional<String> weights() {
    return Optional.ofNullable(weights).map(w -> WEIGHT);
  }

  /** The points with every column that the laws need, and {@code more} columns of the file. */
  Points points(List<Law> laws, List<String> more) throws IOException {
    Csv table = filtered();
    Map<String, Column> columns = new LinkedHashMap<>();
    for (Law law : laws) {
      for (Input input : law.inputs()) {
        if (!columns.containsKey(input.name())) {
          columns.put(input.name(), new Column(input.name(), input(table, law, input)));
        }
      }
    }
    String output = laws.getFirst().output();
    String column = loss == null || objective().isPresent() ? output : loss;
    columns.put(output, new Column(output, table.positive(column)));
    if (weights != null) {
      columns.put(WEIGHT, new Column(WEIGHT, table.notNegative(weights)));
    }
    for (String extra : more) {
      columns.putIfAbsent(extra, new Column(extra, table.positive(extra)));
    }
    return new Points(List.copyOf(columns.values()), labels(table)).dropHighest(drop, output);
  }

  /** Points of compute budgets: N, D, C and loss, one of the first three by C = 6 N D. */
  Points ofBudgets() throws IOException {
    Csv table = filtered();
    List<Column> columns = new ArrayList<>();
    addBudget(columns, table, "N", params);
    addBudget(columns, table, "D", tokens);
    addBudget(columns, table, "C", compute);
    if (columns.size() < 2) {
      throw new IllegalArgumentException(
          "--isoflop needs two of --params, --tokens and --compute. Columns: "
              + String.join(", ", table.header()));
    }
    columns.add(new Column("loss", table.positive(loss == null ? "loss" : loss)));
    return new Points(columns, labels(table)).withCompute().dropHighest(drop, "loss");
  }

  // the named column, else one that is called as the quantity
  private static void addBudget(List<Column> columns, Csv table, String name, String column) {
    if (column != null || table.header().contains(name)) {
      columns.add(new Column(name, table.positive(column == null ? name : column)));
    }
  }

  private static List<String> labels(Csv table) {
    return table.lines().stream().map(l -> table.name() + ", row " + l).toList();
  }

  private Csv filtered() throws IOException {
    Csv table = table();
    for (String condition : where) {
      table = RowFilter.parse(condition).apply(table);
    }
    if (table.rows().isEmpty()) {
      throw new IllegalArgumentException(
          table.name() + " has no row left" + (where.isEmpty() ? "" : " after --where " + where));
    }
    return table;
  }

  private Csv table() throws IOException {
    if (!Files.isRegularFile(csv)) {
      throw new IllegalArgumentException(
          "no file " + csv + " (looked in " + csv.toAbsolutePath().getParent() + ")");
    }
    return Csv.read(csv);
  }

  private double[] input(Csv table, Law law, Input input) {
    String option =
        switch (input.name()) {
          case "N" -> params;
          case "D" -> tokens;
          case "C" -> compute;
          default -> null;
        };
    String column = inputs.getOrDefault(input.name(), option);
    if (column == null && !derived(input) && table.header().contains(input.name())) {
      column = input.name();
    }
    if (column != null) {
      return input.domain() == Input.Domain.POSITIVE
          ? table.positive(column)
          : table.notNegative(column);
    }
    if (derived(input)) {
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
        law.name()
            + " needs "
            + input.name()
            + ", "
            + input.unit()
            + ": add "
            + flag
            + ". Columns: "
            + String.join(", ", table.header()));
  }

  private boolean derived(Input input) {
    return input.name().equals("D") && compute != null && params != null && tokens == null;
  }
}
