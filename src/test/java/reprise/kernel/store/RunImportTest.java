package reprise.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.dsl.RunFailure;

/** Other people's runs are in the store like one's own, marked as what they are. */
@Tag("unit")
class RunImportTest {
  @TempDir Path folder;
  private final List<String> warned = new ArrayList<>();

  private Path file() throws Exception {
    return Files.writeString(
        folder.resolve("wandb.csv"),
        """
        Name,State,Created,Runtime,lr,val_loss,train_loss
        sunny lake,finished,2024-05-01T10:00:00.000Z,120,1e-3,2.5,2
        sunny lake,finished,2024-05-01T11:00:00.000Z,121,1e-2,NaN,3
        torn,row
        ../up,crashed,2024-05-02 10:00:00,12,1,3.25,4
        """);
  }

  @Test
  void soundRowsAreListedShownAndExported() throws Exception {
    Path root = folder.resolve("runs");
    ImportedRuns runs = ImportedRuns.read(file());
    assertThat(runs.bad()).containsExactly("line 4: expected 7 cells, got 2");
    RunImport.Kept kept = RunImport.keep(root, file(), runs, "");
    assertThat(kept.runs()).isEqualTo(3);
    assertThat(kept.loss()).isEqualTo("val_loss");
    // the same file again changes nothing
    assertThat(RunImport.keep(root, file(), runs, "")).isEqualTo(kept);
    try (RunIndex index = RunIndex.of(root, warned::add)) {
      index.refresh();
      List<RunRow> rows = index.newest(10);
      assertThat(rows).extracting(RunRow::id).containsExactly("up", "sunny-lake-2", "sunny-lake");
      assertThat(rows).allMatch(row -> row.status().equals("imported"));
      assertThat(rows).extracting(RunRow::loss).containsExactly(3.25, Double.NaN, 2.5);
      assertThat(rows).extracting(RunRow::seconds).containsExactly(12.0, 121.0, 120.0);
      assertThat(rows.getFirst().started()).isEqualTo("2024-05-02T10:00:00Z");
      assertThat(rows.getFirst().json().get("flops").isJsonNull()).isTrue();
      ByteArrayOutputStream csv = new ByteArrayOutputStream();
      RunExport.runs(rows, RunExport.Format.CSV, csv);
      assertThat(csv.toString(StandardCharsets.UTF_8).lines().skip(1))
          .first()
          .asString()
          .endsWith(",crashed,2024-05-02 10:00:00,12,1.0,3.25,4");
    }
    var one = new StoredRuns(root).one("sunny-lake-2").record();
    assertThat(one.getAsJsonObject("fields").get("lr").getAsDouble()).isEqualTo(0.01);
    assertThat(one.get("loss").isJsonNull()).isTrue();
    assertThat(StoredPlan.all(root).getFirst().runs()).hasSize(3);
    assertThat(warned).isEmpty();
  }

  @Test
  void theLossIsTheColumnThatIsNamed() throws Exception {
    Path root = folder.resolve("runs");
    ImportedRuns runs = ImportedRuns.read(file());
    RunImport.keep(root, file(), runs, "");
    RunImport.keep(root, file(), runs, "train_loss");
    try (RunIndex index = RunIndex.of(root, warned::add)) {
      index.refresh();
      assertThat(index.find("up").getFirst().loss()).isEqualTo(4);
    }
    assertThatThrownBy(() -> RunImport.keep(root, file(), runs, "accuracy"))
        .isInstanceOf(RunFailure.class)
        .hasMessage(
            file()
                + " has no column 'accuracy'; it has [Name, State, Created, Runtime, lr, val_loss,"
                + " train_loss]");
  }
}
