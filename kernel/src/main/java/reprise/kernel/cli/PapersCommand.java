package reprise.kernel.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
      Map<String, Known> verdicts = verdicts(reproduction);
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

  private static JsonObject json(Card card, Map<String, Known> verdicts) {
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
      Known known = verdicts.get(claim.id());
      one.addProperty("verdict", known == null ? null : known.word());
      one.addProperty("source", known == null ? null : known.source());
      claims.add(one);
    }
    paper.add("claims", claims);
    return paper;
  }

  /**
   * A verdict and where it comes from.
   *
   * @param word such as Supported
   * @param source recorded with Reprise, or here by an earlier reproduction
   */
  private record Known(String word, String source) {}

  // What was recorded at laptop scale, replaced by what was reproduced here, the largest scale
  // last.
  private Map<String, Known> verdicts(Reproduction reproduction) {
    Map<String, Known> found = new HashMap<>();
    reproduction
        .recorded(Scale.LAPTOP, "record.json")
        .ifPresent(url -> {
          try (InputStream in = url.openStream()) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            read(text, "recorded", found);
          } catch (IOException unreadable) {
            throw new UncheckedIOException("the record cannot be read: " + url, unreadable);
          }
        });
    for (Scale scale : Scale.values()) {
      Path record =
          Home.folder()
              .resolve("reports")
              .resolve(reproduction.card().slug() + "-" + scale.word())
              .resolve("record.json");
      if (!Files.isReadable(record)) {
        continue;
      }
      try {
        read(Files.readString(record), "here, " + scale.word(), found);
      } catch (IOException | JsonParseException | IllegalStateException unreadable) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("reprise: " + record + " is not a record and was left out");
        err.flush();
      }
    }
    return found;
  }

  private static void read(String json, String source, Map<String, Known> found) {
    JsonObject done = JsonParser.parseString(json).getAsJsonObject();
    for (JsonElement verdict : done.getAsJsonArray("verdicts")) {
      JsonObject v = verdict.getAsJsonObject();
      Known known = new Known(v.get("verdict").getAsString(), source);
      // a claim that a smaller scale does not measure keeps what is known about it
      boolean measured = !v.get("measured").isJsonNull();
      String id = v.get("claim").getAsString();
      if (measured || !found.containsKey(id)) {
        found.put(id, known);
      }
    }
  }
}
