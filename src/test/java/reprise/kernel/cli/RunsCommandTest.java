package reprise.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static reprise.dsl.Reprise.CHINCHILLA;
import static reprise.dsl.Reprise.decoder;
import static reprise.dsl.Reprise.markov;
import static reprise.dsl.Reprise.on;
import static reprise.dsl.Reprise.order;
import static reprise.dsl.Reprise.processes;
import static reprise.dsl.Reprise.scalingLaw;
import static reprise.dsl.Reprise.symbols;
import static reprise.dsl.Reprise.tokens;
import static reprise.dsl.Reprise.widths;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.Spawned;
import reprise.dsl.plan.Plan;
import reprise.dsl.plan.Terms;
import reprise.dsl.plan.TrainTask;
import reprise.dsl.result.Outcome;
import reprise.kernel.run.LocalEngine;
import reprise.kernel.store.RunStore;
import reprise.tensor.Backends;

/** Worker processes and the commands over what they left, each as a user starts them. */
@Tag("backend")
class RunsCommandTest {
  private static final Plan PLAN =
      new Plan(
          "three runs",
          scalingLaw(CHINCHILLA)
              .models(decoder(widths(4, 6, 8, 12, 16, 20, 24)).layers(1).context(16))
              .corpus(markov(symbols(32), order(1)))
              .tokens(tokens(2048))
              .tokensPerStep(tokens(64))
              .plan()
              .runs()
              .subList(0, 3),
          List.of());

  @TempDir Path folder;

  private Spawned reprise(String... words) throws Exception {
    return at(folder, words);
  }

  private Spawned elsewhere(String... words) throws Exception {
    return at(folder.resolve("nothing-here"), words);
  }

  private Spawned at(Path home, String... words) throws Exception {
    String[] all =
        Stream.concat(Stream.of("reprise.kernel.cli.Main"), Stream.of(words))
            .toArray(String[]::new);
    return Spawned.java(folder, Map.of("REPRISE_HOME", home.toString()), all);
  }

  @Test
  void whatWorkersLeftIsListedShownVerifiedAndExported() throws Exception {
    Path runs = folder.resolve("runs");
    Outcome outcome =
        new LocalEngine(Backends.best(), new RunStore(runs), 1)
            .run(PLAN, Terms.of(on(processes(2))));
    Outcome here =
        new LocalEngine(Backends.best(), new RunStore(folder.resolve("here")), 1).run(PLAN);
    assertThat(outcome.record().runs()).isEqualTo(here.record().runs());
    assertThat(outcome.record().warnings()).isEmpty();
    assertThat(runs.resolve(PLAN.hash()).resolve("worker-2.log"))
        .content()
        .endsWith("3 runs ended, 0 of them failed\n");

    Spawned ls = reprise("runs", "ls", "--json");
    assertThat(ls.err()).isEmpty();
    JsonArray rows = JsonParser.parseString(ls.out()).getAsJsonArray();
    assertThat(rows).hasSize(3);
    String name = rows.get(0).getAsJsonObject().get("run").getAsString();
    String id = rows.get(0).getAsJsonObject().get("id").getAsString();
    String digest =
        outcome.finished(TrainTask.class).stream()
            .filter(run -> run.task().id().equals(id))
            .findFirst()
            .orElseThrow()
            .digest();
    assertThat(rows.get(0).getAsJsonObject().get("digest").getAsString()).isEqualTo(digest);

    Spawned show = reprise("runs", "show", name, "--json");
    assertThat(JsonParser.parseString(show.out()).getAsJsonObject().get("digest").getAsString())
        .isEqualTo(digest);

    Spawned same = reprise("verify", name);
    assertThat(same.out()).isEqualTo(name + ": the same bits, digest " + digest + "\n");
    assertThat(same.status()).isZero();

    // a reviewer has the crate and nothing else
    String crate = folder.resolve("crate").toString();
    assertThat(reprise("runs", "crate", name, "--out", crate).status()).isZero();
    Spawned reviewed = elsewhere("verify", crate);
    assertThat(reviewed.out()).isEqualTo(crate + ": the same bits, digest " + digest + "\n");
    assertThat(reviewed.status()).isZero();
    Files.writeString(folder.resolve("crate/run.json"), "{}");
    Spawned damaged = elsewhere("verify", crate);
    assertThat(damaged.status()).isEqualTo(2);
    assertThat(damaged.out())
        .startsWith(crate + ": cannot tell: " + crate + "/run.json is not the file that was put");

    Path record = runs.resolve(name).resolve("run.json");
    String sound = Files.readString(record);
    Files.writeString(record, sound.replace(digest, "f".repeat(64)));
    Spawned different = reprise("verify", name, "--json");
    assertThat(different.status()).isEqualTo(1);
    assertThat(
            JsonParser.parseString(different.out()).getAsJsonObject().get("answer").getAsString())
        .isEqualTo("different");

    Files.writeString(
        record,
        sound
            .replace(digest, "f".repeat(64))
            .replace("\"libraryDigest\": \"", "\"libraryDigest\": \"0"));
    Spawned unknown = reprise("verify", name);
    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.out()).contains(": cannot tell: the bits differ, but it was computed by ");

    Spawned none = reprise("runs", "show", "nothing");
    assertThat(none.status()).isEqualTo(1);
    assertThat(none.err()).startsWith("reprise: no run 'nothing' in " + runs);

    Spawned chart = reprise("runs", "chart", name);
    assertThat(chart.status()).isEqualTo(1); // one call of the backend was one point
    assertThat(chart.err())
        .isEqualTo("reprise: " + name + " has 1 points with a loss; a line needs two\n");
    Path metrics = runs.resolve(name).resolve("metrics.jsonl");
    Files.writeString(
        metrics,
        "{\"step\":1,\"loss\":3.5,\"seconds\":0.1}\n{\"step\":32,\"loss\":2.5,\"seconds\":1}\n{\"st");
    assertThat(reprise("runs", "chart", name).out())
        .isEqualTo(runs.resolve(name).resolve("loss.svg") + "\n");
    assertThat(runs.resolve(name).resolve("loss.svg")).content().contains("<svg", name);

    Spawned nowhere = reprise("runs", "export", "--format", "parquet");
    assertThat(nowhere.status()).isEqualTo(2);
    assertThat(nowhere.err())
        .startsWith("Parquet cannot be written to standard output; name a file: --out");
    Path parquet = folder.resolve("runs.parquet");
    String[] export = {"runs", "export", "--format", "parquet", "--out", parquet.toString()};
    assertThat(reprise(export).status()).isZero();
    assertThat(parquet).binaryContent().startsWith('P', 'A', 'R', '1');

    List<String> columns =
        List.of(reprise("runs", "export").out().lines().findFirst().orElseThrow().split(","));
    assertThat(columns).doesNotHaveDuplicates().contains("steps", "task_steps", "N");

    Path csv = folder.resolve("points.csv");
    assertThat(reprise("runs", "export", "--points", "--out", csv.toString()).status()).isZero();
    assertThat(Files.readAllLines(csv)).first().isEqualTo("plan,run,step,loss,seconds");
    assertThat(Files.readAllLines(csv)).hasSize(5);
  }
}
