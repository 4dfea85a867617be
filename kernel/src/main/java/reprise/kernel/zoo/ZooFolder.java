package reprise.kernel.zoo;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import reprise.dsl.RunFailure;
import reprise.tensor.checkpoint.SafeTensors;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * A zoo as a data set: a folder with a folder a trial, each with {@code params.json}, {@code
 * result.jsonl} and checkpoints. A frame says what there is; tensors come by trial and epoch.
 */
public final class ZooFolder {
  private static final long SPLIT_SEED = 42;
  private static final double TRAIN = 0.7;
  private static final double VALIDATION = 0.15;
  private static final String PARAMS = "params.json";
  private static final String RESULT = "result.jsonl";
  private static final String CHECKPOINT = "checkpoint_";

  private final Path folder;
  private final List<String> trials;

  private ZooFolder(Path folder, List<String> trials) {
    this.folder = folder;
    this.trials = List.copyOf(trials);
  }

  /** What a trial is for in learning on weights. */
  public enum Split {
    TRAIN,
    VALIDATION,
    TEST
  }

  /**
   * Opens a zoo: a plan's folder in the store, or a copy of one.
   *
   * @throws RunFailure when it holds no trial
   */
  public static ZooFolder open(Path folder) {
    try (Stream<Path> inside = Files.list(folder)) {
      List<String> trials =
          inside
              .filter(p -> Files.exists(p.resolve(PARAMS)) && Files.exists(p.resolve(RESULT)))
              .map(p -> p.getFileName().toString())
              .sorted()
              .toList();
      if (trials.isEmpty()) {
        throw new RunFailure(
            "no zoo in " + folder + ": no folder in it has " + PARAMS + " and " + RESULT);
      }
      return new ZooFolder(folder, trials);
    } catch (IOException failure) {
      throw new RunFailure("the zoo cannot be read: " + folder, failure);
    }
  }

  /** The names of the trials, sorted. */
  public List<String> trials() {
    return trials;
  }

  /** 70 % of the trials train, 15 % validate, the rest test; drawn by counter with seed 42. */
  public Map<String, Split> splits() {
    int n = trials.size();
    int[] order = ZooExamples.shuffled(n, SPLIT_SEED);
    Map<String, Split> splits = new TreeMap<>();
    for (int i = 0; i < n; i++) {
      splits.put(
          trials.get(order[i]),
          i < TRAIN * n
              ? Split.TRAIN
              : i < (TRAIN + VALIDATION) * n ? Split.VALIDATION : Split.TEST);
    }
    return splits;
  }

  /**
   * One row a checkpoint: trial, epoch, split, every parameter of {@code params.json} and what
   * {@code result.jsonl} says of that epoch; measures that an epoch lacks are missing.
   */
  public Table index() {
    Map<String, Split> splits = splits();
    List<Row> rows = new ArrayList<>();
    for (String trial : trials) {
      JsonObject params = json(folder.resolve(trial).resolve(PARAMS));
      List<JsonObject> results = results(trial);
      for (int epoch : epochs(trial)) {
        rows.add(new Row(trial, epoch, splits.get(trial), params, results.get(epoch - 1)));
      }
    }
    return table(rows);
  }

  private record Row(String trial, int epoch, Split split, JsonObject params, JsonObject result) {}

  private static Table table(List<Row> rows) {
    StringColumn trial = StringColumn.create("trial");
    IntColumn epoch = IntColumn.create("epoch");
    StringColumn split = StringColumn.create("split");
    Map<String, Column<?>> more = new LinkedHashMap<>();
    for (Row row : rows) {
      for (JsonObject json : List.of(row.params(), row.result())) {
        json.entrySet()
            .forEach(e -> more.computeIfAbsent(e.getKey(), n -> column(n, e.getValue())));
      }
    }
    for (Row row : rows) {
      trial.append(row.trial());
      epoch.append(row.epoch());
      split.append(row.split().name().toLowerCase(java.util.Locale.ROOT));
      more.forEach((name, column) -> {
        JsonElement value =
            row.params().has(name) ? row.params().get(name) : row.result().get(name);
        if (value == null || value.isJsonNull()) {
          column.appendMissing();
        } else if (column instanceof StringColumn words) {
          words.append(value.getAsString());
        } else {
          ((DoubleColumn) column).append(value.getAsDouble());
        }
      });
    }
    List<Column<?>> columns = new ArrayList<>(List.<Column<?>>of(trial, epoch, split));
    columns.addAll(more.values());
    return Table.create("zoo", columns);
  }

  private static Column<?> column(String name, JsonElement value) {
    boolean words = value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
    return words ? StringColumn.create(name) : DoubleColumn.create(name);
  }

  /** Epochs of which a trial has a checkpoint, ascending. */
  public List<Integer> epochs(String trial) {
    try (Stream<Path> inside = Files.list(folder.resolve(trial))) {
      return inside
          .map(p -> p.getFileName().toString())
          .filter(name -> name.matches(CHECKPOINT + "\\d+"))
          .map(name -> Integer.parseInt(name.substring(CHECKPOINT.length())))
          .sorted()
          .toList();
    } catch (IOException failure) {
      throw new RunFailure("no trial " + trial + " in the zoo " + folder, failure);
    }
  }

  /**
   * The weights of a trial after an epoch.
   *
   * @throws RunFailure naming the epochs there are
   */
  public ZooModel model(String trial, int epoch) {
    Path file = folder.resolve(trial).resolve(ZooFiles.checkpoint(epoch));
    if (!Files.isDirectory(file)) {
      throw new RunFailure(
          "trial " + trial + " has no checkpoint of epoch " + epoch + "; it has " + epochs(trial));
    }
    Map<String, float[]> weights = new LinkedHashMap<>();
    try (SafeTensors tensors = SafeTensors.openFolder(file)) {
      for (String name : tensors.names()) {
        weights.put(name, tensors.floats(name));
      }
    } catch (IOException failure) {
      throw new RunFailure("the weights cannot be read: " + file, failure);
    }
    return new ZooModel(weights);
  }

  /** Writes {@code index.csv} and {@code index_dict.json}, trials by split, into a folder. */
  public void writeIndex(Path into) {
    JsonObject dict = new JsonObject();
    for (Split split : Split.values()) {
      dict.add(split.name().toLowerCase(java.util.Locale.ROOT) + "set", new JsonArray());
    }
    splits()
        .forEach((trial, split) ->
            dict.getAsJsonArray(split.name().toLowerCase(java.util.Locale.ROOT) + "set")
                .add(trial));
    try {
      Files.createDirectories(into);
      index().write().csv(into.resolve("index.csv").toFile());
      Files.writeString(into.resolve("index_dict.json"), dict + "\n");
    } catch (IOException failure) {
      throw new RunFailure("the index cannot be written: " + into, failure);
    }
  }

  private List<JsonObject> results(String trial) {
    try {
      return Files.readAllLines(folder.resolve(trial).resolve(RESULT)).stream()
          .map(line -> JsonParser.parseString(line).getAsJsonObject())
          .toList();
    } catch (IOException failure) {
      throw new RunFailure("the results of " + trial + " cannot be read: " + folder, failure);
    }
  }

  private static JsonObject json(Path file) {
    try {
      return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    } catch (IOException failure) {
      throw new RunFailure("cannot be read: " + file, failure);
    }
  }
}
