package reprise.dsl.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import reprise.dsl.model.Decoder;
import reprise.dsl.unit.Bytes;
import reprise.dsl.unit.Tokens;

/**
 * What will be done: runs, then analyses of them. Verified on construction; printable before
 * anything runs; its text is the key of the run store.
 *
 * @param title what is planned, one line
 * @param runs models to train, may be empty
 * @param analyses what is computed from them
 * @param cost expected time; empty until costed
 */
public record Plan(
    String title, List<TrainTask> runs, List<AnalysisTask> analyses, Optional<Cost> cost) {
  public Plan {
    runs = List.copyOf(runs);
    analyses = List.copyOf(analyses);
    PlanRules.verify(title, runs, analyses);
  }

  /** A plan that has not been costed. */
  public Plan(String title, List<TrainTask> runs, List<AnalysisTask> analyses) {
    this(title, runs, analyses, Optional.empty());
  }

  /** The same plan with a cost. */
  public Plan costing(Cost cost) {
    return new Plan(title, runs, analyses, Optional.of(cost));
  }

  /** The work of all runs, C = 6 N D, in FLOP; zero for a plan that trains nothing. */
  public double flops() {
    return runs.stream().mapToDouble(run -> run.flops().count()).sum();
  }

  /** The number of different cells of model and tokens among runs; seeds of one are one cell. */
  public static long cells(List<TrainTask> runs) {
    record Cell(Decoder model, Tokens tokens) {}
    return runs.stream().map(run -> new Cell(run.model(), run.tokens())).distinct().count();
  }

  /** The largest memory of a run. */
  public Bytes peakMemory() {
    return new Bytes(runs.stream().mapToLong(run -> run.memory().count()).max().orElse(0));
  }

  /** The plan without its cost, the same on every machine. */
  public String text() {
    return PlanTable.print(new Plan(title, runs, analyses));
  }

  /** SHA-256 of the plan's text, its first sixteen hexadecimal digits. */
  public String hash() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  @Override
  public String toString() {
    return PlanTable.print(this);
  }
}
