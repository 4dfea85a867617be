package reprise.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.dsl.RunFailure;
import tech.tablesaw.api.ColumnType;

@Tag("unit")
class ImportedRunsTest {
  @TempDir Path folder;

  @Test
  void aCsvBecomesTypedColumnsAndABadRowIsToldWithItsLine() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("wandb.csv"),
            """
            name,lr,steps,done,note
            a,1e-3,100,true,"said ""no"", twice"
            b,NaN,200,false,"two
            lines"
            c,3e-4,300
            d,0.5,,true,
            """);
    ImportedRuns runs = ImportedRuns.read(file);
    assertThat(runs.bad()).containsExactly("line 5: expected 5 cells, got 3");
    assertThat(runs.frame().columnNames()).containsExactly("name", "lr", "steps", "done", "note");
    assertThat(runs.frame().types())
        .containsExactly(
            ColumnType.STRING,
            ColumnType.DOUBLE,
            ColumnType.LONG,
            ColumnType.BOOLEAN,
            ColumnType.STRING);
    assertThat(runs.frame().stringColumn("name").asList()).containsExactly("a", "b", "d");
    assertThat(runs.frame().stringColumn("note").get(0)).isEqualTo("said \"no\", twice");
    assertThat(runs.frame().stringColumn("note").get(1)).isEqualTo("two\nlines");
    assertThat(runs.frame().doubleColumn("lr").get(0)).isEqualTo(1e-3);
    assertThat(runs.frame().doubleColumn("lr").isMissing(1)).isTrue();
    assertThat(runs.frame().longColumn("steps").isMissing(2)).isTrue();
  }

  /** One value of ten or more does not make text of numbers; one of three may. */
  @Test
  void whatIsNoNumberInAColumnOfNumbersIsABadRow() throws Exception {
    StringBuilder csv = new StringBuilder("name,loss,steps\n");
    for (int i = 0; i < 20; i++) {
      csv.append("run ").append(i).append(',').append(i == 7 ? "crashed" : "2." + i);
      csv.append(',').append(i == 7 ? "many" : i == 12 ? "?" : "1" + i).append('\n');
    }
    ImportedRuns runs = ImportedRuns.read(Files.writeString(folder.resolve("a.csv"), csv));
    assertThat(runs.bad())
        .containsExactly(
            "line 9: expected a number in loss, got crashed",
            "line 14: expected a number in steps, got ?");
    assertThat(runs.frame().rowCount()).isEqualTo(18);
    assertThat(runs.frame().types())
        .containsExactly(ColumnType.STRING, ColumnType.DOUBLE, ColumnType.LONG);
    Path few = Files.writeString(folder.resolve("b.csv"), "loss\n2.5\n3.5\nunknown\n");
    assertThat(ImportedRuns.read(few).bad()).isEmpty();
    assertThat(ImportedRuns.read(few).frame().types()).containsExactly(ColumnType.STRING);
  }

  @Test
  void jsonLinesOfUnlikeObjectsShareOneFrame() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("mlflow.jsonl"),
            """
            {"params": {"lr": 0.1}, "loss": 2.5, "tags": ["x"]}
            {"params": {"lr": 1},
            {"loss": null, "epoch": 3}
            """);
    ImportedRuns runs = ImportedRuns.read(file);
    assertThat(runs.bad())
        .containsExactly("line 2: expected a JSON object, got {\"params\": {\"lr\": 1},");
    assertThat(runs.frame().columnNames()).containsExactly("params.lr", "loss", "tags", "epoch");
    assertThat(runs.frame().doubleColumn("params.lr").get(0)).isEqualTo(0.1);
    assertThat(runs.frame().doubleColumn("loss").isMissing(1)).isTrue();
    assertThat(runs.frame().longColumn("epoch").get(1)).isEqualTo(3);
  }

  @Test
  void anEmptyFileIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("none.csv"), "");
    assertThatThrownBy(() -> ImportedRuns.read(file))
        .isInstanceOf(RunFailure.class)
        .hasMessage(file + " is empty; expected a head line and a line a run");
  }
}
