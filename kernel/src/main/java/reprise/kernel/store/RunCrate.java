package reprise.kernel.store;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import reprise.dsl.RunFailure;
import reprise.kernel.data.Sha256;

/**
 * A run as an RO-Crate 1.1 (w3id.org/ro/crate/1.1): its files and {@code ro-crate-metadata.json},
 * which says what each is, its SHA-256 and what computed it.
 */
public final class RunCrate {
  private static final String METADATA = "ro-crate-metadata.json";

  private RunCrate() {}

  /**
   * Writes the crate.
   *
   * @param licence its address, under which the crate is given on; empty where that is not said
   * @return the folder
   * @throws RunFailure when the folder holds something already
   */
  public static Path write(StoredRuns.Stored run, Path folder, String licence) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> there = Files.list(folder)) {
      if (there.findAny().isPresent()) {
        throw new RunFailure(folder + " is not empty; name a new folder for the crate");
      }
    }
    List<Path> files = new ArrayList<>();
    try (Stream<Path> own = Files.list(run.folder())) {
      own.filter(Files::isRegularFile).sorted().forEach(files::add);
    }
    for (String shared : List.of("plan.txt", PlanFile.NAME)) {
      if (Files.exists(run.folder().resolveSibling(shared))) {
        files.add(run.folder().resolveSibling(shared));
      }
    }
    JsonArray graph = new JsonArray();
    JsonArray parts = new JsonArray();
    JsonArray entities = new JsonArray();
    for (Path file : files) {
      Path copy = folder.resolve(file.getFileName());
      Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
      parts.add(reference(copy.getFileName().toString()));
      entities.add(file(copy));
    }
    graph.add(descriptor());
    graph.add(root(run, parts, licence));
    graph.add(action(run.record(), parts));
    graph.add(software(run.record()));
    graph.addAll(entities);
    JsonObject crate = new JsonObject();
    crate.addProperty("@context", "https://w3id.org/ro/crate/1.1/context");
    crate.add("@graph", graph);
    Files.writeString(
        folder.resolve(METADATA),
        new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(crate) + "\n");
    return folder;
  }

  /** Whether that folder is a crate. */
  public static boolean is(Path folder) {
    return Files.isRegularFile(folder.resolve(METADATA));
  }

  /**
   * The run of a crate, from whomever it came.
   *
   * @throws RunFailure when a file of it is missing or is not the one that was put in
   */
  public static StoredRuns.Stored read(Path folder) throws IOException {
    JsonObject crate;
    try {
      crate = JsonParser.parseString(Files.readString(folder.resolve(METADATA))).getAsJsonObject();
      for (JsonElement each : crate.getAsJsonArray("@graph")) {
        JsonObject entity = each.getAsJsonObject();
        if (text(entity, "@type").equals("File")) {
          check(folder.resolve(text(entity, "@id")), text(entity, "sha256"));
        }
      }
    } catch (JsonParseException | IllegalStateException | NullPointerException damaged) {
      throw new RunFailure(folder.resolve(METADATA) + " is no crate's: " + damaged, damaged);
    }
    return new StoredRuns.Stored(
        folder,
        RunIndex.record(folder)
            .orElseThrow(() -> new RunFailure(folder + " has no " + OpenRun.RECORD + " to read")));
  }

  private static void check(Path file, String sha256) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new RunFailure(file + " is missing from the crate");
    }
    String now = Sha256.hex(Files.readAllBytes(file));
    if (!now.equals(sha256)) {
      throw new RunFailure(
          file
              + " is not the file that was put into the crate: SHA-256 "
              + now
              + ", not "
              + sha256);
    }
  }

  private static JsonObject reference(String id) {
    JsonObject json = new JsonObject();
    json.addProperty("@id", id);
    return json;
  }

  private static JsonObject entity(String id, String type) {
    JsonObject json = reference(id);
    json.addProperty("@type", type);
    return json;
  }

  private static JsonObject descriptor() {
    JsonObject json = entity(METADATA, "CreativeWork");
    json.add("conformsTo", reference("https://w3id.org/ro/crate/1.1"));
    json.add("about", reference("./"));
    return json;
  }

  private static JsonObject root(StoredRuns.Stored run, JsonArray parts, String licence) {
    JsonObject record = run.record();
    JsonObject json = entity("./", "Dataset");
    json.addProperty("name", text(record, "title") + ": run " + text(record, "id"));
    json.addProperty(
        "description",
        "status "
            + text(record, "status")
            + ", loss "
            + text(record, "loss")
            + ", SHA-256 of the parameters "
            + text(record, "digest")
            + "; './reprise verify <this folder>' checks the files and computes it again");
    json.addProperty("datePublished", text(record, "started"));
    json.addProperty("identifier", run.name());
    json.add("hasPart", parts);
    json.add("mentions", reference("#run"));
    if (!licence.isEmpty()) {
      json.add("license", reference(licence));
    }
    return json;
  }

  // what was done, with what, and what came out
  private static JsonObject action(JsonObject record, JsonArray parts) {
    JsonObject json = entity("#run", "CreateAction");
    json.addProperty("name", "run " + text(record, "id"));
    json.add("instrument", reference("#reprise"));
    json.add("result", parts);
    for (String time : List.of("start", "end")) {
      String at = text(record, time + "ed");
      if (!at.isEmpty()) {
        json.addProperty(time + "Time", at);
      }
    }
    return json;
  }

  private static JsonObject software(JsonObject record) {
    JsonObject json = entity("#reprise", "SoftwareApplication");
    json.addProperty("name", "Reprise");
    json.addProperty("version", text(record, "libraryVersion") + " " + text(record, "commit"));
    json.addProperty(
        "softwareRequirements",
        "JDK "
            + text(record, "jdk")
            + "; backend "
            + text(record, "backend")
            + "; native library SHA-256 "
            + text(record, "libraryDigest"));
    json.addProperty("processorRequirements", text(record, "cpu"));
    return json;
  }

  private static JsonObject file(Path copy) throws IOException {
    String name = copy.getFileName().toString();
    JsonObject json = entity(name, "File");
    json.addProperty("contentSize", String.valueOf(Files.size(copy)));
    json.addProperty("sha256", Sha256.hex(Files.readAllBytes(copy)));
    json.addProperty(
        "encodingFormat",
        name.endsWith(".json")
            ? "application/json"
            : name.endsWith(".jsonl") ? "application/jsonl" : "text/plain");
    return json;
  }

  private static String text(JsonObject record, String name) {
    JsonElement value = record.get(name);
    return value == null || value.isJsonNull() ? "" : value.getAsString();
  }
}
