package reprise.kernel.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import reprise.dsl.claim.Card;
import reprise.dsl.claim.Claim;
import reprise.dsl.claim.Expected;
import reprise.dsl.repro.Reproduction;
import reprise.dsl.repro.Reproductions;
import reprise.dsl.repro.Scale;
import reprise.kernel.data.Home;

/** {@code ./reprise papers}. */
@Command(
    name = "papers",
    description = "Lists papers, their claims, and the verdicts of the last reproduction here.",
    mixinStandardHelpOptions = true)
final class PapersCommand implements Callable<Integer> {
  @Option(names = "--json", description = "one JSON array on standard output")
  private boolean json;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    JsonArray papers = new JsonArray();
    for (Reproduction reproduction : Reproductions.all()) {
      Card card = reproduction.card();
      Map<String, String> verdicts = verdicts(card);
      if (json) {
        papers.add(json(card, verdicts));
      } else {
        print(card, verdicts, out);
      }
    }
    if (json) {
      out.println(new GsonBuilder().setPrettyPrinting().serializeNulls().create().toJson(papers));
    }
    out.flush();
    return 0;
  }

  private static void print(Card card, Map<String, String> verdicts, PrintWriter out) {
    out.println(card.slug() + "  " + card.citation().brief() + ", " + card.citation().title());
    out.println("  " + card.summary());
    for (Claim claim : card.claims()) {
      String verdict =
          verdicts.getOrDefault(
              claim.id(), claim.rule().unreachable().isPresent() ? "out of reach" : "not run here");
      out.printf("  %-13s %-30s %s%n", verdict, claim.id(), claim.sentence());
    }
    out.println();
  }

  private static JsonObject json(Card card, Map<String, String> verdicts) {
    JsonObject paper = new JsonObject();
    paper.addProperty("slug", card.slug());
    paper.addProperty("title", card.citation().title());
    paper.addProperty("year", card.citation().year());
    paper.addProperty("arxiv", card.citation().arxiv());
    paper.addProperty("family", card.family());
    paper.addProperty("summary", card.summary());
    JsonArray claims = new JsonArray();
    for (Claim claim : card.claims()) {
      JsonObject one = new JsonObject();
      one.addProperty("claim", claim.id());
      one.addProperty("sentence", claim.sentence());
      one.addProperty("paper", claim.expected().map(Expected::value).orElse(null));
      one.addProperty("rule", claim.rule().text());
      String verdict = verdicts.get(claim.id());
      one.add(
          "verdict",
          verdict == null ? JsonNull.INSTANCE : new com.google.gson.JsonPrimitive(verdict));
      claims.add(one);
    }
    paper.add("claims", claims);
    return paper;
  }

  // Verdicts of the largest scale that was reproduced here, by claim.
  private static Map<String, String> verdicts(Card card) {
    Map<String, String> found = new HashMap<>();
    for (Scale scale : Scale.values()) {
      Path record =
          Home.folder()
              .resolve("reports")
              .resolve(card.slug() + "-" + scale.word())
              .resolve("record.json");
      if (!Files.isReadable(record)) {
        continue;
      }
      try {
        JsonObject done = JsonParser.parseString(Files.readString(record)).getAsJsonObject();
        done.getAsJsonArray("verdicts")
            .forEach(v ->
                found.put(
                    v.getAsJsonObject().get("claim").getAsString(),
                    v.getAsJsonObject().get("verdict").getAsString()));
      } catch (IOException | JsonParseException | IllegalStateException unreadable) {
        System.err.println("reprise: " + record + " is not a record and was left out");
      }
    }
    return found;
  }
}
