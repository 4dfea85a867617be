package reprise.kernel.store;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
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
  private RunCrate() {}

  /**
   * Writes the crate.
   *
   * @return the folder
   * @throws RunFailure when the folder holds something already
   */
  public static Path write(StoredRuns.Stored run, Path folder) throws IOException {
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
    graph.add(root(run, parts));
    graph.add(software(run.record()));
    graph.addAll(entities);
    JsonObject crate = new JsonObject();
    crate.addProperty("@context", "https://w3id.org/ro/crate/1.1/context");
    crate.add("@graph", graph);
    Files.writeString(
        folder.resolve("ro-crate-metadata.json"),
        new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(crate) + "\n");
    return folder;
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
    JsonObject json = entity("ro-crate-metadata.json", "CreativeWork");
    json.add("conformsTo", reference("https://w3id.org/ro/crate/1.1"));
    json.add("about", reference("./"));
    return json;
  }

  private static JsonObject root(StoredRuns.Stored run, JsonArray parts) {
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
            + "; './reprise verify "
            + run.name()
            + "' computes it again");
    json.addProperty("datePublished", text(record, "started"));
    json.addProperty("identifier", run.name());
    json.add("hasPart", parts);
    json.add("instrument", reference("#reprise"));
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
