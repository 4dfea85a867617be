package reprise.kernel.jupyter;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What became of the kernel before this one. Each kernel leaves a note that it runs, under the name
 * of its connection file, and takes it away when it ends. Jupyter starts a kernel that died again
 * with the same file, so a note that is still there tells of a death, and the JVM's own report says
 * of what. Without this the user sees variables vanish and no reason.
 */
final class Predecessor {
  private static final Duration KEPT = Duration.ofDays(30);

  private final Path note;
  private final Optional<String> story;

  private Predecessor(Path note, Optional<String> story) {
    this.note = note;
    this.story = story;
  }

  /**
   * Reads the note of the kernel before and leaves one for this.
   *
   * @param folder of the notes
   */
  static Predecessor of(Path folder, Path connectionFile) {
    var note = folder.resolve(connectionFile.getFileName().toString());
    var story = Files.exists(note) ? read(note) : Optional.<String>empty();
    var json = new JsonObject();
    json.addProperty("pid", ProcessHandle.current().pid());
    json.addProperty("folder", Path.of("").toAbsolutePath().toString());
    try {
      Files.createDirectories(folder);
      forgetOld(folder);
      Files.writeString(note, json.toString());
    } catch (IOException e) {
      Log.debug("no note is left for the kernel after this one: " + e);
    }
    return new Predecessor(note, story);
  }

  /** How the kernel before ended, if it did not end well. */
  Optional<String> story() {
    return story;
  }

  /** This kernel ends well. */
  void close() {
    try {
      Files.deleteIfExists(note);
    } catch (IOException e) {
      Log.debug(note + " stays: " + e);
    }
  }

  private static void forgetOld(Path folder) throws IOException {
    var before = Instant.now().minus(KEPT);
    try (var notes = Files.newDirectoryStream(folder)) {
      for (var old : notes) {
        if (Files.getLastModifiedTime(old).toInstant().isBefore(before)) {
          Files.deleteIfExists(old);
        }
      }
    }
  }

  private static Optional<String> read(Path note) {
    try {
      var json = JsonParser.parseString(Files.readString(note)).getAsJsonObject();
      long pid = json.get("pid").getAsLong();
      if (pid == ProcessHandle.current().pid() || ProcessHandle.of(pid).isPresent()) {
        return Optional.empty();
      }
      return Optional.of(story(pid, Path.of(json.get("folder").getAsString())));
    } catch (IOException | JsonParseException | IllegalStateException | NullPointerException e) {
      Log.debug(note + " cannot be read: " + e);
      return Optional.empty();
    }
  }

  private static String story(long pid, Path folder) throws IOException {
    var begin = "The kernel before this one (process " + pid + ") ";
    var end = " What its cells had computed is gone: run them again.";
    for (var place : List.of(folder, Path.of(System.getProperty("java.io.tmpdir")))) {
      var report = place.resolve("hs_err_pid" + pid + ".log");
      if (Files.isReadable(report)) {
        return begin + "crashed" + cause(report) + ". The JVM's report is " + report + "." + end;
      }
    }
    return begin
        + "was killed, by a user or, where memory ran out, by the system; it left no report."
        + end;
  }

  /** The signal and the frame that the head of the report names. */
  private static String cause(Path report) throws IOException {
    var text = new String(Files.readAllBytes(report), StandardCharsets.ISO_8859_1);
    var lines =
        text.lines().limit(40).map(line -> line.replaceFirst("^#\\s*", "").strip()).toList();
    var signal = lines.stream().filter(l -> l.startsWith("SIG") || l.startsWith("EXC")).findFirst();
    int frame = lines.indexOf("Problematic frame:");
    return signal.map(s -> " by " + s.replaceAll("[ (].*", "")).orElse("")
        + (frame >= 0 && frame + 1 < lines.size() ? " in " + lines.get(frame + 1) : "");
  }
}
