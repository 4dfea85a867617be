package reprise.dsl.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import reprise.dsl.model.Decoder;
import reprise.dsl.unit.Bytes;
import reprise.dsl.unit.Tokens;

/**
 * What will be done: runs, then analyses of them. Verified on construction; printable before
 * anything runs; its text is the key of the run store.
 *
 * @param title what is planned, one line
 * @param runs what is trained, may be empty
 * @param analyses what is computed from them
 * @param cost expected time; empty until costed
 */
public record Plan(
    String title, List<Task> runs, List<AnalysisTask> analyses, Optional<Cost> cost) {
  public Plan {
    runs = List.copyOf(runs);
    analyses = List.copyOf(analyses);
    PlanRules.verify(title, runs, analyses);
  }

  /** A plan that has not been costed. */
  public Plan(String title, List<? extends Task> runs, List<AnalysisTask> analyses) {
    this(title, List.copyOf(runs), analyses, Optional.empty());
  }

  /** The same plan with a cost. */
  public Plan costing(Cost cost) {
    return new Plan(title, runs, analyses, Optional.of(cost));
  }

  /** The work of all runs, C = 6 N D, in FLOP; zero for a plan that trains nothing. */
  public double flops() {
    return runs.stream().mapToDouble(run -> run.flops().count()).sum();
  }

  /**
   * The number of different cells among runs, of model and tokens or of coordinates; seeds of one
   * are one cell.
   */
  public static long cells(List<? extends Task> runs) {
    record Cell(Decoder model, Tokens tokens) {}
    return of(TrainTask.class, runs)
            .map(run -> new Cell(run.model(), run.tokens()))
            .distinct()
            .count()
        + of(PointTask.class, runs).map(PointTask::coordinates).distinct().count();
  }

  /** The runs of one kind. */
  public <T extends Task> List<T> runs(Class<T> kind) {
    return of(kind, runs).toList();
  }

  private static <T extends Task> Stream<T> of(Class<T> kind, List<? extends Task> runs) {
    return runs.stream().filter(kind::isInstance).map(kind::cast);
  }

  /** The largest memory of a run. */
  public Bytes peakMemory() {
    return new Bytes(runs.stream().mapToLong(run -> run.memory().count()).max().orElse(0));
  }

  /** The plan without its cost, the same on every machine. */
  public String text() {
    return PlanTable.print(new Plan(title, runs, analyses));
  }

  /**
   * SHA-256 of the plan's text and of the exact numbers behind it, its first sixteen hexadecimal
   * digits.
   */
  public String hash() {
    try {
      StringBuilder exact = new StringBuilder(text());
      for (Task run : runs) {
        exact.append(run.id());
        run.fields().forEach(field -> exact.append(' ').append(field.number()));
        exact.append('\n');
      }
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(exact.toString().getBytes(StandardCharsets.UTF_8));
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
