package reprise.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import blue.strategic.parquet.Hydrator;
import blue.strategic.parquet.HydratorSupplier;
import blue.strategic.parquet.ParquetReader;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.dsl.RunFailure;

@Tag("unit")
class RunIndexTest {
  @TempDir Path root;
  private final List<String> warned = new ArrayList<>();

  @BeforeEach
  void fill() throws Exception {
    StoreFill.fill(root, 30, 20, 3);
  }

  private RunIndex index() {
    return RunIndex.of(root, warned::add);
  }

  @Test
  void theNewestAreListedFirst() throws Exception {
    try (RunIndex index = index()) {
      index.refresh();
      assertThat(index.count()).isEqualTo(30);
      assertThat(index.newest(3).stream().map(RunRow::id))
          .containsExactly("run-29", "run-28", "run-27");
      RunRow row = index.find(index.newest(1).getFirst().name()).getFirst();
      assertThat(row.loss()).isEqualTo(2 + 1.0 / 30);
      assertThat(row.json().getAsJsonObject("fields").get("N").getAsInt()).isEqualTo(1029);
    }
    assertThat(warned).isEmpty();
  }

  @Test
  void directoriesThatCameAndWentAreSeenAndADamagedIndexIsMadeAgain() throws Exception {
    try (RunIndex index = index()) {
      index.refresh();
      RunRow gone = index.newest(1).getFirst();
      StoredRuns.delete(root.resolve(gone.plan()).resolve(gone.id()));
      Path late = Files.createDirectories(root.resolve("abcdef/late"));
      Files.writeString(late.resolve("run.json"), "{\"id\": \"late\", \"status\": \"begun\"}");
      index.refresh();
      assertThat(index.count()).isEqualTo(30);
      assertThat(index.find("abcdef/late").getFirst().status()).isEqualTo("begun");
      // it ended in a process that was killed before it told the index
      Files.writeString(late.resolve("run.json"), "{\"id\": \"late\", \"status\": \"done\"}");
      index.refresh();
      assertThat(index.find("late").getFirst().status()).isEqualTo("done");
    }
    Files.deleteIfExists(root.resolve("index.db-wal"));
    Files.writeString(root.resolve("index.db"), "this is no database, whatever it was before");
    try (RunIndex index = index()) {
      index.refresh();
      assertThat(index.count()).isEqualTo(30);
    }
    assertThat(warned).isEmpty();
  }

  /** What a store on a read-only file system looks like to the index. */
  @Test
  void aStoreWhoseIndexCannotBeWrittenIsListedFromItsDirectories() throws Exception {
    Files.createDirectories(root.resolve("index.db/in the way"));
    try (RunIndex index = index()) {
      index.refresh();
      assertThat(index.newest(3).stream().map(RunRow::id))
          .containsExactly("run-29", "run-28", "run-27");
    }
    assertThat(warned)
        .containsExactly(
            "the index "
                + root.resolve("index.db")
                + " cannot be replaced; the directories are read instead");
  }

  @Test
  void severalProcessesMayWrite() throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      String plan = "plan" + t;
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                try (RunIndex own = index()) {
                  IntStream.range(0, 20)
                      .mapToObj(i -> "{\"plan\": \"" + plan + "\", \"id\": \"r" + i + "\"}")
                      .map(text -> JsonParser.parseString(text).getAsJsonObject())
                      .forEach(own::put);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    try (RunIndex index = index()) {
      assertThat(index.count()).isEqualTo(80);
    }
    assertThat(warned).isEmpty();
  }

