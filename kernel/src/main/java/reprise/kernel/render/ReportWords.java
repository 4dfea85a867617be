package reprise.kernel.render;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import reprise.dsl.claim.Verdict;
import reprise.dsl.repro.Reproduced;
import reprise.dsl.result.Provenance;
import reprise.dsl.unit.Numbers;

/** The sentences that the HTML and the Markdown report share. */
final class ReportWords {
  private ReportWords() {}

  /** How many claims were supported and so on, in the order that matters. */
  static List<String> counts(List<Verdict> verdicts) {
    return List.of("supported", "contradicted", "inconclusive", "out of reach").stream()
        .filter(word -> count(verdicts, word) > 0)
        .map(word -> count(verdicts, word) + " " + word)
        .toList();
  }

  private static long count(List<Verdict> verdicts, String word) {
    return verdicts.stream().filter(v -> v.word().equals(word)).count();
  }

  /** One paragraph: what the paper says, what was replayed, what came out. */
  static String summary(Reproduced r) {
    int claims = r.verdicts().size();
    String what = r.card().summary().strip();
    return what
        + (what.endsWith(".") ? " " : ". ")
        + "Replayed at "
        + r.scale().word()
        + " scale in "
        + Numbers.duration(r.seconds())
        + backends(r)
        + ": of "
        + claims
        + (claims == 1 ? " claim " : " claims ")
        + joined(counts(r.verdicts()))
        + "."
        + limits(r);
  }

  /** What a reader must not conclude. */
  private static String limits(Reproduced r) {
    long far = r.verdicts().stream().filter(v -> v instanceof Verdict.OutOfReach).count();
    long failed = r.parts().stream().filter(p -> p.result().isEmpty()).count();
    String out = "";
    if (far > 0) {
      out +=
          " Claims out of reach are about a scale that was not run; nothing here speaks to them.";
    }
    if (failed > 0) {
      out +=
          failed == 1
              ? " One part could not be run; its claims are inconclusive."
              : " " + failed + " parts could not be run; their claims are inconclusive.";
    }
    return out;
  }

  private static String backends(Reproduced r) {
    String all = backend(r);
    return all.isEmpty() ? "" : " on " + all;
  }

  /** Every backend that computed something. */
  static String backend(Reproduced r) {
    return r.records().stream()
        .map(Provenance::backend)
        .filter(b -> !b.isBlank())
        .distinct()
        .collect(Collectors.joining("; "));
  }

  private static String joined(List<String> parts) {
    if (parts.size() < 2) {
      return String.join("", parts);
    }
    return String.join(", ", parts.subList(0, parts.size() - 1)) + " and " + parts.getLast();
  }

  /** The exact lines that run it again. */
  static String rerun(Reproduced r) {
    return String.format(
        Locale.ROOT,
        "./reprise plan %1$s --scale %2$s%n./reprise reproduce %1$s --scale %2$s%n",
        r.card().slug(),
        r.scale().word());
  }
}
