package reprise.dsl.generation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import reprise.dsl.plan.Task;
import reprise.dsl.result.Measure;
import reprise.dsl.result.Passage;
import reprise.dsl.result.RunOutcome;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Readings of texts as frames: a row for each run, state of its model and way of decoding, with
 * what was read from the model by itself in each of its rows.
 */
public final class TextFrame {
  private TextFrame() {}

  /** The rows of finished runs; a measure is a column, empty where it was not read. */
  public static Table of(
      String name, List<? extends RunOutcome.Finished<?>> runs, List<Measure> measures) {
    IntColumn seed = IntColumn.create("seed");
    StringColumn model = StringColumn.create("model");
    StringColumn decoding = StringColumn.create("decoding");
    List<DoubleColumn> columns = new ArrayList<>();
    measures.forEach(m -> columns.add(DoubleColumn.create(m.heading())));
    for (RunOutcome.Finished<?> run : runs) {
      Task task = run.task();
      for (Stage stage : stages(run)) {
        String at = stage.at();
        seed.append(task.seed());
        model.append(stage.model());
        decoding.append(stage.decoding());
        for (int i = 0; i < measures.size(); i++) {
          Measure measure = measures.get(i);
          OptionalDouble value = run.readings().find(measure, at);
          value = value.isPresent() ? value : run.readings().find(measure, stage.model());
          if (value.isPresent()) {
            columns.get(i).append(value.getAsDouble());
          } else {
            columns.get(i).appendMissing();
          }
        }
      }
    }
    Table table = Table.create(name, seed, model, decoding);
    columns.forEach(table::addColumns);
    return table;
  }

  // what is read from a model alone stands in the rows of its texts, where there are some
  private static List<Stage> stages(RunOutcome.Finished<?> run) {
    List<Stage> all = run.readings().stages().stream().map(Stage::parse).toList();
    return all.stream()
        .filter(s ->
            !s.decoding().isEmpty()
                || all.stream()
                    .noneMatch(t -> t.model().equals(s.model()) && !t.decoding().isEmpty()))
        .toList();
  }

  /** Texts side by side: a row for each prompt, a column for each stage, in the order written. */
  public static Table passages(String name, List<Passage> passages) {
    Map<String, Map<String, String>> rows = new LinkedHashMap<>();
    List<String> stages = passages.stream().map(Passage::at).distinct().toList();
    for (Passage p : passages) {
      rows.computeIfAbsent(p.prompt(), k -> new LinkedHashMap<>()).put(p.at(), p.text());
    }
    Table table = Table.create(name, StringColumn.create("prompt", rows.keySet()));
    for (String stage : stages) {
      String heading = stage.replace(";", ",");
      table.addColumns(
          StringColumn.create(
              heading, rows.values().stream().map(row -> row.getOrDefault(stage, "")).toList()));
    }
    return table;
  }

  /** The value of a measure at a stage in each run that read it, in order. */
  public static List<Double> values(
      List<? extends RunOutcome.Finished<?>> runs, Measure measure, String at) {
    return runs.stream()
        .map(run -> run.readings().find(measure, at))
        .filter(OptionalDouble::isPresent)
        .map(OptionalDouble::getAsDouble)
        .toList();
  }
}