  @Test
  void runsAndPointsAreExportedAsTheyStand() throws Exception {
    try (RunIndex index = index()) {
      index.refresh();
      List<RunRow> rows = index.newest(2);
      Path torn = root.resolve(rows.getFirst().plan()).resolve("run-29/metrics.jsonl");
      Files.writeString(
          torn,
          "{\"step\":1,\"loss\":null,\"seconds\":0.5}\n{\"step\":2,\"loss\":1.5E-7,\"seconds\":1}\n"
              + "{\"step\":3,\"lo");
      ByteArrayOutputStream csv = new ByteArrayOutputStream();
      List<RunName> names = rows.stream().map(RunRow::key).toList();
      assertThat(RunExport.points(root, names, RunExport.Format.CSV, csv)).isEqualTo(5);
      String plan = rows.getFirst().plan();
      assertThat(csv.toString(StandardCharsets.UTF_8))
          .startsWith(
              "plan,run,step,loss,seconds\n"
                  + plan
                  + ",run-29,1,,0.5\n"
                  + plan
                  + ",run-29,2,1.5E-7,1\n"
                  + plan
                  + ",run-28,1,");
      ByteArrayOutputStream lines = new ByteArrayOutputStream();
      RunExport.points(root, names.subList(0, 1), RunExport.Format.JSONL, lines);
      assertThat(lines.toString(StandardCharsets.UTF_8))
          .endsWith("{\"run\":\"" + plan + "/run-29\",\"step\":2,\"loss\":1.5E-7,\"seconds\":1}\n");
      ByteArrayOutputStream runs = new ByteArrayOutputStream();
      RunExport.runs(rows, RunExport.Format.CSV, runs);
      assertThat(runs.toString(StandardCharsets.UTF_8).lines().toList())
          .hasSize(3)
          .first()
          .isEqualTo(
              "plan,id,title,kind,status,started,seconds,loss,steps,seed,flops,digest,backend,"
                  + "paper,failed,N");
    }
  }

  /** Lines as we write them and as others may, the file cut off after every byte of it. */
  @Test
  void linesOfAnyFormAreExportedWholeOrNotAtAll() throws Exception {
    String wide = "0." + "3".repeat(140);
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("{\"step\":1,\"loss\":2.5,\"seconds\":0.25}", "1,2.5,0.25");
    lines.put("{\"step\":2,\"loss\":null,\"seconds\":0.5}", "2,,0.5");
    lines.put("{\"step\":3,\"loss\":-1.0E-7,\"seconds\":0.75}", "3,-1.0E-7,0.75");
    lines.put("{\"step\":4,\"loss\":1.0,\"secs\":1.0}", "4,1.0,1.0");
    lines.put("{\"step\":5,\"loss\":" + wide + ",\"seconds\":2.0}", "5," + wide + ",2.0");
    lines.put("not a point", "");
    lines.put("{\"step\":6,\"loss\":1.5,\"seconds\":3.0}", "6,1.5,3.0");
    String text = String.join("\n", lines.keySet()) + "\n";
    RunName run = new RunName("p", "r");
    Path file = Files.createDirectories(root.resolve("forms/p/r")).resolve("metrics.jsonl");
    for (int cut = 0; cut <= text.length(); cut++) {
      Files.writeString(file, text.substring(0, cut));
      StringBuilder expected = new StringBuilder("plan,run,step,loss,seconds\n");
      int end = 0;
      for (Map.Entry<String, String> line : lines.entrySet()) {
        end += line.getKey().length() + 1;
        if (end <= cut && !line.getValue().isEmpty()) {
          expected.append("p,r,").append(line.getValue()).append('\n');
        }
      }
      ByteArrayOutputStream csv = new ByteArrayOutputStream();
      RunExport.points(root.resolve("forms"), List.of(run), RunExport.Format.CSV, csv);
      assertThat(csv.toString(StandardCharsets.UTF_8))
          .as("cut at %s", cut)
          .isEqualTo(expected.toString());
    }
  }

