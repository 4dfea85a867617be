package reprise.kernel.store;

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
import reprise.dsl.repro.Reproduction;
import reprise.dsl.repro.Scale;
import reprise.kernel.data.Home;

/** The verdicts on a paper's claims that are known without running anything. */
public final class KnownVerdicts {
  private KnownVerdicts() {}

  /**
   * A verdict and where it comes from.
   *
   * @param word such as Supported
   * @param source recorded with Reprise, or here by an earlier reproduction
   */
  public record Known(String word, String source) {}

  /**
   * By claim: what was recorded at laptop scale, replaced by what was reproduced here, the largest
   * scale last. Tells {@code err} of a record that cannot be read.
   */
  public static Map<String, Known> of(Reproduction reproduction, PrintWriter err) {
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
