package reprise.dsl.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import reprise.dsl.unit.Numbers;

/** Prints a plan as a table. */
final class PlanTable {
  private static final List<String> HEADER =
      List.of("run", "N", "D tokens", "steps", "FLOP", "memory", "peak lr", "seed", "corpus");

  private PlanTable() {}

  static String print(Plan plan) {
    StringBuilder out = new StringBuilder("plan: ").append(plan.title()).append('\n');
    if (!plan.runs().isEmpty()) {
      out.append(
          String.format(
              Locale.ROOT,
              "%d runs, %s FLOP in all, at most %s a run%n",
              plan.runs().size(),
              Numbers.scientific(plan.flops()),
              plan.peakMemory()));
      out.append(optimisation(plan.runs().getFirst().optimisation())).append('\n');
      table(out, plan.runs());
    }
    for (AnalysisTask analysis : plan.analyses()) {
      out.append("then ")
          .append(analysis.id())
          .append(": ")
          .append(analysis.describe())
          .append('\n');
    }
    plan.cost().ifPresent(cost -> out.append("expected: ").append(cost).append('\n'));
    return out.toString();
  }

  private static String optimisation(Optimisation o) {
    return String.format(
        Locale.ROOT,
        "AdamW(%s, %s), clip %s, warm-up %s %%, cosine to 0, %d tokens a step,"
            + " peak lr %s sqrt(32/d)",
        Numbers.significant(o.beta1(), 3),
        Numbers.significant(o.beta2(), 3),
        Numbers.significant(o.clip(), 3),
        Numbers.significant(100 * o.warmup(), 3),
        o.tokensPerStep(),
        Numbers.significant(o.referenceRate(), 3));
  }

  private static void table(StringBuilder out, List<TrainTask> runs) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADER);
    for (TrainTask run : runs) {
      rows.add(
          List.of(
              run.id(),
              Numbers.short3(run.params().count()),
              Numbers.grouped(run.tokens().count()),
              Numbers.grouped(run.steps()),
              Numbers.scientific(run.flops().count()),
              run.memory().toString(),
              Numbers.significant(run.peakRate(), 3),
              String.valueOf(run.seed()),
              run.corpus().label()));
    }
    // the title names a corpus that all runs share
    boolean oneCorpus = runs.stream().map(TrainTask::corpus).distinct().count() == 1;
    int[] widths = new int[HEADER.size() - (oneCorpus ? 1 : 0)];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String pad = " ".repeat(widths[i] - row.get(i).length());
        // names to the left, numbers to the right
        boolean name = i == 0 || HEADER.get(i).equals("corpus");
        line.append("  ").append(name ? row.get(i) + pad : pad + row.get(i));
      }
      out.append(line.toString().stripTrailing()).append('\n');
    }
  }
}