  /** More runs than are read ahead, one of them gone: the order is that of the names. */
  @Test
  void manyRunsAreExportedInOrder() throws Exception {
    Path many = root.resolve("many");
    StoreFill.fill(many, 700, 100, 2);
    try (RunIndex index = RunIndex.of(many, warned::add)) {
      index.refresh();
      List<RunName> names = index.names();
      assertThat(names).hasSize(700).isEqualTo(index.all().stream().map(RunRow::key).toList());
      Files.delete(many.resolve(names.get(3).toString()).resolve("metrics.jsonl"));
      ByteArrayOutputStream csv = new ByteArrayOutputStream();
      assertThat(RunExport.points(many, names, RunExport.Format.CSV, csv)).isEqualTo(1398);
      List<String> lines = csv.toString(StandardCharsets.UTF_8).lines().skip(1).toList();
      List<String> expected = new ArrayList<>();
      for (RunName name : names) {
        int run = Integer.parseInt(name.id().substring(4));
        for (int p = 1; p <= 2 && !name.equals(names.get(3)); p++) {
          float loss = (float) (2 + 3.0 / (p + run % 7));
          expected.add(name.plan() + "," + name.id() + "," + p + "," + loss + "," + p / 100.0);
        }
      }
      assertThat(lines).isEqualTo(expected);
    }
  }

  /** Read back by Apache's own reader. */
  @Test
  void runsAndPointsAreExportedAsParquet() throws Exception {
    try (RunIndex index = index()) {
      index.refresh();
      List<RunRow> rows = index.newest(2);
      List<RunName> names = rows.stream().map(RunRow::key).toList();
      Path torn = root.resolve(names.getFirst().toString()).resolve("metrics.jsonl");
      Files.writeString(torn, "{\"step\":7,\"loss\":null,\"seconds\":0.5}\n{\"step\":8");
      Path points = root.resolve("points.parquet");
      assertThat(RunParquet.points(root, names, points)).isEqualTo(4);
      List<String> read = parquet(points);
      String plan = names.getFirst().plan();
      assertThat(read)
          .hasSize(4)
          .startsWith("plan=" + plan + ", run=run-29, step=7, loss=null, seconds=0.5")
          .endsWith("plan=" + plan + ", run=run-28, step=3, loss=3.0, seconds=0.03");
      Path runs = root.resolve("runs.parquet");
      RunParquet.runs(rows, runs);
      RunParquet.runs(rows, runs); // in place of the one before
      assertThat(parquet(runs))
          .hasSize(2)
          .first()
          .asString()
          .startsWith("run=" + plan + "/run-29, plan=" + plan + ", id=run-29, title=invented runs")
          .contains(", steps=3, seed=29, flops=1.0E9, ")
          .endsWith(", task_N=1029.0");
    }
  }

  private static List<String> parquet(Path file) throws Exception {
    Hydrator<List<String>, String> row =
        new Hydrator<>() {
          @Override
          public List<String> start() {
            return new ArrayList<>();
          }

          @Override
          public List<String> add(List<String> cells, String name, Object value) {
            cells.add(name + "=" + value);
            return cells;
          }

          @Override
          public String finish(List<String> cells) {
            return String.join(", ", cells);
          }
        };
    try (var rows = ParquetReader.streamContent(file.toFile(), HydratorSupplier.constantly(row))) {
      return rows.toList();
    }
  }

  @Test
  void aRunIsFoundByNameAndTakenAwayUnlessItGoesOn() throws Exception {
    StoredRuns runs = new StoredRuns(root);
    StoredRuns.Stored run = runs.one("run-7");
    assertThat(runs.one(run.name().substring(0, 4) + "/run-7").folder()).isEqualTo(run.folder());
    assertThatThrownBy(() -> runs.one("run-9999"))
        .isInstanceOf(RunFailure.class)
        .hasMessage("no run 'run-9999' in " + root + "; './reprise runs ls' prints the names");
    try (MetricLog claim = MetricLog.claim(run.folder().resolve("metrics.jsonl")).orElseThrow()) {
      assertThat(claim.isEmpty()).isFalse();
      assertThatThrownBy(() -> runs.remove(run))
          .hasMessage(run.name() + " goes on at this moment; stop it first");
    }
    runs.remove(run);
    assertThat(run.folder()).doesNotExist();
  }

