package reprise.kernel.jupyter;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What was run, in this session and earlier ones: one JSON object per line, appended, so that
 * kernels that run at the same time do not disturb each other. Read when first asked for.
 */
final class History {
  private static final int KEPT = 20_000;

  private final Path file;
  private final List<Entry> entries = new ArrayList<>();
  private int session;
  private boolean loaded;
  private boolean broken;

  /**
   * A cell that ran.
   *
   * @param output the plain text of its result; empty where it had none
   */
  record Entry(int session, int line, String source, Optional<String> output) {}

  History(Path file) {
    this.file = file;
  }

  synchronized void add(int line, String source, Optional<String> output) {
    load();
    var entry = new Entry(session, line, source, output);
    entries.add(entry);
    append(entry);
  }

  /** The last n cells. */
  synchronized List<Entry> tail(int n) {
    load();
    return List.copyOf(entries.subList(Math.max(0, entries.size() - n), entries.size()));
  }

  /**
   * The lines from start to before stop of a session.
   *
   * @param number the session; 0 for this one, -1 for the one before
   */
  synchronized List<Entry> range(int number, int start, int stop) {
    load();
    int wanted = number > 0 ? number : session + number;
    return entries.stream()
        .filter(e -> e.session() == wanted && e.line() >= start && e.line() < stop)
        .toList();
  }

  /** The last n cells that match a pattern of * and ?. */
  synchronized List<Entry> search(String glob, int n, boolean unique) {
    load();
    var regex = new StringBuilder();
    for (char c : glob.toCharArray()) {
      regex.append(
          switch (c) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(String.valueOf(c));
          });
    }
    var pattern = Pattern.compile(regex.toString(), Pattern.DOTALL);
    var found =
        new ArrayList<>(
            entries.stream().filter(e -> pattern.matcher(e.source()).matches()).toList());
    if (unique) {
      var last = new LinkedHashMap<String, Entry>();
      for (var entry : found) {
        last.remove(entry.source());
        last.put(entry.source(), entry);
      }
      found = new ArrayList<>(last.values());
    }
    return List.copyOf(found.subList(Math.max(0, found.size() - n), found.size()));
  }

  private void load() {
    if (loaded) {
      return;
    }
    loaded = true;
    int last = 0;
    try {
      if (Files.exists(file)) {
        var lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        for (var line : lines.subList(Math.max(0, lines.size() - KEPT), lines.size())) {
          var entry = parse(line);
          if (entry != null) {
            entries.add(entry);
            last = Math.max(last, entry.session());
          }
        }
      }
    } catch (IOException e) {
      Log.warn("the history of earlier sessions cannot be read", e);
    }
    session = last + 1;
  }

  private static Entry parse(String line) {
    try {
      var json = JsonParser.parseString(line).getAsJsonObject();
      return new Entry(
          json.get("session").getAsInt(),
          json.get("line").getAsInt(),
          json.get("source").getAsString(),
          Optional.ofNullable(json.get("output")).map(o -> o.getAsString()));
    } catch (JsonParseException | IllegalStateException | NullPointerException e) {
      Log.debug("a line of the history is damaged and left out: " + e);
      return null;
    }
  }

  private void append(Entry entry) {
    if (broken) {
      return;
    }
    var json = new JsonObject();
    json.addProperty("session", entry.session());
    json.addProperty("line", entry.line());
    json.addProperty("source", entry.source());
    entry.output().ifPresent(output -> json.addProperty("output", output));
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, json + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      broken = true;
      Log.warn("the history is kept for this session only, as " + file + " cannot be written", e);
    }
  }

  /** The reply to a {@code history_request}. */
  JsonObject reply(Message request) {
    int n = request.number("n", 1000);
    var found =
        switch (request.text("hist_access_type", "tail")) {
          case "range" ->
              range(
                  request.number("session", 0),
                  request.number("start", 0),
                  request.number("stop", Integer.MAX_VALUE));
          case "search" -> search(request.text("pattern", "*"), n, request.flag("unique", false));
          default -> tail(n);
        };
    boolean output = request.flag("output", false);
    var list = new JsonArray();
    for (var entry : found) {
      var item = new JsonArray();
      item.add(entry.session());
      item.add(entry.line());
      if (output) {
        var pair = new JsonArray();
        pair.add(entry.source());
        pair.add(entry.output().orElse(null));
        item.add(pair);
      } else {
        item.add(entry.source());
      }
      list.add(item);
    }
    var content = Content.ok();
    content.add("history", list);
    return content;
  }
}
