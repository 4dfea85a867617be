package reprise.kernel.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reprise.dsl.claim.Card;
import reprise.dsl.claim.Catalogue;
import reprise.dsl.claim.Claim;
import reprise.dsl.claim.Entry;
import reprise.dsl.claim.Expected;
import reprise.dsl.law.Nearest;
import reprise.dsl.repro.Reproduction;
import reprise.dsl.repro.Reproductions;
import reprise.kernel.store.KnownVerdicts;
import reprise.kernel.store.KnownVerdicts.Known;

/** {@code ./reprise papers}. */
@Command(
    name = "papers",
    description =
        "Lists the papers that are replayed here with their claims and last verdicts, and searches"
            + " the catalogue of those that are not yet.",
    mixinStandardHelpOptions = true)
final class PapersCommand implements Callable<Integer> {
  /** How far a paper has come here. */
  private enum Status {
    /** There is a reproduction. */
    REPLAYED("replayed"),
    /** A machine could test it; there is no reproduction yet. */
    OPEN("open"),
    /** No machine can: the card says what it would take. */
    CARD("card");

    private final String word;

    Status(String word) {
      this.word = word;
    }
  }

  @Parameters(
      arity = "0..1",
      paramLabel = "<paper>",
      description = "one paper of the catalogue, in full")
  private String paper;

  @Option(names = "--family", description = "such as scaling-laws; part of the name will do")
  private String family;

  @Option(names = "--status", description = "replayed, open (could be tested) or card (could not)")
  private String status;

  @Option(
      names = "--search",
      arity = "1..*",
      paramLabel = "<word>",
      description = "all of these words in title, claim or test")
  private List<String> search = new ArrayList<>();

