package reprise.dsl.repro;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import reprise.dsl.chart.Figure;
import reprise.dsl.claim.Card;
import reprise.dsl.claim.Claim;
import reprise.dsl.claim.Measured;
import reprise.dsl.claim.Verdict;
import reprise.dsl.result.Provenance;
import reprise.dsl.result.Result;
import reprise.dsl.unit.Numbers;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * A paper after its reproduction: a verdict on every claim of the card, in the card's order.
 *
 * @param card what the paper says
 * @param scale how much was replayed
 * @param parts what was run, with results
 * @param verdicts one a claim
 * @param seconds wall time
 */
public record Reproduced(
    Card card, Scale scale, List<Done> parts, List<Verdict> verdicts, double seconds) {
  public Reproduced {
    parts = List.copyOf(parts);
    verdicts = List.copyOf(verdicts);
  }

  /**
   * A part and what became of it.
   *
   * @param part what was to be run
   * @param result its result; empty when it could not run
   * @param failure why it could not run; empty when it did
   */
  public record Done(Part<?> part, Optional<Result> result, String failure) {}

  /** The verdicts as a table: verdict, claim, numbers, rule. */
  public Table frame() {
    StringColumn id = StringColumn.create("claim");
    StringColumn verdict = StringColumn.create("verdict");
    StringColumn sentence = StringColumn.create("sentence");
    DoubleColumn claimed = DoubleColumn.create("claimed");
    DoubleColumn measured = DoubleColumn.create("measured");
    DoubleColumn low = DoubleColumn.create("low");
    DoubleColumn high = DoubleColumn.create("high");
    StringColumn reason = StringColumn.create("reason");
    for (Verdict v : verdicts) {
      Claim claim = v.claim();
      id.append(claim.id());
      verdict.append(v.word());
      sentence.append(claim.sentence());
      append(claimed, claim.expected().map(e -> e.value()));
      append(measured, v.measured().map(Measured::value));
      append(low, v.measured().flatMap(Measured::interval).map(i -> i.low()));
      append(high, v.measured().flatMap(Measured::interval).map(i -> i.high()));
      reason.append(v.reason());
    }
    return Table.create(
        card.citation().brief(), id, verdict, sentence, claimed, measured, low, high, reason);
  }

  private static void append(DoubleColumn column, Optional<Double> value) {
    if (value.isPresent()) {
      column.append(value.get());
    } else {
      column.appendMissing();
    }
  }

  /** The charts of all parts, in the order they ran. */
  public List<Figure> charts() {
    return parts.stream()
        .flatMap(d -> d.result().stream())
        .flatMap(r -> r.charts().stream())
        .toList();
  }

  /** The records of all parts that ran. */
  public List<Provenance> records() {
    return parts.stream().flatMap(d -> d.result().stream()).map(Result::record).toList();
  }

  /** The verdict on a claim. */
  public Verdict verdict(String claimId) {
    Claim claim = card.claim(claimId);
    return verdicts.stream().filter(v -> v.claim().equals(claim)).findFirst().orElseThrow();
  }

  /** One line: {@code chinchilla at laptop scale in 4 min: 7 supported, 2 contradicted, ...}. */
  @Override
  public String toString() {
    String counts =
        verdicts.stream()
            .collect(
                Collectors.groupingBy(Verdict::word, java.util.TreeMap::new, Collectors.counting()))
            .descendingMap()
            .entrySet()
            .stream()
            .map(e -> e.getValue() + " " + e.getKey())
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "%s at %s scale in %s: %s",
        card.slug(),
        scale.word(),
        Numbers.duration(seconds),
        counts);
  }
}