  @Test
  void whatOnlyTakesSpaceIsFoundAndNothingElse() throws Exception {
    StoredRuns runs = new StoredRuns(root);
    Path run = runs.one("run-7").folder();
    assertThat(runs.garbage()).isEmpty();
    Files.writeString(run.resolve("checkpoint.safetensors"), "a run goes on from it");
    Path torn = Files.writeString(run.resolve("run.json.1.part"), "{");
    Path plan = Files.writeString(run.resolveSibling("plan.txt.2.part"), "{");
    Path aside = Files.createDirectories(run.resolveSibling("run-7~1"));
    Files.writeString(aside.resolve("run.json"), "{}");
    assertThat(runs.garbage()).containsExactlyInAnyOrder(torn, plan, aside);
    StoredRuns.delete(aside);
    assertThat(aside).doesNotExist();
  }

  /** Others of a shared store read them as they read its directories. */
  @Test
  void recordsAreAsReadableAsOtherFiles() throws Exception {
    Path plain = Files.writeString(root.resolve("plain"), "1");
    WholeFile.write(root.resolve("whole"), "1");
    assertThat(Files.getPosixFilePermissions(root.resolve("whole")))
        .isEqualTo(Files.getPosixFilePermissions(plain));
  }

  @Test
  void aCrateSaysWhatEachFileIs(@TempDir Path folder) throws Exception {
    StoredRuns.Stored run = new StoredRuns(root).one("run-7");
    String licence = "https://spdx.org/licenses/CC-BY-4.0";
    Path crate = RunCrate.write(run, folder.resolve("crate"), licence);
    var json =
        JsonParser.parseString(Files.readString(crate.resolve("ro-crate-metadata.json")))
            .getAsJsonObject();
    var graph = json.getAsJsonArray("@graph");
    assertThat(json.get("@context").getAsString())
        .isEqualTo("https://w3id.org/ro/crate/1.1/context");
    assertThat(graph.get(0).getAsJsonObject().get("@id").getAsString())
        .isEqualTo("ro-crate-metadata.json");
    assertThat(graph.get(1).getAsJsonObject().getAsJsonArray("hasPart")).hasSize(3);
    assertThat(graph.toString())
        .contains(
            reprise.kernel.data.Sha256.hex(Files.readAllBytes(crate.resolve("metrics.jsonl"))));
    assertThat(graph.get(1).getAsJsonObject().getAsJsonObject("license").get("@id").getAsString())
        .isEqualTo(licence);
    assertThat(graph.get(2).getAsJsonObject().get("@type").getAsString()).isEqualTo("CreateAction");
    assertThat(RunCrate.is(crate)).isTrue();
    assertThat(RunCrate.is(folder)).isFalse();
    assertThat(RunCrate.read(crate).record()).isEqualTo(run.record());
    assertThatThrownBy(() -> RunCrate.write(run, crate, ""))
        .hasMessage(crate + " is not empty; name a new folder for the crate");
    Path metrics = crate.resolve("metrics.jsonl");
    String sound = Files.readString(metrics);
    Files.writeString(metrics, sound.replace("\"step\":1,", "\"step\":9,"));
    assertThatThrownBy(() -> RunCrate.read(crate))
        .isInstanceOf(RunFailure.class)
        .hasMessageStartingWith(metrics + " is not the file that was put into the crate: SHA-256 ");
    Files.delete(metrics);
    assertThatThrownBy(() -> RunCrate.read(crate))
        .hasMessage(metrics + " is missing from the crate");
    Files.writeString(crate.resolve("ro-crate-metadata.json"), "{");
    assertThatThrownBy(() -> RunCrate.read(crate))
        .hasMessageStartingWith(crate.resolve("ro-crate-metadata.json") + " is no crate's: ");
  }
}