  @Option(names = "--json", description = "one JSON array on standard output")
  private boolean json;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<Entry> catalogue = Catalogue.all();
    Map<String, Reproduction> replayed = new HashMap<>();
    Reproductions.all().forEach(r -> replayed.put(r.card().citation().arxiv(), r));
    if (paper != null) {
      return one(catalogue, replayed, out);
    }
    Status wanted = status == null ? null : status();
    boolean filtered = wanted != null || family != null || !search.isEmpty();
    JsonArray papers = new JsonArray();
    for (Reproduction reproduction : Reproductions.all()) {
      Card card = reproduction.card();
      if (!meets(card, wanted)) {
        continue;
      }
      Map<String, Known> verdicts = KnownVerdicts.of(reproduction, spec.commandLine().getErr());
      if (json) {
        papers.add(json(card, verdicts));
      } else {
        print(card, verdicts, out);
      }
    }
    List<Entry> others =
        catalogue.stream()
            .filter(e -> !replayed.containsKey(e.arxiv()))
            .filter(e -> meets(e, wanted))
            .toList();
    if (json) {
      others.forEach(e -> papers.add(json(e)));
      out.println(new GsonBuilder().setPrettyPrinting().serializeNulls().create().toJson(papers));
    } else if (filtered) {
      others.forEach(e -> line(e, out));
      out.printf(
          Locale.ROOT, "%d of %d papers of the catalogue%n", others.size(), catalogue.size());
    } else {
      families(catalogue, replayed, out);
    }
    out.flush();
    return 0;
  }

  private Status status() {
    List<String> words = new ArrayList<>();
    for (Status one : Status.values()) {
      if (one.word.equals(status)) {
        return one;
      }
      words.add(one.word);
    }
    throw new IllegalArgumentException(
        "no status is called "
            + status
            + Nearest.hint(status, words)
            + " Choose one of "
            + String.join(", ", words));
  }

  private boolean meets(Card card, Status wanted) {
    String all = String.join(" ", card.slug(), card.citation().title(), card.summary());
    return (wanted == null || wanted == Status.REPLAYED)
        && (family == null || contains(card.family(), family))
        && search.stream().allMatch(word -> contains(all, word));
  }

  private boolean meets(Entry entry, Status wanted) {
    return (wanted == null || wanted == statusOf(entry))
        && (family == null || contains(entry.family(), family))
        && entry.mentions(search);
  }

  private static boolean contains(String text, String part) {
    return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }

  private static Status statusOf(Entry entry) {
    return entry.reach() == Entry.Reach.CARD ? Status.CARD : Status.OPEN;
  }

  private int one(List<Entry> catalogue, Map<String, Reproduction> replayed, PrintWriter out) {
    for (Reproduction reproduction : Reproductions.all()) {
      if (reproduction.card().slug().equals(paper)) {
        print(
            reproduction.card(), KnownVerdicts.of(reproduction, spec.commandLine().getErr()), out);
        out.flush();
        return 0;
      }
    }
    Entry entry =
        catalogue.stream()
            .filter(e -> e.slug().equals(paper) || e.arxiv().equals(paper))
            .findFirst()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "no paper is called "
                        + paper
                        + Nearest.hint(paper, catalogue.stream().map(Entry::slug).toList())
                        + " ./reprise papers --search WORD looks through titles and claims."));
    out.println(entry.title());
    out.println(
        "arXiv "
            + entry.arxiv()
            + (entry.certain() ? "" : " (the likely id, not checked)")
            + ", "
            + entry.date()
            + "; "
            + entry.family());
    out.println();
    out.println("claim   " + entry.claim());
    out.println("test    " + entry.test());
    out.println(
        "cost    about "
            + entry.minutes()
            + " min on two cores (estimate)"
            + (entry.needs().isEmpty() ? "" : "; needs " + entry.needs()));
    Reproduction here = replayed.get(entry.arxiv());
    out.println(
        "status  "
            + (here != null
                ? "replayed: ./reprise reproduce " + here.card().slug()
                : statusOf(entry) == Status.CARD
                    ? "card only: no machine can test the claim itself, so it gets no verdict"
                    : "open: there is no reproduction yet, so it has no verdict"));
    out.flush();
    return 0;
  }

  private static void line(Entry entry, PrintWriter out) {
    out.printf("%-6s %-34s %s%n", statusOf(entry).word, entry.slug(), entry.title());
    out.println("       " + entry.claim());
  }

  private static void families(
      List<Entry> catalogue, Map<String, Reproduction> replayed, PrintWriter out) {
    Map<String, int[]> counts = new TreeMap<>();
    for (Entry entry : catalogue) {
      int[] count = counts.computeIfAbsent(entry.family(), f -> new int[3]);
      count[replayed.containsKey(entry.arxiv()) ? 0 : statusOf(entry) == Status.OPEN ? 1 : 2]++;
    }
    out.printf(Locale.ROOT, "Catalogue of %d papers:%n", catalogue.size());
    out.printf("  %-28s %8s %6s %6s%n", "family", "replayed", "open", "card");
    counts.forEach(
        (name, c) -> out.printf(Locale.ROOT, "  %-28s %8d %6d %6d%n", name, c[0], c[1], c[2]));
    out.println();
    out.println(
        "./reprise papers --family NAME, --search WORDS, --status open, or one paper's name");
  }

  private static void print(Card card, Map<String, Known> verdicts, PrintWriter out) {
    out.println(card.slug() + "  " + card.citation().brief() + ", " + card.citation().title());
    out.println("  " + card.summary());
    for (Claim claim : card.claims()) {
      Known known = verdicts.get(claim.id());
      String word =
          known != null
              ? known.word()
              : claim.rule().unreachable().isPresent() ? "OutOfReach" : "not run yet";
      String source = known == null ? "" : "(" + known.source() + ")";
      out.printf("  %-13s %-15s %-28s %s%n", word, source, claim.id(), claim.sentence());
    }
    out.println();
  }

  private static JsonObject json(Entry entry) {
    JsonObject paper = new JsonObject();
    paper.addProperty("slug", entry.slug());
    paper.addProperty("title", entry.title());
    paper.addProperty("year", entry.year());
    paper.addProperty("arxiv", entry.arxiv());
    paper.addProperty("arxivCertain", entry.certain());
    paper.addProperty("family", entry.family());
    paper.addProperty("status", statusOf(entry).word);
    paper.addProperty("reach", entry.reach().word());
    paper.addProperty("summary", entry.claim());
    paper.addProperty("test", entry.test());
    paper.addProperty("minutes", entry.minutes());
    paper.addProperty("needs", entry.needs());
    paper.add("claims", new JsonArray());
    return paper;
  }

  private static JsonObject json(Card card, Map<String, Known> verdicts) {
    JsonObject paper = new JsonObject();
    paper.addProperty("slug", card.slug());
    paper.addProperty("title", card.citation().title());
    paper.addProperty("year", card.citation().year());
    paper.addProperty("arxiv", card.citation().arxiv());
    paper.addProperty("family", card.family());
    paper.addProperty("status", Status.REPLAYED.word);
    paper.addProperty("summary", card.summary());
    JsonArray claims = new JsonArray();
    for (Claim claim : card.claims()) {
      JsonObject one = new JsonObject();
      one.addProperty("claim", claim.id());
      one.addProperty("sentence", claim.sentence());
      one.addProperty("paper", claim.expected().map(Expected::value).orElse(null));
      one.addProperty("rule", claim.rule().text());
      Known known = verdicts.get(claim.id());
      one.addProperty("verdict", known == null ? null : known.word());
      one.addProperty("source", known == null ? null : known.source());
      claims.add(one);
    }
    paper.add("claims", claims);
    return paper;
  }
}
