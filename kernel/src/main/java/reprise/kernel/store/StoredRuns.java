package reprise.kernel.store;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import reprise.dsl.RunFailure;

/**
 * The runs of a store by name, from their directories.
 *
 * @param root of the store
 */
public record StoredRuns(Path root) {
  /**
   * A run.
   *
   * @param folder its directory
   * @param record its run.json
   */
  public record Stored(Path folder, JsonObject record) {
    /** Hash of the plan and id. */
    public String name() {
      return folder.getParent().getFileName() + "/" + folder.getFileName();
    }

    /** Its points so far, in order; a line that was not written to its end is none. */
    public List<Point> points() throws IOException {
      List<Point> points = new ArrayList<>();
      String text = Files.readString(folder.resolve(OpenRun.METRICS));
      for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
        JsonObject json = JsonParser.parseString(line).getAsJsonObject();
        JsonElement loss = json.get("loss");
        points.add(
            new Point(
                json.get("step").getAsInt(), loss.isJsonNull() ? Double.NaN : loss.getAsDouble()));
      }
      return points;
    }
  }

  /**
   * A point of a run's metrics.
   *
   * @param step of the optimiser
   * @param loss of training, NaN where it was not finite
   */
  public record Point(int step, double loss) {}

  /**
   * The run of that name: begin of the plan's hash, a slash and its id, or the id alone.
   *
   * @throws RunFailure when there is none, several, or its record cannot be read
   */
  public Stored one(String name) throws IOException {
    int slash = name.lastIndexOf('/');
    String plan = slash < 0 ? "" : name.substring(0, slash);
    String id = name.substring(slash + 1);
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(root) && !id.isBlank() && !id.startsWith(".")) {
      for (Path folder : StoredPlan.folders(root)) {
        Path run = folder.resolve(id);
        if (folder.getFileName().toString().startsWith(plan) && Files.isDirectory(run)) {
          found.add(run);
        }
      }
    }
    if (found.size() != 1) {
      throw new RunFailure(
          (found.isEmpty()
                  ? "no run '" + name + "' in " + root
                  : "'" + name + "' may be " + names(found))
              + "; './reprise runs ls' prints the names");
    }
    Path folder = found.getFirst();
    Optional<JsonObject> record = RunIndex.record(folder);
    return new Stored(
        folder,
        record.orElseThrow(() ->
            new RunFailure(
                folder.resolve(OpenRun.RECORD)
                    + " cannot be read; run the plan again, and its run is made again")));
  }

  private static String names(List<Path> found) {
    return found.stream()
        .map(run -> run.getParent().getFileName() + "/" + run.getFileName())
        .collect(Collectors.joining(" or "));
  }

  /**
   * Takes a run away.
   *
   * @throws RunFailure while a process carries it out
   */
  public void remove(Stored run) throws IOException {
    try (var _ =
        MetricLog.claim(run.folder().resolve(OpenRun.METRICS))
            .orElseThrow(
                () -> new RunFailure(run.name() + " goes on at this moment; stop it first"))) {
      delete(run.folder());
    }
  }

  /**
   * What only takes space: earlier results that were moved aside, and files of writes that were
   * interrupted.
   *
   * @return the paths, for {@link #delete}
   */
  public List<Path> garbage() throws IOException {
    List<Path> garbage = new ArrayList<>();
    if (!Files.isDirectory(root)) {
      return garbage;
    }
    for (Path plan : StoredPlan.folders(root)) {
      parts(plan, garbage);
      for (Path run : StoredPlan.folders(plan)) {
        if (run.getFileName().toString().contains("~")) {
          garbage.add(run);
        } else {
          parts(run, garbage);
        }
      }
    }
    return garbage;
  }

  private static void parts(Path folder, List<Path> garbage) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      files.filter(file -> file.toString().endsWith(".part")).forEach(garbage::add);
    }
  }

  /** Takes a file or a folder with all that is in it away. */
  public static void delete(Path path) throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
