package reprise.kernel.magic;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import reprise.dsl.claim.Card;
import reprise.dsl.claim.Claim;
import reprise.dsl.repro.Reproduction;
import reprise.dsl.repro.Reproductions;
import reprise.kernel.shell.Magic;
import reprise.kernel.store.KnownVerdicts;
import reprise.kernel.store.KnownVerdicts.Known;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** {@code %papers}. */
public final class PapersMagic implements Magic {
  @Override
  public List<String> names() {
    return List.of("papers");
  }

  @Override
  public String help() {
    return "%papers: the papers there are, their claims, and the verdicts known so far";
  }

  @Override
  public Object run(Call call) {
    var paper = StringColumn.create("paper");
    var claim = StringColumn.create("claim");
    var verdict = StringColumn.create("verdict");
    var source = StringColumn.create("source");
    var sentence = StringColumn.create("sentence");
    for (Reproduction reproduction : Reproductions.all()) {
      Card card = reproduction.card();
      var known = KnownVerdicts.of(reproduction, new PrintWriter(System.err, true, UTF_8));
      for (Claim c : card.claims()) {
        paper.append(card.slug());
        claim.append(c.id());
        var found = Optional.ofNullable(known.get(c.id()));
        verdict.append(found.map(Known::word).orElseGet(() -> unknown(c)));
        source.append(found.map(Known::source).orElse(""));
        sentence.append(c.sentence());
      }
    }
    return Table.create("papers", paper, claim, verdict, source, sentence);
  }

  private static String unknown(Claim claim) {
    return claim.rule().unreachable().isPresent() ? "OutOfReach" : "not run yet";
  }
}
