package reprise.kernel.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import reprise.dsl.law.SizeCount;

/** Other ways to count model size, for the table of sensitivity. */
final class FitCounting {
  private static final String BY_COMPUTE = "/6D";

  @Option(
      names = "--counting",
      description =
          "With --sensitivity, also with N counted otherwise: RULE=COLUMN for another column of"
              + " sizes, RULE=COLUMN/6D for N = C/(6 D) of a column of FLOP that counts attention"
              + " or the head. May be repeated.")
  private Map<String, String> rules = new LinkedHashMap<>();

  boolean any() {
    return !rules.isEmpty();
  }

  /** N as given, then every rule. */
  List<SizeCount> counts() {
    List<SizeCount> counts = new ArrayList<>(List.of(new SizeCount.AsGiven()));
    rules.forEach((rule, column) ->
        counts.add(
            column.endsWith(BY_COMPUTE)
                ? new SizeCount.FromCompute(rule, bare(column))
                : new SizeCount.InColumn(rule, column)));
    return counts;
  }

  /** The columns of the file that the rules read. */
  List<String> columns() {
    return rules.values().stream().map(FitCounting::bare).distinct().toList();
  }

  private static String bare(String column) {
    return column.endsWith(BY_COMPUTE)
        ? column.substring(0, column.length() - BY_COMPUTE.length())
        : column;
  }
}
