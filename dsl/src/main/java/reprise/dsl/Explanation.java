package reprise.dsl;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import reprise.dsl.claim.Card;
import reprise.dsl.claim.Check;
import reprise.dsl.claim.Claim;
import reprise.dsl.claim.Measured;
import reprise.dsl.claim.Verdict;
import reprise.dsl.law.Constant;
import reprise.dsl.law.Law;
import reprise.dsl.repro.Reproduced;
import reprise.dsl.result.Provenance;
import reprise.dsl.result.Result;

/**
 * More about a thing, as text.
 *
 * @param text several lines
 */
public record Explanation(String text) {

  static Explanation of(Object anything) {
    return new Explanation(
        switch (anything) {
          case null -> "nothing: the value is null";
          case Card card -> card(card);
          case Claim claim -> claim(claim);
          case Verdict verdict -> verdict(verdict);
          case Law law -> law(law);
          case Experiment<?> experiment -> experiment.plan().text();
          case Reproduced done -> reproduced(done);
          case Result result -> result(result);
          case Provenance record -> provenance(record);
          default -> anything.toString();
        });
  }

  @Override
  public String toString() {
    return text;
  }

  private static String card(Card card) {
    return card.citation()
        + "\n"
        + card.summary()
        + "\n\n"
        + card.claims().stream().map(Explanation::claim).collect(Collectors.joining("\n\n"));
  }

  private static String claim(Claim claim) {
    List<String> lines = new ArrayList<>();
    lines.add(claim.id() + ": " + claim.sentence());
    claim.expected().ifPresent(e -> lines.add("  claimed  " + e + " (" + e.where() + ")"));
    lines.add("  rule     " + claim.rule().text());
    lines.add("  said by  " + (claim.origin() == Claim.Origin.PAPER ? "the paper" : "Reprise"));
    return String.join("\n", lines);
  }

  private static String verdict(Verdict verdict) {
    List<String> lines = new ArrayList<>();
    lines.add(verdict.word() + ": " + verdict.reason());
    lines.add(claim(verdict.claim()));
    verdict.measured().ifPresent(m -> measured(lines, m));
    return String.join("\n", lines);
  }

  private static void measured(List<String> lines, Measured measured) {
    lines.add("  measured " + measured + " (" + measured.how() + ")");
    measured.interval().ifPresent(i -> lines.add("  interval " + i.level() + ", " + i.method()));
    for (Check check : measured.checks()) {
      lines.add(
          "  "
              + (check.held() ? "holds    " : "FAILS    ")
              + check.condition()
              + ": "
              + check.detail());
    }
  }

  private static String law(Law law) {
    return law.name()
        + ": "
        + law.formula()
        + "\n  source "
        + law.source()
        + "\n"
        + law.constants().stream().map(Explanation::constant).collect(Collectors.joining("\n"));
  }

  private static String constant(Constant constant) {
    String unit = constant.unit().equals("1") ? "" : " in " + constant.unit();
    return "  " + constant.name() + unit + ": " + constant.meaning();
  }

  private static String reproduced(Reproduced done) {
    return done
        + "\n\n"
        + done.verdicts().stream().map(Explanation::verdict).collect(Collectors.joining("\n\n"));
  }

  private static String result(Result result) {
    return result
        + "\n\n"
        + result.claims().stream().map(v -> verdict(v) + "\n\n").collect(Collectors.joining())
        + result.frame().printAll()
        + "\n\n"
        + provenance(result.record());
  }

  private static String provenance(Provenance record) {
    return "backend  "
        + record.backend()
        + (record.backendNote().isEmpty() ? "" : " (" + record.backendNote() + ")")
        + "\nmachine  "
        + record.machine().cpu()
        + ", "
        + record.machine().cores()
        + " cores, "
        + record.machine().os()
        + ", JDK "
        + record.machine().jdk()
        + "\nlibrary  "
        + record.libraryVersion()
        + (record.libraryDigest().isEmpty() ? "" : ", native library " + record.libraryDigest())
        + "\nplan     "
        + record.planHash()
        + record.data().stream()
            .map(d -> "\ndata     " + d.id() + " sha256 " + d.sha256() + ", " + d.licence())
            .collect(Collectors.joining());
  }
}
