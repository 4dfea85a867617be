package reprise.kernel.magic;

import java.io.IOException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reprise.kernel.data.Home;
import reprise.kernel.display.MimeBundle;
import reprise.kernel.shell.Magic;
import reprise.kernel.store.StoredPlan;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** {@code %runs}. */
public final class RunsMagic implements Magic {
  private static final int SHORT = 12;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

  @Override
  public List<String> names() {
    return List.of("runs");
  }

  @Override
  public String help() {
    return "%runs: the plans in the store, the latest first; %runs 1a2b the runs of one, by the"
        + " begin of its hash";
  }

  @Override
  public Object run(Call call) throws IOException {
    var plans = StoredPlan.all(Home.runs());
    if (call.rest().isBlank()) {
      return plans.isEmpty()
          ? MimeBundle.text("Nothing has been run yet; the store is " + Home.runs())
          : plans(plans);
    }
    var wanted = call.rest().strip();
    var found = plans.stream().filter(plan -> plan.hash().startsWith(wanted)).toList();
    if (found.size() != 1) {
      throw call.error(
          (found.isEmpty() ? "no plan" : found.size() + " plans")
              + " in "
              + Home.runs()
              + " whose hash begins with '"
              + wanted
              + "'; %runs lists them");
    }
    return runs(found.getFirst());
  }

  private static Table plans(List<StoredPlan> plans) {
    var hash = StringColumn.create("plan");
    var title = StringColumn.create("title");
    var done = IntColumn.create("done");
    var unfinished = IntColumn.create("unfinished");
    var failed = IntColumn.create("failed");
    var last = StringColumn.create("last run");
    for (var plan : plans) {
      hash.append(plan.hash().substring(0, Math.min(SHORT, plan.hash().length())));
      title.append(plan.title());
      done.append(plan.runs().size());
      unfinished.append(plan.unfinished());
      failed.append(plan.failed());
      last.append(TIME.format(plan.changed()));
    }
    return Table.create("runs in the store", hash, title, done, unfinished, failed, last);
  }

  private static Table runs(StoredPlan plan) {
    var id = StringColumn.create("run");
    Map<String, StringColumn> fields = new LinkedHashMap<>();
    plan.runs()
        .forEach(run ->
            run.fields()
                .keySet()
                .forEach(name -> fields.computeIfAbsent(name, StringColumn::create)));
    var loss = DoubleColumn.create("loss");
    var seconds = DoubleColumn.create("seconds");
    var backend = StringColumn.create("backend");
    for (var run : plan.runs()) {
      id.append(run.id());
      fields.forEach((name, column) -> column.append(run.fields().getOrDefault(name, "")));
      loss.append(run.loss());
      seconds.append(run.seconds());
      backend.append(run.backend());
    }
    Table table = Table.create(plan.title(), id);
    fields.values().forEach(column -> table.addColumns(numbers(column)));
    return table.addColumns(loss, seconds, backend);
  }

  // a column of numbers where all of it is
  private static Column<?> numbers(StringColumn texts) {
    var numbers = DoubleColumn.create(texts.name());
    for (String text : texts) {
      try {
        numbers.append(Double.parseDouble(text));
      } catch (NumberFormatException words) {
        return texts;
      }
    }
    return numbers;
  }
}
