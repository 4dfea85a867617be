package reprise.dsl.domain;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.Ink;
import reprise.dsl.chart.Layer;
import reprise.dsl.chart.Plot;
import reprise.dsl.chart.PlotAxis;
import reprise.dsl.claim.Measured;
import reprise.dsl.law.Points;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Result;
import reprise.dsl.unit.Numbers;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Whether printed constants agree with one another.
 *
 * @param experiment what was asked
 * @param outcome the table as it was read
 */
public record DomainTableResult(DomainTable experiment, Outcome outcome) implements Result {
  private Points points() {
    return outcome.table(DomainTable.TABLE).points();
  }

  /** One row a domain: the constants, {@code alpha_N beta}, and {@code (1 - beta) / beta}. */
  @Override
  public Table frame() {
    Points p = points();
    Table table = Table.create("domains", StringColumn.create("domain", p.labels()));
    for (String name : p.names()) {
      table.addColumns(DoubleColumn.create(name, p.column(name).values()));
    }
    return table.addColumns(
        DoubleColumn.create("alpha_N beta", all(this::powerOfCompute)),
        DoubleColumn.create("(1 - beta) / beta", all(this::powerOfData)));
  }

  /** The largest distance of a domain's beta from a common one. */
  public Measured slopesFrom(double common) {
    return largest(i -> Math.abs(at("beta", i) - common), "beta", "beta");
  }

  /** The mean power of N by which tokens grow, {@code (1 - beta) / beta}: D ~ C/N, N ~ C^beta. */
  public Measured meanPowerOfData() {
    double[] powers =
        DoubleStream.of(all(this::powerOfData)).filter(v -> !Double.isNaN(v)).toArray();
    return Measured.exactly(
        DoubleStream.of(powers).average().orElseThrow(), "mean over " + powers.length + " domains");
  }

  /**
   * The largest relative difference of the irreducible losses from N and from C.
   *
   * @param domains whose names begin so; all for an empty text
   */
  public Measured floorsApart(String domains) {
    return largest(
        i ->
            points().labels().get(i).startsWith(domains)
                ? Math.abs(at("E_N", i) - at("E_C", i)) / at("E_N", i)
                : Double.NaN,
        "E_N",
        "E_C");
  }

  /**
   * The largest distance of {@code alpha_C / (alpha_N beta)} from 1: on the frontier both terms of
   * the loss fall together, so that {@code L - E ~ N_opt^-alpha_N ~ C^(-alpha_N beta)}.
   */
  public Measured exponentsApart() {
    return largest(i -> Math.abs(at("alpha_C", i) / powerOfCompute(i) - 1), "alpha_C", "alpha_N");
  }

  // of the rows where it is a number, with the row it belongs to
  private Measured largest(IntToDoubleFunction distance, String first, String second) {
    int[] rows =
        IntStream.range(0, points().size())
            .filter(i -> !Double.isNaN(distance.applyAsDouble(i)))
            .toArray();
    int worst =
        IntStream.of(rows)
            .boxed()
            .max(Comparator.comparingDouble(distance::applyAsDouble))
            .orElseThrow(() ->
                new IllegalStateException(
                    "no row of " + experiment.table().label() + " has " + first));
    String said =
        first.equals(second) ? says(first, worst) : says(first, worst) + ", " + says(second, worst);
    return Measured.exactly(
        distance.applyAsDouble(worst),
        "largest of " + rows.length + " domains, at " + points().labels().get(worst) + ": " + said);
  }

  private String says(String column, int row) {
    return column + " = " + Numbers.significant(at(column, row), 3);
  }

  private double at(String column, int row) {
    return points().column(column).value(row);
  }

  private double powerOfCompute(int row) {
    return at("alpha_N", row) * at("beta", row);
  }

  private double powerOfData(int row) {
    return (1 - at("beta", row)) / at("beta", row);
  }

  private double[] all(IntToDoubleFunction value) {
    return IntStream.range(0, points().size()).mapToDouble(value).toArray();
  }

  @Override
  public List<Figure> charts() {
    int[] rows =
        IntStream.range(0, points().size())
            .filter(i -> !Double.isNaN(powerOfCompute(i)) && !Double.isNaN(at("alpha_C", i)))
            .toArray();
    double[] x = IntStream.of(rows).mapToDouble(this::powerOfCompute).toArray();
    double[] y = IntStream.of(rows).mapToDouble(i -> at("alpha_C", i)).toArray();
    double[] ends = {
      DoubleStream.of(x).min().orElseThrow(), DoubleStream.of(x).max().orElseThrow()
    };
    return List.of(
        Plot.of(PlotAxis.linear("alpha_N beta", "").from(0), PlotAxis.linear("alpha_C", "").from(0))
            .add(Layer.line("equal", ends, ends).ink(Ink.MUTED).dashed())
            .add(Layer.points("a domain", x, y))
            .figure(
                "printed-exponents",
                "The printed power of the loss in compute against the product of its power in size"
                    + " and that of the best size in compute, which theory has equal."));
  }

  /** One line: the ranges of the constants. */
  @Override
  public String toString() {
    double[] beta =
        DoubleStream.of(points().column("beta").values()).filter(v -> !Double.isNaN(v)).toArray();
    return String.format(
        Locale.ROOT,
        "%d domains, beta from %.2f to %.2f",
        beta.length,
        DoubleStream.of(beta).min().orElseThrow(),
        DoubleStream.of(beta).max().orElseThrow());
  }
}
